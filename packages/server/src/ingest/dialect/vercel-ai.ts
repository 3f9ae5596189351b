import type { Message, MessagePart } from '@plaudit/protocol'
import type { Dialect } from './dialect.ts'
import { documentsOf } from './document.ts'
import { addMetadata, addParameters, addTags, type Draft, fillMessages, take, takePrefixed } from './draft.ts'
import { toolCallPart } from './message-part.ts'
import { toolDefinitions } from './tool-definition.ts'
import { dataOf, isRecord, listOf, numberOf, recordOf, textOf } from './value.ts'

/** The Vercel AI SDK. Its outer spans repeat what the inner `do…` spans did, so the outer ones are chains. */
export const vercelAi: Dialect = {
  kinds: {
    'ai.operationId': {
      'ai.generatetext.dogenerate': 'generation',
      'ai.streamtext.dostream': 'generation',
      'ai.generateobject.dogenerate': 'generation',
      'ai.streamobject.dostream': 'generation',
      'ai.embed.doembed': 'embedding',
      'ai.embedmany.doembed': 'embedding',
      'ai.rerank.dorerank': 'reranker',
      'ai.toolcall': 'tool',
      'ai.generatetext': 'chain',
      'ai.streamtext': 'chain',
      'ai.generateobject': 'chain',
      'ai.streamobject': 'chain',
      'ai.embed': 'chain',
      'ai.embedmany': 'chain',
      'ai.rerank': 'chain',
    },
  },
  texts: {
    model: ['ai.response.model', 'ai.model.id'],
    provider: ['ai.model.provider'],
    sessionId: ['ai.telemetry.metadata.sessionId', 'ai.telemetry.metadata.session.id'],
    userId: ['ai.telemetry.metadata.userId', 'ai.telemetry.metadata.user.id'],
    promptVersion: ['ai.telemetry.metadata.promptVersion'],
    promptName: ['ai.telemetry.metadata.promptName'],
    release: ['ai.telemetry.metadata.release'],
    environment: ['ai.telemetry.metadata.environment'],
  },
  usage: {
    inputTokens: ['ai.usage.inputTokens', 'ai.usage.promptTokens', 'ai.usage.tokens'],
    outputTokens: ['ai.usage.outputTokens', 'ai.usage.completionTokens'],
    cacheReadTokens: ['ai.usage.cachedInputTokens', 'ai.usage.inputTokenDetails.cacheReadTokens'],
    cacheWriteTokens: ['ai.usage.inputTokenDetails.cacheWriteTokens'],
    reasoningTokens: ['ai.usage.reasoningTokens', 'ai.usage.outputTokenDetails.reasoningTokens'],
  },
  read(draft) {
    const { attributes } = draft.span
    if (!attributes.has('ai.operationId') && !attributes.has('operation.name')) return
    readToolCall(draft)
    fillMessages(draft, 'input', ['ai.prompt.messages', 'ai.prompt', 'ai.value', 'ai.values'], 'user')
    readResponse(draft)
    draft.tools ??= toolDefinitions(take(draft, 'ai.prompt.tools'))
    draft.documents ??= documentsOf(listOf(take(draft, 'ai.documents')))
    addParameters(draft, Object.fromEntries(takePrefixed(draft, 'ai.settings.')))
    draft.firstTokenMs ??= numberOf(take(draft, 'ai.response.msToFirstChunk'))
    const prompt = recordOf(attributes.get('ai.telemetry.metadata.langfusePrompt'))
    if (prompt !== null) {
      draft.texts.promptName ??= textOf(prompt['name'])
      draft.texts.promptVersion ??= textOf(prompt['version'])
      take(draft, 'ai.telemetry.metadata.langfusePrompt')
    }
    addTags(draft, take(draft, 'ai.telemetry.metadata.tags'))
    addMetadata(draft, takePrefixed(draft, 'ai.telemetry.metadata.'))
  },
}

function readToolCall(draft: Draft): void {
  const { attributes } = draft.span
  const id = textOf(attributes.get('ai.toolCall.id'))
  const sent = attributes.get('ai.toolCall.args')
  if (sent !== undefined && draft.input === null) {
    const name = textOf(attributes.get('ai.toolCall.name'))
    draft.input = [{ role: 'assistant', parts: [{ type: 'tool_call', id, name, arguments: dataOf(sent) }] }]
    attributes.delete('ai.toolCall.args')
  }
  const result = attributes.get('ai.toolCall.result')
  if (result !== undefined && draft.output === null) {
    draft.output = [{ role: 'tool', parts: [{ type: 'tool_call_response', id, response: dataOf(result) }] }]
    attributes.delete('ai.toolCall.result')
  }
}

/** Text, tool calls and reasoning of one response are separate attributes of one message. */
function readResponse(draft: Draft): void {
  if (draft.output !== null) return
  const parts: MessagePart[] = []
  const reasoning = take(draft, 'ai.response.reasoning')
  if (typeof reasoning === 'string' && reasoning !== '') parts.push({ type: 'reasoning', content: reasoning })
  const text = take(draft, 'ai.response.text')
  if (typeof text === 'string' && text !== '') parts.push({ type: 'text', content: text })
  const object = take(draft, 'ai.response.object')
  if (object !== undefined) parts.push({ type: 'json', value: dataOf(object) })
  const calls = listOf(draft.span.attributes.get('ai.response.toolCalls'))
  if (calls !== null) {
    parts.push(...calls.filter(isRecord).map(toolCallPart))
    take(draft, 'ai.response.toolCalls')
  }
  if (parts.length === 0) return
  const reason = take(draft, 'ai.response.finishReason')
  const message: Message = { role: 'assistant', parts, ...(typeof reason === 'string' ? { finishReason: reason } : {}) }
  draft.output = [message]
}
