import type { Message } from '@plaudit/protocol'
import type { Attributes, OtlpEvent } from '../decode/otlp-span.ts'
import type { Dialect } from './dialect.ts'
import { type Draft, fillMessages, take } from './draft.ts'
import { messageOf, messagesOf } from './message.ts'
import { partsOf } from './message-part.ts'
import { toolDefinitions } from './tool-definition.ts'
import { documentsOf } from './document.ts'
import { dataOf, listOf, numberOf, textOf } from './value.ts'

/** OpenTelemetry's conventions for generative AI, with the names of all earlier versions and the span events they were once in. */
export const otelGenAi: Dialect = {
  kinds: {
    'gen_ai.operation.name': {
      chat: 'generation',
      text_completion: 'generation',
      generate_content: 'generation',
      completion: 'generation',
      embeddings: 'embedding',
      retrieval: 'retriever',
      rerank: 'reranker',
      execute_tool: 'tool',
      invoke_agent: 'agent',
      create_agent: 'agent',
      invoke_workflow: 'chain',
    },
  },
  texts: {
    model: ['gen_ai.request.model', 'gen_ai.response.model'],
    provider: ['gen_ai.provider.name', 'gen_ai.system'],
    promptName: ['gen_ai.prompt.name'],
    promptVersion: ['gen_ai.prompt.version'],
    sessionId: ['gen_ai.conversation.id', 'session.id'],
    userId: ['user.id', 'enduser.id'],
  },
  usage: {
    inputTokens: ['gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens'],
    outputTokens: ['gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens'],
    cacheReadTokens: ['gen_ai.usage.cache_read.input_tokens', 'gen_ai.usage.cache_read_input_tokens'],
    cacheWriteTokens: ['gen_ai.usage.cache_creation.input_tokens', 'gen_ai.usage.cache_creation_input_tokens'],
    reasoningTokens: ['gen_ai.usage.reasoning.output_tokens', 'gen_ai.usage.reasoning_tokens'],
    costUsd: ['gen_ai.usage.cost'],
  },
  read(draft) {
    readParameters(draft)
    readDetailsEvent(draft)
    readMessages(draft, draft.span.attributes)
    readMessageEvents(draft)
    fillMessages(draft, 'input', ['gen_ai.prompt'], 'user')
    fillMessages(draft, 'output', ['gen_ai.completion'], 'assistant')
    readToolCall(draft)
    draft.tools ??= toolDefinitions(take(draft, 'gen_ai.tool.definitions'))
    draft.documents ??= documentsOf(listOf(take(draft, 'gen_ai.retrieval.documents')))
    if (draft.firstTokenMs === null) {
      const seconds = numberOf(take(draft, 'gen_ai.response.time_to_first_chunk'))
      draft.firstTokenMs = seconds === null ? null : seconds * 1_000
    }
    addFinishReason(draft)
  },
}

const parameterNames = [
  'temperature',
  'max_tokens',
  'top_p',
  'top_k',
  'frequency_penalty',
  'presence_penalty',
  'stop_sequences',
  'seed',
  'choice.count',
  'encoding_formats',
].map((name) => [name, `gen_ai.request.${name}`] as const)

function readParameters(draft: Draft): void {
  const { attributes } = draft.span
  for (const [name, attribute] of parameterNames) {
    const value = attributes.get(attribute)
    if (value === undefined || name in draft.parameters) continue
    draft.parameters[name] = value
    attributes.delete(attribute)
  }
}

/** `gen_ai.client.inference.operation.details`: the event that carries what newer versions put on the span. */
function readDetailsEvent(draft: Draft): void {
  const at = draft.span.events.findIndex(({ name }) => name === 'gen_ai.client.inference.operation.details')
  const event = draft.span.events[at]
  if (event === undefined) return
  readMessages(draft, event.attributes)
  for (const [name, value] of event.attributes) if (!draft.span.attributes.has(name)) draft.span.attributes.set(name, value)
  draft.span.events.splice(at, 1)
}

