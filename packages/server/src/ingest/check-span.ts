import { type OtlpSpan, SpanError } from './decode/otlp-span.ts'

const EARLIEST_MS = Date.UTC(2010, 0, 1)
const DAY_MS = 86_400_000
/** Attribute in which a span says what was put right in it. */
export const REPAIRED = 'plaudit.repaired'

/**
 * Checks what a span cannot be stored without, and puts right what it can, saying so in the attribute `plaudit.repaired`. See docs/ingest.md.
 * @throws SpanError for ids that are missing, and for times that are missing or cannot be.
 */
export function checkSpan(span: OtlpSpan, nowMs: number): void {
  if (!isId(span.traceId, 32)) throw new SpanError('the trace id is missing, zero or not 16 bytes')
  if (!isId(span.spanId, 16)) throw new SpanError('the span id is missing, zero or not 8 bytes')
  const repairs: string[] = []
  if (span.parentSpanId !== '' && !isId(span.parentSpanId, 16)) {
    // All zeros is how some exporters write "no parent".
    if (/[^0]/.test(span.parentSpanId)) repairs.push('parent span id was not 8 bytes: taken as a root')
    span.parentSpanId = ''
  }
  if (span.startMs === 0 && span.endMs !== 0) {
    span.startMs = span.endMs
    repairs.push('start time was missing: taken from the end')
  }
  if (span.startMs === 0) throw new SpanError('the start time is missing')
  if (span.startMs < EARLIEST_MS) throw new SpanError('the start time is before 2010; send nanoseconds since 1970')
  if (span.startMs > nowMs + DAY_MS) throw new SpanError('the start time is more than a day in the future')
  if (span.endMs < span.startMs || span.endMs > nowMs + DAY_MS) {
    repairs.push(`end time was ${endProblem(span)}: taken from the start`)
    span.endMs = span.startMs
  }
  if (repairs.length > 0) span.attributes.set(REPAIRED, repairs.join('; '))
}

function endProblem({ startMs, endMs }: OtlpSpan): string {
  if (endMs === 0) return 'missing'
  return endMs < startMs ? 'before the start' : 'more than a day in the future'
}

function isId(hex: string, digits: number): boolean {
  return hex.length === digits && hex !== '0'.repeat(digits)
}
