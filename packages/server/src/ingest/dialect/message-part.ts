import type { MessagePart } from '@plaudit/protocol'
import { dataOf, isRecord, type Json, textOf } from './value.ts'

type MediaPart = Extract<MessagePart, { type: 'uri' | 'blob' | 'file' }>

/** The parts of a message's content: a text, one part, or a list of either. */
export function partsOf(content: unknown): MessagePart[] {
  if (content === undefined || content === null || content === '') return []
  if (Array.isArray(content)) return (content as unknown[]).flatMap(partsOf)
  if (isRecord(content)) return [partOf(content)]
  return [{ type: 'text', content: textOf(content) }]
}

/** Readers by the part's type, in the words of OpenTelemetry, OpenAI, Anthropic and the Vercel AI SDK. */
const readers: Record<string, (part: Json) => MessagePart | null> = {
  text: textPart,
  input_text: textPart,
  output_text: textPart,
  reasoning: reasoningPart,
  thinking: reasoningPart,
  tool_call: toolCallPart,
  'tool-call': toolCallPart,
  tool_use: toolCallPart,
  function: toolCallPart,
  function_call: toolCallPart,
  tool_call_response: toolResponsePart,
  'tool-result': toolResponsePart,
  tool_result: toolResponsePart,
  function_call_output: toolResponsePart,
  uri: openTelemetryMedia,
  blob: openTelemetryMedia,
  file: (part) => openTelemetryMedia(part) ?? vercelFile(part),
  image: (part) => media('image', part['image'] ?? part['source'] ?? part['url'] ?? part['data'], part),
  image_url: (part) => media('image', part['image_url'], part),
  input_image: (part) => media('image', part['image_url'], part),
  audio: (part) => media('audio', part['audio'] ?? part['source'] ?? part['data'], part),
  input_audio: (part) => media('audio', part['input_audio'], part),
  video: (part) => media('video', part['video'] ?? part['source'] ?? part['data'], part),
  document: (part) => media('document', part['source'], part),
}

function partOf(part: Json): MessagePart {
  const type = typeof part['type'] === 'string' ? part['type'] : geminiType(part)
  const read = Object.hasOwn(readers, type) ? readers[type] : undefined
  return read?.(part) ?? { type: 'json', value: part }
}

/** Gemini's parts have no type: the one field that they have says it. */
function geminiType(part: Json): string {
  if (typeof part['text'] === 'string') return 'text'
  if (isRecord(part['functionCall'])) return 'function_call'
  return ''
}

function textPart(part: Json): MessagePart | null {
  const text = part['content'] ?? part['text']
  return typeof text === 'string' ? { type: 'text', content: text } : null
}

function reasoningPart(part: Json): MessagePart | null {
  const text = part['content'] ?? part['text'] ?? part['thinking']
  return typeof text === 'string' ? { type: 'reasoning', content: text } : null
}

/** A tool call of any of the usual shapes; arguments that are JSON in a text are read. */
export function toolCallPart(call: Json): MessagePart {
  const inner = isRecord(call['function']) ? call['function'] : isRecord(call['functionCall']) ? call['functionCall'] : call
  const id = call['id'] ?? call['toolCallId'] ?? call['call_id']
  const sent = inner['arguments'] ?? inner['args'] ?? inner['input']
  return {
    type: 'tool_call',
    ...(typeof id === 'string' ? { id } : {}),
    name: textOf(inner['name'] ?? call['toolName']),
    ...(sent === undefined ? {} : { arguments: dataOf(sent) }),
  }
}

function toolResponsePart(part: Json): MessagePart {
  const id = part['id'] ?? part['toolCallId'] ?? part['tool_use_id'] ?? part['call_id']
  const response = part['response'] ?? part['result'] ?? part['output'] ?? part['content']
  return { type: 'tool_call_response', ...(typeof id === 'string' ? { id } : {}), response: dataOf(response) ?? null }
}

function openTelemetryMedia(part: Json): MediaPart | null {
  const { type, modality, mime_type: mimeType, uri, content, file_id: fileId } = part
  if (type === 'uri' ? typeof uri !== 'string' : type === 'blob' ? typeof content !== 'string' : typeof fileId !== 'string') return null
  return {
    type: type as MediaPart['type'],
    ...(typeof modality === 'string' ? { modality } : {}),
    ...(typeof mimeType === 'string' ? { mimeType } : {}),
    ...(typeof uri === 'string' ? { uri } : {}),
    ...(typeof content === 'string' ? { content } : {}),
    ...(typeof fileId === 'string' ? { fileId } : {}),
  }
}

function vercelFile(part: Json): MediaPart | null {
  return media(
    'file',
    part['data'] ?? part['url'] ?? (isRecord(part['file']) ? (part['file']['url'] ?? part['file']['file_data']) : undefined),
    part,
  )
}

/** A picture, sound, video or file given as an address, as base64, or as a record around either. */
function media(modality: string, source: unknown, part: Json): MediaPart | null {
  const inner = isRecord(source) ? source : {}
  const location = isRecord(source) ? (inner['url'] ?? inner['data'] ?? inner['uri']) : source
  if (typeof location !== 'string' || location === '') return null
  const mimeType = inner['media_type'] ?? inner['mime_type'] ?? part['mediaType'] ?? part['mimeType'] ?? part['mime_type']
  const described = { modality, ...(typeof mimeType === 'string' ? { mimeType } : {}) }
  return /^[a-z][a-z0-9+.-]*:/i.test(location)
    ? { type: 'uri', ...described, uri: location }
    : { type: 'blob', ...described, content: location }
}
