import { clusteredMean, clusteredProportion, type ClusteredDetails, type ClusterOptions } from '../inference/clustered-mean.ts'
import { sumByCluster } from '../inference/cluster-sums.ts'
import { StatsError } from '../error.ts'
import type { Estimate } from '../result.ts'
import type { Comparisons } from './comparisons.ts'

export interface SwapConsistency {
  /** Share of re-presentations with the same answer about the two systems, in 0..1. */
  consistent: Estimate<ClusteredDetails>
  /** Share that took the left both times minus share that took the right both times, in −1..1; 0 is no preference for a side. */
  leftPreference: Estimate<ClusteredDetails>
  raters: { rater: string; pairs: number; consistent: number; bothLeft: number; bothRight: number }[]
}

/**
 * What becomes of a comparison when the same rater sees it again with the sides swapped: the share of answers that stay, and which side draws those
 * that change. Position bias without any model.
 *
 * Misleads when raters recognise the pair, and where answers change for other reasons: between two equal outputs, chance alone changes half
 * of the choices, to the left as often as to the right.
 *
 * @param comparisons N comparisons with items and raters; only those count that one rater made of one item in both orders, first with first.
 * @param options As `clusteredMean`; clustered by rater, or by item with a single rater.
 * @returns Both shares with intervals; a tie, or both bad, is consistent if it is said twice. Null with `no-ratings` for no comparisons and `no-pairs`
 *   where none was presented both ways.
 * @throws StatsError `unsupported` for comparisons without items or raters.
 *
 * Source: Wang et al. (2024), Large language models are not fair evaluators, ACL, doi:10.18653/v1/2024.acl-long.511 (swapped positions). O(N).
 *
 * @example
 * swapConsistency(encodeComparisons([
 *   { left: 'a', right: 'b', outcome: 'left', item: 1, rater: 'x' }, { left: 'b', right: 'a', outcome: 'left', item: 1, rater: 'x' },
 * ])).leftPreference.estimate // => 1
 */
export function swapConsistency(comparisons: Comparisons, options: ClusterOptions = {}): SwapConsistency {
  const { left, right, outcomes, items, raters, names, raterNames, itemNames } = comparisons
  if (left.length === 0) {
    const none = { estimate: null, reason: 'no-ratings' } as const
    return { consistent: none, leftPreference: none, raters: [] }
  }
  if (items === null || raters === null)
    throw new StatsError({ code: 'unsupported', argument: 'comparisons', expected: 'items and raters', received: null })

  // By rater, item and pair: the presentations that wait for one the other way round.
  const waiting = new Map<string, { left: number; outcome: number }[]>()
  const pairs: { rater: number; item: number; consistent: number; side: -1 | 0 | 1 }[] = []
  for (let k = 0; k < left.length; k += 1) {
    const [a, b] = left[k]! < right[k]! ? [left[k]!, right[k]!] : [right[k]!, left[k]!]
    const key = `${raters[k]} ${items[k]} ${a * names.length + b}`
    const open = waiting.get(key) ?? []
    waiting.set(key, open)
    const earlier = open.findIndex((other) => other.left !== left[k])
    if (earlier < 0) {
      open.push({ left: left[k]!, outcome: outcomes[k]! })
      continue
    }
    const [first] = open.splice(earlier, 1)
    const [before, now] = [first!.outcome, outcomes[k]!]
    const stays = before < 2 ? now === 1 - before : now === before
    const side = before === 0 && now === 0 ? 1 : before === 1 && now === 1 ? -1 : 0
    pairs.push({ rater: raters[k]!, item: items[k]!, consistent: stays ? 1 : 0, side })
  }
  if (pairs.length === 0) {
    const none = { estimate: null, reason: 'no-pairs' } as const
    return { consistent: none, leftPreference: none, raters: [] }
  }
  const isAlone = pairs.every(({ rater }) => rater === pairs[0]!.rater)
  const clusters = pairs.map(({ rater, item }) => (isAlone ? itemNames[item]! : raterNames[rater]!))
  const preference = clusteredMean(
    sumByCluster(
      pairs.map(({ side }) => side),
      clusters,
    ),
    options,
  )
  const cut =
    preference.estimate === null || preference.low === undefined
      ? {}
      : { low: Math.max(-1, preference.low), high: Math.min(1, preference.high!) }
  const tallies = new Map<number, SwapConsistency['raters'][number]>()
  for (const { rater, consistent, side } of pairs) {
    const tally = tallies.get(rater) ?? { rater: raterNames[rater]!, pairs: 0, consistent: 0, bothLeft: 0, bothRight: 0 }
    tallies.set(rater, tally)
    tally.pairs += 1
    tally.consistent += consistent
    tally.bothLeft += side === 1 ? 1 : 0
    tally.bothRight += side === -1 ? 1 : 0
  }
  return {
    consistent: clusteredProportion(
      sumByCluster(
        pairs.map(({ consistent }) => consistent),
        clusters,
      ),
      options,
    ),
    leftPreference: { ...preference, ...cut },
    raters: [...tallies.values()].sort((x, y) => y.pairs - x.pairs || (x.rater < y.rater ? -1 : 1)),
  }
}
