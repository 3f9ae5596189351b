import type { Message } from '@plaudit/protocol'
import type { Dialect } from './dialect.ts'
import { addMetadata, addParameters, type Draft, fillMessages, takePrefixed } from './draft.ts'
import { flattenedList, takeNames } from './flattened-list.ts'
import { messageOf, messagesOf } from './message.ts'
import { toolDefinitions } from './tool-definition.ts'
import { dataOf, isRecord } from './value.ts'

/** Traceloop's OpenLLMetry: workflows and tasks, and model calls with numbered `gen_ai.prompt.N` and `gen_ai.completion.N`. */
export const traceloop: Dialect = {
  kinds: {
    'traceloop.span.kind': { workflow: 'chain', task: 'chain', agent: 'agent', tool: 'tool' },
    'llm.request.type': { chat: 'generation', completion: 'generation', embedding: 'embedding', rerank: 'reranker' },
  },
  texts: {
    promptName: ['traceloop.prompt.key'],
    promptVersion: ['traceloop.prompt.version'],
    sessionId: ['traceloop.association.properties.session_id', 'traceloop.association.properties.sessionId'],
    userId: ['traceloop.association.properties.user_id', 'traceloop.association.properties.userId'],
  },
  usage: {
    inputTokens: ['llm.usage.prompt_tokens'],
    outputTokens: ['llm.usage.completion_tokens'],
  },
  read(draft) {
    if (draft.input === null) draft.input = takeMessages(draft, 'gen_ai.prompt', 'user')
    if (draft.output === null) draft.output = takeMessages(draft, 'gen_ai.completion', 'assistant')
    readEntity(draft, 'input', 'traceloop.entity.input', 'inputs')
    readEntity(draft, 'output', 'traceloop.entity.output', 'outputs')
    readFunctions(draft)
    addParameters(draft, parametersOf(draft))
    addMetadata(draft, takePrefixed(draft, 'traceloop.association.properties.'))
  },
}

function takeMessages(draft: Draft, list: string, role: Message['role']): Message[] | null {
  const records = flattenedList(draft.span.attributes, list)
  if (records.length === 0) return null
  takeNames(draft.span.attributes, records)
  return records.map(({ fields }) => {
    const calls = flattenedList(fields, 'tool_calls').map(({ fields: call }) => Object.fromEntries(call))
    const content = dataOf(fields.get('content'))
    return messageOf({ ...Object.fromEntries(fields), content, ...(calls.length === 0 ? {} : { tool_calls: calls }) }, role)
  })
}

/** Decorated functions are recorded as `{"inputs": {…}}` or `{"args": […], "kwargs": {…}}`, and `{"outputs": …}`. */
function readEntity(draft: Draft, field: 'input' | 'output', name: string, envelope: 'inputs' | 'outputs'): void {
  const role = field === 'input' ? 'user' : draft.kind === 'tool' ? 'tool' : 'assistant'
  const data = dataOf(draft.span.attributes.get(name))
  if (draft[field] === null && isRecord(data) && envelope in data) {
    const messages = messagesOf(data[envelope], role)
    if (messages.length === 0) return
    draft[field] = messages
    draft.span.attributes.delete(name)
    return
  }
  fillMessages(draft, field, [name], role)
}

function readFunctions(draft: Draft): void {
  if (draft.tools !== null) return
  const records = flattenedList(draft.span.attributes, 'llm.request.functions')
  draft.tools = toolDefinitions(
    records.map(({ fields }) => ({ ...Object.fromEntries(fields), parameters: dataOf(fields.get('parameters')) })),
  )
  takeNames(draft.span.attributes, records)
}

const parameterNames = {
  'llm.frequency_penalty': 'frequency_penalty',
  'llm.presence_penalty': 'presence_penalty',
  'llm.top_k': 'top_k',
  'llm.temperature': 'temperature',
  'llm.top_p': 'top_p',
}

function parametersOf(draft: Draft): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const [attribute, name] of Object.entries(parameterNames)) {
    const value = draft.span.attributes.get(attribute)
    if (value === undefined) continue
    found[name] = value
    draft.span.attributes.delete(attribute)
  }
  return found
}
