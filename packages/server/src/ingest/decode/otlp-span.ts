/** The value of an attribute as plain data. Integers beyond 2^53 are decimal text, bytes are base64. */
export type AttributeValue = string | number | boolean | null | AttributeValue[] | { [key: string]: AttributeValue }
/** Attributes by name. A map, because names come from outside and are looked up and taken out one by one. */
export type Attributes = Map<string, AttributeValue>

export type OtlpEvent = { name: string; timeMs: number; attributes: Attributes }
export type OtlpLink = { traceId: string; spanId: string }

/** What sent the spans of a group: the process, and the instrumentation inside it. Shared by all spans of the group. */
export type OtlpOrigin = { resource: Attributes; scopeName: string; scopeVersion: string }

/** One span as OTLP carries it, the same from both encodings and not yet checked. Times are milliseconds since 1970, 0 where missing. */
export type OtlpSpan = {
  origin: OtlpOrigin
  /** Hexadecimal of whatever length was sent. */
  traceId: string
  spanId: string
  parentSpanId: string
  name: string
  startMs: number
  endMs: number
  attributes: Attributes
  events: OtlpEvent[]
  links: OtlpLink[]
  /** 0 unset, 1 ok, 2 error. */
  statusCode: number
  statusMessage: string
}

/** Why one span of a request cannot be stored. Its neighbours can. The message is one of few, so that it can be counted. */
export class SpanError extends Error {
  override readonly name = 'SpanError'
}

/** Deepest nesting of lists and maps in an attribute. */
export const MAX_DEPTH = 32
/** Longest text of one attribute, in UTF-16 units. */
const MAX_TEXT = 4_194_304

/** A text, cut with a visible marker where it is longer than is kept. */
export function clipText(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT).toWellFormed()}… [${text.length - MAX_TEXT} characters cut]`
}
