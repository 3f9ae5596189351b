import type { Message } from '@plaudit/protocol'
import { partsOf, toolCallPart } from './message-part.ts'
import { dataOf, isRecord, type Json, textOf } from './value.ts'

type Role = Message['role']

const roles: Record<string, Role> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  ai: 'assistant',
  model: 'assistant',
  tool: 'tool',
  function: 'tool',
}

/** Where requests and responses of the well-known interfaces keep their messages. */
const envelopes = ['messages', 'choices', 'candidates', 'contents', 'input_messages', 'output_messages'] as const

/**
 * Messages from whatever an input or output attribute holds: a text, JSON in a text, one message, a list of messages or of parts, or a
 * request or response of a well-known interface around them. What cannot be read as messages becomes one message with that data; nothing
 * is lost. `role` is that of messages that do not name theirs.
 */
export function messagesOf(value: unknown, role: Role): Message[] {
  const data = dataOf(value)
  if (data === undefined || data === null || data === '') return []
  if (Array.isArray(data)) return messagesOfList(data as unknown[], role)
  if (!isRecord(data)) return [{ role, parts: [{ type: 'text', content: textOf(data) }] }]
  if (isMessage(data)) return [messageOf(data, role)]
  for (const key of envelopes) {
    const list = data[key]
    if (Array.isArray(list) && list.length > 0 && list.every(isRecord)) return withSystem(data, messagesOfList(list as unknown[], role))
  }
  return [{ role, parts: partsOf(data) }]
}

function messagesOfList(list: unknown[], role: Role): Message[] {
  // LangChain and others send one list of messages for each of several prompts.
  const flat = list.length > 0 && list.every(Array.isArray) ? (list as unknown[][]).flat() : list
  if (flat.length === 0) return []
  if (flat.some((one) => isRecord(one) && isMessage(unwrapped(one)))) {
    return flat.flatMap((one) => (isRecord(one) ? [messageOf(unwrapped(one), role)] : messagesOf(one, role)))
  }
  if (flat.every((one) => typeof one === 'string' || (isRecord(one) && typeof one['type'] === 'string')))
    return [{ role, parts: partsOf(flat) }]
  return [{ role, parts: [{ type: 'json', value: flat }] }]
}

/** Anthropic and Gemini keep the system prompt beside the messages. */
function withSystem(request: Json, messages: Message[]): Message[] {
  const system = request['system'] ?? request['systemInstruction'] ?? request['system_instruction']
  return typeof system === 'string' || isRecord(system) || Array.isArray(system) ? [...messagesOf(system, 'system'), ...messages] : messages
}

/** The message inside a choice of a response, and inside LangChain's serialisation. */
function unwrapped(one: Json): Json {
  if (isRecord(one['message'])) return { finish_reason: one['finish_reason'], ...one['message'] }
  if (isRecord(one['kwargs']) && 'content' in one['kwargs']) return { role: langChainRole(one['id']), ...one['kwargs'] }
  if (isRecord(one['content']) && 'parts' in one['content'] && !('role' in one))
    return { finish_reason: one['finishReason'], ...one['content'] }
  return one
}

/** LangChain names the class: `["langchain_core", "messages", "HumanMessage"]`. */
function langChainRole(id: unknown): string | undefined {
  const name: unknown = Array.isArray(id) ? id.at(-1) : undefined
  return typeof name === 'string' ? name.replace(/Message(Chunk)?$/, '').toLowerCase() : undefined
}

function isMessage(record: Json): boolean {
  if (typeof record['role'] === 'string') return 'content' in record || 'parts' in record || 'tool_calls' in record || 'contents' in record
  return typeof record['type'] === 'string' && record['type'] in roles && 'content' in record
}

/** One message of any of the usual shapes. */
export function messageOf(record: Json, fallback: Role): Message {
  const named = record['role'] ?? record['type']
  const role = (typeof named === 'string' ? roles[named.toLowerCase()] : undefined) ?? fallback
  const callId = record['tool_call_id'] ?? record['toolCallId']
  let parts = partsOf(record['parts'] ?? record['content'] ?? record['contents'])
  if (role === 'tool' && !parts.some(({ type }) => type === 'tool_call_response')) {
    parts = [
      {
        type: 'tool_call_response',
        id: typeof callId === 'string' ? callId : null,
        response: dataOf(record['content'] ?? record['parts']) ?? null,
      },
    ]
  }
  const calls = record['tool_calls'] ?? record['toolCalls'] ?? (isRecord(record['function_call']) ? [record['function_call']] : undefined)
  if (Array.isArray(calls)) parts.push(...calls.filter(isRecord).map(toolCallPart))
  const finishReason = record['finish_reason'] ?? record['finishReason']
  return {
    role,
    parts,
    ...(typeof record['name'] === 'string' ? { name: record['name'] } : {}),
    ...(typeof finishReason === 'string' && finishReason !== '' ? { finishReason } : {}),
  }
}
