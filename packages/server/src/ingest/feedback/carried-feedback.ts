import type { Author, FeedbackInput, Target } from '@plaudit/protocol'
import type { AttributeValue, OtlpSpan } from '../decode/otlp-span.ts'
import { numberOf, recordOf, textOf } from '../dialect/value.ts'

/** What a judgment on a span, trace or session is about, as the convention that carried it says. */
export type FeedbackScope = 'span' | 'trace' | 'session'

/**
 * A judgment that came with a span, before it is given its id and target. `responseId` names the response it is about, where the span that made it is not known to the sender.
 */
export type CarriedFeedback = {
  scope: FeedbackScope
  name: string
  score: number | null
  label: string
  explanation: string
  author: NonNullable<Author['kind']>
  identifier: string
  timeMs: number
  metadata: Record<string, string>
  responseId: string
}

/** Why a judgment that came with a span cannot be stored. Its span can. */
export class CarriedFeedbackError extends Error {
  override readonly name = 'CarriedFeedbackError'
}

/** Metadata that was sent as JSON, values as text. */
export function metadataOf(value: AttributeValue | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(recordOf(value) ?? {}).map(([key, one]) => [key, textOf(one)]))
}

/** A score that is a number, also one written as text; null where none was sent. @throws CarriedFeedbackError for anything else. */
export function scoreOf(value: AttributeValue | undefined): number | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  const score = numberOf(value)
  if (score === null) throw new CarriedFeedbackError('the score is not a number')
  return score
}

/**
 * The record that is written: the score as a rating, else the label, else the explanation as text. A label beside a score goes into the
 * metadata.
 */
export function feedbackInput(feedback: CarriedFeedback, target: Target): Omit<FeedbackInput, 'id'> {
  const { name, score, label, explanation, author, timeMs, metadata } = feedback
  const common = {
    target,
    criterion: name,
    author: { kind: author },
    time: new Date(timeMs).toISOString(),
    ...(score !== null && label !== '' ? { metadata: { ...metadata, label } } : { metadata }),
  }
  const rationale = explanation === '' ? {} : { rationale: explanation }
  if (score !== null) return { ...common, ...rationale, kind: 'rating', value: score }
  if (label !== '') return { ...common, ...rationale, kind: 'label', value: label }
  return { ...common, kind: 'text', value: explanation }
}

/**
 * What a judgment is about. Post-hoc feedback comes on a span of its own, with one link to the span that it judges; inline feedback has no
 * link and is about the span, or the trace or session, that carries it.
 * @throws CarriedFeedbackError where the carrier does not say.
 */
export function targetOf(scope: FeedbackScope, carrier: OtlpSpan, sessionId: string): Target {
  if (scope === 'session') {
    if (sessionId === '') throw new CarriedFeedbackError('feedback on a session needs session.id on its span')
    return { kind: 'session', sessionId }
  }
  const { links } = carrier
  if (links.length > 1)
    throw new CarriedFeedbackError(`feedback on a ${scope} needs exactly one span link, or none for the span that carries it`)
  const { traceId, spanId } = links[0] ?? carrier
  // The ids are checked with the whole record.
  return scope === 'trace' ? ({ kind: 'trace', traceId } as Target) : ({ kind: 'span', traceId, spanId } as Target)
}
