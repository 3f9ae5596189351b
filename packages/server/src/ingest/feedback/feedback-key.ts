import type { OtlpSpan } from '../decode/otlp-span.ts'
import type { CarriedFeedback } from './carried-feedback.ts'

/**
 * What makes judgments carried by a span the same when the export is retried, or sent again with another score: the carrier, the scope, the
 * name and the identifier. Without an identifier, several of one name are told apart by their order.
 */
export function feedbackKeys(span: OtlpSpan, carried: readonly CarriedFeedback[]): string[] {
  const seen = new Map<string, number>()
  return carried.map(({ scope, name, identifier, author, responseId }) => {
    const key = JSON.stringify(['otlp', span.traceId, span.spanId, scope, name, identifier, author, responseId])
    const occurrence = seen.get(key) ?? 0
    seen.set(key, occurrence + 1)
    return `${key}#${occurrence}`
  })
}
