import {
  type Attributes,
  type AttributeValue,
  clipText,
  MAX_DEPTH,
  type OtlpEvent,
  type OtlpLink,
  type OtlpOrigin,
  type OtlpSpan,
  SpanError,
} from './otlp-span.ts'

/** JSON that is not an OTLP request. */
export class OtlpJsonError extends Error {
  override readonly name = 'OtlpJsonError'
}

type Json = Record<string, unknown>

/**
 * The spans of a request in OTLP's JSON encoding, one by one: ids in hexadecimal, 64-bit integers as decimal text or numbers, enums as
 * numbers. A span that is not as it should be comes as a SpanError in its place.
 * @throws OtlpJsonError when the text is not JSON, or the lists around the spans are not there.
 */
export function* decodeJson(text: string): Generator<OtlpSpan | SpanError> {
  for (const group of listIn(parse(text), 'resourceSpans')) {
    const resource = attributesOf((group['resource'] as Json | undefined)?.['attributes'])
    for (const { scope, ...scopeSpans } of listIn(group, 'scopeSpans')) {
      const { name, version } = (isRecord(scope) ? scope : {}) as { name?: unknown; version?: unknown }
      const origin: OtlpOrigin = { resource, scopeName: textOf(name, 'scope.name'), scopeVersion: textOf(version, 'scope.version') }
      for (const span of listIn(scopeSpans, 'spans')) yield spanOrError(span, origin)
    }
  }
}

function parse(text: string): Json {
  let request: unknown
  try {
    request = JSON.parse(text)
  } catch (cause) {
    throw new OtlpJsonError(`it is not JSON: ${(cause as Error).message}`, { cause })
  }
  if (!isRecord(request)) throw new OtlpJsonError('it must be an object with "resourceSpans"')
  return request
}

/** The records of a list; a list that is left out is empty, as in Protocol Buffers. */
function listIn(record: Json, key: string): Json[] {
  const list = record[key] ?? []
  if (!Array.isArray(list) || !list.every(isRecord)) throw new OtlpJsonError(`"${key}" must be a list of objects`)
  return list
}

function spanOrError(span: Json, origin: OtlpOrigin): OtlpSpan | SpanError {
  try {
    return spanOf(span, origin)
  } catch (error) {
    if (error instanceof SpanError) return error
    throw error
  }
}

function spanOf(span: Json, origin: OtlpOrigin): OtlpSpan {
  const status = (isRecord(span['status']) ? span['status'] : {}) as { code?: unknown; message?: unknown }
  return {
    origin,
    traceId: hexOf(span['traceId'], 'traceId'),
    spanId: hexOf(span['spanId'], 'spanId'),
    parentSpanId: hexOf(span['parentSpanId'], 'parentSpanId'),
    name: textOf(span['name'], 'name'),
    startMs: nanosecondsAsMs(span['startTimeUnixNano'], 'startTimeUnixNano'),
    endMs: nanosecondsAsMs(span['endTimeUnixNano'], 'endTimeUnixNano'),
    attributes: attributesOf(span['attributes']),
    events: recordsOf(span['events'], 'events').map(eventOf),
    links: recordsOf(span['links'], 'links').map(linkOf),
    statusCode: statusCodeOf(status.code),
    statusMessage: clipText(textOf(status.message, 'status.message')),
  }
}

function eventOf(event: Json): OtlpEvent {
  return {
    name: textOf(event['name'], 'events.name'),
    timeMs: nanosecondsAsMs(event['timeUnixNano'], 'events.timeUnixNano'),
    attributes: attributesOf(event['attributes']),
  }
}

function linkOf(link: Json): OtlpLink {
  return { traceId: hexOf(link['traceId'], 'links.traceId'), spanId: hexOf(link['spanId'], 'links.spanId') }
}

function attributesOf(list: unknown): Attributes {
  const attributes: Attributes = new Map()
  for (const { key, value } of recordsOf(list, 'attributes')) {
    if (typeof key !== 'string') throw new SpanError('an attribute has no key')
    attributes.set(key, valueOf(value, 1))
  }
  return attributes
}

function valueOf(value: unknown, depth: number): AttributeValue {
  if (depth > MAX_DEPTH) throw new SpanError(`an attribute is nested more than ${MAX_DEPTH} deep`)
  if (!isRecord(value)) return null
  if (typeof value['stringValue'] === 'string') return clipText(value['stringValue'])
  if (value['intValue'] !== undefined) return integerOf(value['intValue'])
  if (value['doubleValue'] !== undefined) return Number(value['doubleValue'])
  if (value['boolValue'] !== undefined) return value['boolValue'] === true
  if (isRecord(value['arrayValue'])) return recordsOf(value['arrayValue']['values'], 'arrayValue').map((one) => valueOf(one, depth + 1))
  if (isRecord(value['kvlistValue'])) {
    const entries = recordsOf(value['kvlistValue']['values'], 'kvlistValue')
    return Object.fromEntries(entries.map((entry) => [String(entry['key']), valueOf(entry['value'], depth + 1)]))
  }
  if (typeof value['bytesValue'] === 'string') return clipText(value['bytesValue'])
  return null
}

function integerOf(value: unknown): number | string {
  const number = Number(value)
  if (Number.isSafeInteger(number)) return number
  if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) return value
  throw new SpanError('an intValue is not a 64-bit integer')
}

function nanosecondsAsMs(value: unknown, name: string): number {
  if (value === undefined || value === null || value === '') return 0
  const nanoseconds = Number(value)
  if (!Number.isFinite(nanoseconds) || nanoseconds < 0) throw new SpanError(`${name} is not a count of nanoseconds`)
  return nanoseconds / 1e6
}

const statusNames: Record<string, number> = { STATUS_CODE_UNSET: 0, STATUS_CODE_OK: 1, STATUS_CODE_ERROR: 2 }

/** Numbers by the specification; some clients send the names. */
function statusCodeOf(code: unknown): number {
  return typeof code === 'string' ? (statusNames[code] ?? Number(code)) : typeof code === 'number' ? code : 0
}

function hexOf(value: unknown, name: string): string {
  const text = textOf(value, name)
  if (!/^[0-9a-fA-F]*$/.test(text)) throw new SpanError(`${name} is not hexadecimal`)
  return text.toLowerCase()
}

function textOf(value: unknown, name: string): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'string') throw new SpanError(`${name} is not text`)
  return value
}

function recordsOf(value: unknown, name: string): Json[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value) || !value.every(isRecord)) throw new SpanError(`${name} is not a list of objects`)
  return value
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
