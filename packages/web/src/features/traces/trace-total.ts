import { messageText, type Span } from '@plaudit/protocol'
import { timelineOf } from './timeline.ts'

/** Figures of a whole trace. Tokens and cost are null where no span says them; the texts are the first that a span gives. */
export function traceTotals(spans: readonly Span[]) {
  const { startMs, durationMs } = timelineOf(spans)
  const first = (key: 'userId' | 'sessionId' | 'environment' | 'release') => spans.find((span) => span[key] !== '')?.[key] ?? ''
  return {
    startTime: new Date(startMs).toISOString(),
    durationMs,
    errors: spans.filter((span) => span.status === 'error').length,
    tokens: sum(spans.flatMap(({ usage }) => [usage.inputTokens, usage.outputTokens])),
    costUsd: sum(spans.map((span) => span.costUsd)),
    userId: first('userId'),
    sessionId: first('sessionId'),
    environment: first('environment'),
    release: first('release'),
  }
}

/** The sum of what is known; null when nothing is. */
function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0)
}

/** Spans with an output that can stand beside another's: generations, or whatever there is where a trace has none. */
export function comparable(spans: readonly Span[]): Span[] {
  const answered = spans.filter((span) => messageText(span.output) !== '')
  const generations = answered.filter(({ kind }) => kind === 'generation')
  return generations.length > 0 ? generations : answered
}

/** The comparable spans that answer the same input as this one, itself included. */
export function alternatives(spans: readonly Span[], span: Span): Span[] {
  const input = JSON.stringify(span.input)
  return comparable(spans).filter((other) => JSON.stringify(other.input) === input)
}

/** Whether this span's output can be compared with another in its trace. */
export function hasAlternatives(spans: readonly Span[], span: Span): boolean {
  const all = comparable(spans)
  return all.length > 1 && all.some(({ spanId }) => spanId === span.spanId)
}
