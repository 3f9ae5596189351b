import type { Span } from '@plaudit/protocol'
import { decodeJson } from '../decode/decode-json.ts'
import type { OtlpSpan } from '../decode/otlp-span.ts'
import { mapSpan } from '../dialect/map-span.ts'
import { jsonAttributes, type JsonSpan, requestOf } from './otlp-request.ts'

export const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
export const spanId = '00f067aa0ba902b7'

/** A span with these attributes, as it comes out of the decoder. */
export function otlpSpan(
  attributes: Record<string, unknown>,
  changes: Omit<JsonSpan, 'attributes'> = {},
  resource: Record<string, unknown> = {},
): OtlpSpan {
  const span = {
    traceId,
    spanId,
    name: 'span',
    startTimeUnixNano: '1777899000000000000',
    endTimeUnixNano: '1777899001500000000',
    ...changes,
    attributes: jsonAttributes(attributes),
  }
  return [...decodeJson(JSON.stringify(requestOf([span], resource)))][0] as OtlpSpan
}

/** The same on the one span model. */
export function mapped(...given: Parameters<typeof otlpSpan>): Span {
  return mapSpan(otlpSpan(...given))
}
