import type { Message, RetrievedDocument } from '@plaudit/protocol'
import type { AttributeValue } from '../decode/otlp-span.ts'
import type { Dialect } from './dialect.ts'
import { documentsOf } from './document.ts'
import { addMetadata, addParameters, addTags, type Draft, fillMessages, take } from './draft.ts'
import { type FlattenedRecord, flattenedList, takeNames } from './flattened-list.ts'
import { messageOf } from './message.ts'
import { partsOf } from './message-part.ts'
import { toolDefinitions } from './tool-definition.ts'
import { recordOf } from './value.ts'

/** OpenInference, as the instrumentations of Arize Phoenix and many others write it. Lists are flattened to numbered attributes. */
export const openInference: Dialect = {
  kinds: {
    'openinference.span.kind': {
      llm: 'generation',
      chain: 'chain',
      agent: 'agent',
      tool: 'tool',
      retriever: 'retriever',
      reranker: 'reranker',
      embedding: 'embedding',
      guardrail: 'guardrail',
      evaluator: 'evaluator',
      prompt: 'prompt',
    },
  },
  texts: {
    model: ['llm.model_name', 'llm.request.model_name', 'llm.response.model_name', 'embedding.model_name', 'reranker.model_name'],
    provider: ['llm.provider', 'llm.system'],
    promptName: ['prompt.name', 'prompt.id'],
    promptVersion: ['llm.prompt_template.version'],
    sessionId: ['session.id'],
    userId: ['user.id'],
  },
  usage: {
    inputTokens: ['llm.token_count.prompt'],
    outputTokens: ['llm.token_count.completion'],
    cacheReadTokens: ['llm.token_count.prompt_details.cache_read'],
    cacheWriteTokens: ['llm.token_count.prompt_details.cache_write'],
    reasoningTokens: ['llm.token_count.completion_details.reasoning'],
    costUsd: ['llm.cost.total'],
  },
  read(draft) {
    if (draft.input === null) draft.input = takeMessages(draft, 'llm.input_messages', 'user')
    if (draft.output === null) draft.output = takeMessages(draft, 'llm.output_messages', 'assistant')
    if (fillMessages(draft, 'input', ['input.value', 'reranker.query', 'embedding.text'], 'user')) take(draft, 'input.mime_type')
    if (fillMessages(draft, 'output', ['output.value'], draft.kind === 'tool' ? 'tool' : 'assistant')) take(draft, 'output.mime_type')
    draft.documents ??= takeDocuments(draft, 'retrieval.documents') ?? takeDocuments(draft, 'reranker.output_documents')
    readTools(draft)
    const parameters = recordOf(draft.span.attributes.get('llm.invocation_parameters'))
    if (parameters !== null) {
      addParameters(draft, parameters)
      take(draft, 'llm.invocation_parameters')
    }
    const metadata = recordOf(draft.span.attributes.get('metadata'))
    if (metadata !== null) {
      addMetadata(draft, Object.entries(metadata))
      take(draft, 'metadata')
    }
    addTags(draft, take(draft, 'tag.tags'))
    const firstToken = draft.span.events.find(({ name }) => name === 'First Token Stream Event')
    if (firstToken !== undefined) draft.firstTokenMs ??= Math.max(0, firstToken.timeMs - draft.span.startMs)
  },
}

function takeMessages(draft: Draft, list: string, role: Message['role']): Message[] | null {
  const records = flattenedList(draft.span.attributes, list)
  if (records.length === 0) return null
  takeNames(draft.span.attributes, records)
  return records.map(({ fields }) => messageFrom(fields, role))
}

/** `message.role`, `message.content` or `message.contents.N.message_content.*`, `message.tool_calls.N.tool_call.*`. */
function messageFrom(fields: Map<string, AttributeValue>, role: Message['role']): Message {
  const contents = flattenedList(fields, 'message.contents').map(({ fields: part }) => contentOf(part))
  const calls = flattenedList(fields, 'message.tool_calls').map(({ fields: call }) => ({
    id: call.get('tool_call.id'),
    function: { name: call.get('tool_call.function.name'), arguments: call.get('tool_call.function.arguments') },
  }))
  const name = fields.get('message.function_call_name')
  if (name !== undefined) calls.push({ id: undefined, function: { name, arguments: fields.get('message.function_call_arguments_json') } })
  const text = fields.get('message.content')
  const content = contents.length === 0 ? text : text === undefined || text === '' ? contents : [text, ...contents]
  return messageOf(
    {
      role: fields.get('message.role'),
      content,
      name: fields.get('message.name'),
      tool_call_id: fields.get('message.tool_call_id'),
      ...(calls.length === 0 ? {} : { tool_calls: calls }),
    },
    role,
  )
}

function contentOf(fields: Map<string, AttributeValue>): unknown {
  const type = fields.get('message_content.type')
  const text = fields.get('message_content.text')
  switch (type) {
    case 'image':
      return { type, image: fields.get('message_content.image.image.url') }
    case 'audio':
      return { type, audio: fields.get('message_content.audio.audio.url'), mimeType: fields.get('message_content.audio.audio.mime_type') }
    case 'video':
      return { type, video: fields.get('message_content.video.video.url') }
    case 'reasoning':
      return { type, text: text ?? '' }
    case undefined:
    case 'text':
      return { type: 'text', text: text ?? '' }
    default:
      return Object.fromEntries([...fields].map(([name, value]) => [name.replace(/^message_content\./, ''), value]))
  }
}

function takeDocuments(draft: Draft, list: string): RetrievedDocument[] | null {
  const records = flattenedList(draft.span.attributes, list)
  takeNames(draft.span.attributes, records)
  return documentsOf(records.map(({ fields }) => withoutPrefix(fields, 'document.')))
}

function readTools(draft: Draft): void {
  if (draft.tools !== null) return
  const records: FlattenedRecord[] = flattenedList(draft.span.attributes, 'llm.tools')
  draft.tools = toolDefinitions(records.map(({ fields }) => fields.get('tool.json_schema') ?? withoutPrefix(fields, 'tool.')))
  takeNames(draft.span.attributes, records)
  const name = draft.span.attributes.get('tool.name')
  if (draft.kind !== 'tool' || typeof name !== 'string' || draft.input === null) return
  // A tool's own span: its input is what it was called with.
  const [first] = draft.input
  const isPlain = draft.input.length === 1 && first?.role === 'user'
  if (!isPlain) return
  const [part] = first.parts
  const sent = part?.type === 'json' ? part.value : part?.type === 'text' ? part.content : undefined
  if (sent !== undefined) draft.input = [{ role: 'assistant', parts: partsOf({ type: 'tool_call', name, arguments: sent }) }]
}

function withoutPrefix(fields: Map<string, AttributeValue>, prefix: string): Record<string, AttributeValue> {
  return Object.fromEntries([...fields].map(([name, value]) => [name.startsWith(prefix) ? name.slice(prefix.length) : name, value]))
}
