import type { Feedback, SpanId, SpanRef } from '@plaudit/protocol'
import type { EventStore } from '../events/event-store.ts'
import { type PairFilter, type PairPosition, pairStore, type SpanText } from './pair-store.ts'

/** Judgments read together. */
const PAGE = 500

/** A judgment with the texts of the outputs that it is about, in its order; undefined for one that has not arrived. */
export type JudgedOutputs = { feedback: Feedback; outputs: readonly (SpanText | undefined)[] }

/** Every standing judgment of people of some kinds, with what it is about. */
export async function* judgedOutputs(
  events: EventStore,
  projectId: string,
  kinds: readonly Feedback['kind'][],
  filter: PairFilter,
): AsyncGenerator<JudgedOutputs> {
  const store = pairStore(events)
  let after: PairPosition = { traceId: '', spanId: '', identity: '' }
  for (;;) {
    const page = await store.page(projectId, kinds, filter, after, PAGE)
    const spans = page.flatMap(({ feedback }) => outputsOf(feedback))
    const texts = await store.texts(projectId, spans)
    for (const { feedback } of page)
      yield { feedback, outputs: outputsOf(feedback).map(({ traceId, spanId }) => texts.get(`${traceId}:${spanId}`)) }
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = last.position
  }
}

/** The outputs that a judgment is about; a whole trace's has no span. */
function outputsOf({ target }: Feedback): SpanRef[] {
  if (target.kind === 'comparison') return target.outputs
  if (target.kind === 'trace') return [{ traceId: target.traceId, spanId: '' as SpanId }]
  return target.kind === 'span' ? [target] : []
}

/** What every row made of a judgment says of it. */
export function aboutJudgment({ feedback, outputs }: JudgedOutputs) {
  const first = outputs.find((text) => text !== undefined)
  const inclusion = feedback.presentation['inclusionProbability']
  return {
    author: feedback.author.id,
    feedbackId: feedback.id,
    time: feedback.time,
    traceIds: [...new Set(outputsOf(feedback).map(({ traceId }) => traceId))],
    strata: { ...first?.strata, criterion: feedback.criterion },
    ...(first?.session ? { session: first.session } : {}),
    ...(typeof inclusion === 'number' && inclusion > 0 && inclusion <= 1 ? { inclusion } : {}),
  }
}
