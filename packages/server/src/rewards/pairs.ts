import type { RewardPair } from '@plaudit/protocol'
import type { EventStore } from '../events/event-store.ts'
import { aboutJudgment, judgedOutputs, type JudgedOutputs } from './judged-output.ts'
import type { PairFilter, SpanText } from './pair-store.ts'

/**
 * Every preference pair that people's feedback holds: comparisons with their ties, corrections (preferred to the
 * output that they correct), and rankings as all their pairs. Judgments that cannot be used (both bad, cannot judge, outputs that have not
 * arrived) make none.
 */
export async function* preferencePairs(events: EventStore, projectId: string, filter: PairFilter = {}): AsyncGenerator<RewardPair> {
  for await (const judged of judgedOutputs(events, projectId, ['comparison', 'correction', 'ranking'], filter)) yield* pairsOf(judged)
}

/** The pairs of one judgment. Outputs that are missing, or answer another input, are passed over. */
function pairsOf(judged: JudgedOutputs): RewardPair[] {
  const { outputs: found } = judged
  const { kind, value } = judged.feedback
  const about = aboutJudgment(judged)
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
