import type { Feedback, RewardPair, SpanRef } from '@plaudit/protocol'
import type { EventStore } from '../events/event-store.ts'
import { type PairFilter, type PairPosition, pairStore, type SpanText } from './pair-store.ts'

/** Judgments read together. */
const PAGE = 500

/**
 * Every preference pair that people's feedback holds: comparisons with their ties, corrections (preferred to the
 * output that they correct), and rankings as all their pairs. Judgments that cannot be used (both bad, cannot judge, outputs that have not
 * arrived) make none.
 */
export async function* preferencePairs(events: EventStore, projectId: string, filter: PairFilter = {}): AsyncGenerator<RewardPair> {
  const store = pairStore(events)
  let after: PairPosition = { traceId: '', spanId: '', identity: '' }
  for (;;) {
    const page = await store.page(projectId, filter, after, PAGE)
    const texts = await store.texts(
      projectId,
      page.flatMap(({ feedback }) => outputsOf(feedback)),
    )
    for (const { feedback } of page) yield* pairsOf(feedback, texts)
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = last.position
  }
}

function outputsOf({ target }: Feedback): SpanRef[] {
  if (target.kind === 'comparison') return target.outputs
  return target.kind === 'span' ? [target] : []
}

/** The pairs of one judgment. Outputs that are missing, or answer another input, are passed over. */
export function pairsOf(feedback: Feedback, texts: ReadonlyMap<string, SpanText>): RewardPair[] {
  const { kind, value } = feedback
  const found = outputsOf(feedback).map(({ traceId, spanId }) => texts.get(`${traceId}:${spanId}`))
  const [first] = found.filter((text) => text !== undefined)
  const inclusion = feedback.presentation['inclusionProbability']
  const about = {
    author: feedback.author.id,
    feedbackId: feedback.id,
    time: feedback.time,
    traceIds: [...new Set(outputsOf(feedback).map(({ traceId }) => traceId))],
    strata: { ...first?.strata, criterion: feedback.criterion },
    ...(first?.session ? { session: first.session } : {}),
    ...(typeof inclusion === 'number' && inclusion > 0 && inclusion <= 1 ? { inclusion } : {}),
  }
  const pair = (
    better: SpanText | undefined,
    worse: SpanText | undefined,
  ): Pick<RewardPair, 'prompt' | 'group' | 'chosen' | 'rejected'>[] =>
    better === undefined || worse === undefined || better.input !== worse.input
      ? []
      : [{ prompt: better.input, group: better.opening, chosen: better.output, rejected: worse.output }]

  if (kind === 'comparison') {
    const { outcome, strength } = value as { outcome: string; strength?: number }
    const [left, right] = found
    const pairs = outcome === 'right' ? pair(right, left) : outcome === 'left' || outcome === 'tie' ? pair(left, right) : []
    return pairs.map((one) => ({
      ...one,
      ...(outcome === 'tie' ? { tie: true as const } : strength === undefined ? {} : { strength }),
      source: 'comparison' as const,
      ...about,
    }))
  }
  if (kind === 'correction') {
    const [original] = found
    if (original === undefined) return []
    const corrected = { ...original, output: (value as { text: string }).text }
    return pair(corrected, original).map((one) => ({ ...one, source: 'correction' as const, ...about }))
  }
  if (kind !== 'ranking') return []
  const { ranks } = value as { ranks: number[] }
  const weight = 1 / (ranks.length - 1)
  return ranks.flatMap((rank, i) =>
    ranks.slice(i + 1).flatMap((other, k) => {
      const [one, two] = [found[i], found[i + 1 + k]]
      const pairs = rank <= other ? pair(one, two) : pair(two, one)
      return pairs.map((made) => ({
        ...made,
        ...(rank === other ? { tie: true as const } : {}),
        weight,
        source: 'ranking' as const,
        ...about,
      }))
    }),
  )
}
