import type { Feedback, Target } from '@plaudit/protocol'

/** One text per target: equal for the same target, whatever the order of its fields. */
export function targetKey(target: Target): string {
  switch (target.kind) {
    case 'trace':
      return `trace:${target.traceId}`
    case 'span':
      return `span:${target.traceId}:${target.spanId}`
    case 'session':
      return `session:${target.sessionId}`
    case 'document':
      return `document:${target.traceId}:${target.spanId}:${target.index}`
    case 'comparison':
      return `comparison:${target.outputs.map(({ traceId, spanId }) => `${traceId}/${spanId}`).join(',')}`
  }
}

/** Feedback about one target, newest first. */
export function feedbackOn(feedback: readonly Feedback[], target: Target): Feedback[] {
  const key = targetKey(target)
  return feedback.filter((one) => targetKey(one.target) === key).sort((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0))
}

/** How many judgments are about each span, its documents and comparisons of it included. */
export function countBySpan(feedback: readonly Feedback[]): Map<string, number> {
  const counts = new Map<string, number>()
  const count = (spanId: string) => counts.set(spanId, (counts.get(spanId) ?? 0) + 1)
  for (const { target } of feedback) {
    if (target.kind === 'span' || target.kind === 'document') count(target.spanId)
    if (target.kind === 'comparison') for (const { spanId } of target.outputs) count(spanId)
  }
  return counts
}

/** The comparisons and rankings that this span's output takes part in. */
export function comparisonsWith(feedback: readonly Feedback[], spanId: string): Feedback[] {
  return feedback.filter((one) => one.target.kind === 'comparison' && one.target.outputs.some((output) => output.spanId === spanId))
}

/** The trace that feedback leads to, and the span in it; null for a session's. */
export function placeOf(target: Target): { traceId: string; spanId: string | null } | null {
  switch (target.kind) {
    case 'trace':
      return { traceId: target.traceId, spanId: null }
    case 'span':
    case 'document':
      return { traceId: target.traceId, spanId: target.spanId }
    case 'comparison': {
      const [first] = target.outputs
      return first === undefined ? null : { traceId: first.traceId, spanId: first.spanId }
    }
    case 'session':
      return null
  }
}
