import type { Target } from '@plaudit/protocol'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { EventStore } from '../events/event-store.ts'
import { idempotentId } from '../feedback/idempotency.ts'
import type { FeedbackService } from '../feedback/service.ts'
import { checkSpan } from './check-span.ts'
import { decodeRequest, type Encoding } from './decode/decode-request.ts'
import type { PartialSuccess } from './decode/encode-response.ts'
import { type OtlpSpan, SpanError } from './decode/otlp-span.ts'
import { mapSpan } from './dialect/map-span.ts'
import { type CarriedFeedback, CarriedFeedbackError, feedbackInput, targetOf } from './feedback/carried-feedback.ts'
import { feedbackKeys } from './feedback/feedback-key.ts'
import { genAiEvaluations } from './feedback/gen-ai-evaluation.ts'
import { openInferenceFeedback } from './feedback/open-inference-feedback.ts'
import { reasonCount } from './reason-count.ts'
import { ingestStore } from './store.ts'

/** Spans between two turns of the event loop, so that a large request does not hold up small ones. */
const SPANS_A_TURN = 500

type Carried = { feedback: CarriedFeedback; key: string; carrier: OtlpSpan; sessionId: string }

/** Ingest: decode → check → map → write, span by span. One bad span, or one bad judgment on it, spoils no other. */
export function ingestService({ events, feedback, clock }: { events: EventStore; feedback: FeedbackService; clock: () => Date }) {
  const store = ingestStore(events)

  /**
   * Stores the spans of an OTLP request and the feedback that they carry, and resolves once both are on disk. The same request again writes
   * the same records.
   * @throws ApiError `invalid_argument` for a body that is not an OTLP request; `overloaded` when the store is behind.
   */
  async function ingest(projectId: string, encoding: Encoding, body: Uint8Array): Promise<PartialSuccess> {
    const now = clock()
    const badSpans = reasonCount()
    const badFeedback = reasonCount()
    const batch = events.spanBatch(projectId)
    const responses = new Map<string, Target>()
    const carried: Carried[] = []
    let count = 0
    for (const decoded of decodeRequest(encoding, body)) {
      if (++count % SPANS_A_TURN === 0) await nextTurn()
      try {
        if (decoded instanceof SpanError) throw decoded
        checkSpan(decoded, now.getTime())
        const found = carriedBy(decoded, badFeedback.add)
        const span = mapSpan(decoded)
        batch.add(span)
        const { traceId, spanId, attributes } = span
        const responseId = attributes['gen_ai.response.id']
        if (responseId !== undefined) responses.set(responseId, { kind: 'span', traceId, spanId })
        for (const one of found) carried.push({ ...one, carrier: decoded, sessionId: span.sessionId })
      } catch (error) {
        if (!(error instanceof SpanError)) throw error
        badSpans.add(error.message)
      }
    }
    await Promise.all([batch.append(), record(projectId, carried, responses, now, badFeedback.add)])
    const messages = [badSpans.sentence('span'), badFeedback.sentence('judgment')].filter((sentence) => sentence !== '')
    return { rejectedSpans: badSpans.total, errorMessage: messages.join(' ') }
  }

  /** Writes feedback that came with spans, under ids that a retry gives again. */
  async function record(
    projectId: string,
    carried: readonly Carried[],
    sent: ReadonlyMap<string, Target>,
    now: Date,
    reject: (reason: string) => void,
  ) {
    if (carried.length === 0) return
    const responses = await findResponses(projectId, carried, sent, now)
    const inputs = carried.flatMap(({ feedback: one, key, carrier, sessionId }) => {
      try {
        const target = responses.get(one.responseId) ?? targetOf(one.scope, carrier, sessionId)
        const id = idempotentId(projectId, key, 0)
        return [{ ...feedbackInput(one, target), id, ...(one.identifier === '' ? {} : { identifier: one.identifier }) }]
      } catch (error) {
        if (!(error instanceof CarriedFeedbackError)) throw error
        reject(error.message)
        return []
      }
    })
    for (const result of await feedback.recordFeedback(projectId, inputs))
      if ('error' in result) reject(result.error.message.replace(/\.$/, ''))
  }

  /** The spans of responses that feedback names, in the same request or stored before. Those that are not found stay with their carrier. */
  async function findResponses(
    projectId: string,
    carried: readonly Carried[],
    sent: ReadonlyMap<string, Target>,
    now: Date,
  ): Promise<Map<string, Target>> {
    const wanted = new Set(carried.map(({ feedback: { responseId } }) => responseId).filter((id) => id !== ''))
    const found = new Map<string, Target>()
    for (const id of wanted) {
      const target = sent.get(id)
      if (target === undefined) continue
      found.set(id, target)
      wanted.delete(id)
    }
    for (const [id, ref] of await store.spansOfResponses(projectId, [...wanted], now)) found.set(id, { kind: 'span', ...ref } as Target)
    return found
  }

  return { ingest }
}

function carriedBy(span: OtlpSpan, reject: (reason: string) => void): { feedback: CarriedFeedback; key: string }[] {
  const report = (error: CarriedFeedbackError) => reject(error.message)
  const carried = [...openInferenceFeedback(span, report), ...genAiEvaluations(span, report)]
  if (carried.length === 0) return []
  const keys = feedbackKeys(span, carried)
  return carried.map((feedback, index) => ({ feedback, key: keys[index] ?? '' }))
}