function readMessages(draft: Draft, attributes: Attributes): void {
  if (draft.input === null) {
    const messages = messagesOf(attributes.get('gen_ai.input.messages'), 'user')
    const system = attributes.get('gen_ai.system_instructions')
    if (system !== undefined) {
      const parts = partsOf(dataOf(system))
      if (parts.length > 0) messages.unshift({ role: 'system', parts })
    }
    if (messages.length > 0) {
      draft.input = messages
      attributes.delete('gen_ai.input.messages')
      attributes.delete('gen_ai.system_instructions')
    }
  }
  if (draft.output === null) {
    const messages = messagesOf(attributes.get('gen_ai.output.messages'), 'assistant')
    if (messages.length > 0) {
      draft.output = messages
      attributes.delete('gen_ai.output.messages')
    }
  }
}

const eventRoles: Record<string, Message['role']> = {
  'gen_ai.system.message': 'system',
  'gen_ai.user.message': 'user',
  'gen_ai.assistant.message': 'assistant',
  'gen_ai.tool.message': 'tool',
}
/** Events of the oldest version, each with the attribute that has the text. */
const contentEvents: Record<string, readonly ['input' | 'output', string]> = {
  'gen_ai.content.prompt': ['input', 'gen_ai.prompt'],
  'gen_ai.content.completion': ['output', 'gen_ai.completion'],
}

/** One event for each message, as versions up to 1.36 had them. Those that become messages are taken out of the span. */
function readMessageEvents(draft: Draft): void {
  const { events } = draft.span
  if (!events.some(({ name }) => name.startsWith('gen_ai.'))) return
  const input: Message[] = []
  const output: Message[] = []
  const isInputOpen = draft.input === null
  const isOutputOpen = draft.output === null
  draft.span.events = events.filter((event) => {
    const content = contentEvents[event.name]
    const role = eventRoles[event.name]
    if (isInputOpen && role !== undefined) input.push(messageOf(eventBody(event), role))
    else if (isOutputOpen && event.name === 'gen_ai.choice') output.push(...messagesOf([choiceOf(event)], 'assistant'))
    else if (content !== undefined && (content[0] === 'input' ? isInputOpen : isOutputOpen)) {
      const [field, name] = content
      const messages = messagesOf(event.attributes.get(name), field === 'input' ? 'user' : 'assistant')
      ;(field === 'input' ? input : output).push(...messages)
    } else return true
    return false
  })
  if (input.length > 0) draft.input = input
  if (output.length > 0) draft.output = output
}

/** Attributes of the event; some instrumentations put the whole body as JSON in one of them. */
function eventBody({ attributes }: OtlpEvent): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const [name, value] of attributes) body[name.replace(/^gen_ai\.(event\.)?/, '')] = dataOf(value)
  const inner = body['body']
  return typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? { ...body, ...inner } : body
}

function choiceOf(event: OtlpEvent): Record<string, unknown> {
  const body = eventBody(event)
  return 'message' in body || 'content' in body ? { role: 'assistant', ...body } : { role: 'assistant', content: '', ...body }
}

/** A tool's span: what it was called with is its input, what it returned its output. */
function readToolCall(draft: Draft): void {
  const { attributes } = draft.span
  const id = attributes.get('gen_ai.tool.call.id')
  const idPart = typeof id === 'string' ? { id } : {}
  const sent = attributes.get('gen_ai.tool.call.arguments')
  if (draft.input === null && sent !== undefined) {
    const name = textOf(attributes.get('gen_ai.tool.name'))
    draft.input = [{ role: 'assistant', parts: [{ type: 'tool_call', ...idPart, name, arguments: dataOf(sent) }] }]
    attributes.delete('gen_ai.tool.call.arguments')
  }
  const result = attributes.get('gen_ai.tool.call.result')
  if (draft.output === null && result !== undefined) {
    draft.output = [{ role: 'tool', parts: [{ type: 'tool_call_response', ...idPart, response: dataOf(result) }] }]
    attributes.delete('gen_ai.tool.call.result')
  }
}

/** The reasons stand beside the messages in older versions, one for each output. */
function addFinishReason(draft: Draft): void {
  const reasons = listOf(draft.span.attributes.get('gen_ai.response.finish_reasons'))
  if (reasons === null || draft.output === null) return
  draft.output = draft.output.map((message, index) => {
    const reason = reasons[index]
    return message.finishReason === undefined && typeof reason === 'string' ? { ...message, finishReason: reason } : message
  })
  take(draft, 'gen_ai.response.finish_reasons')
}
