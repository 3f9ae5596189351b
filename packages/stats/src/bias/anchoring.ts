import { checkNumber } from '../check.ts'
import { clusteredMean, type ClusteredDetails, type ClusterOptions } from '../inference/clustered-mean.ts'
import { clusteredProportionDifference, type DifferenceDetails } from '../inference/clustered-difference.ts'
import { sumByCluster } from '../inference/cluster-sums.ts'
import type { Estimate } from '../result.ts'

export interface PrelabelledJudgment {
  item: string | number
  rater: string | number
  /** Whether the rater was shown the prelabel. */
  shown: boolean
  /** Whether the judgment is what the prelabel says. */
  agrees: boolean
  /** Active seconds that the judgment took, above 0; null where it is not known. */
  seconds?: number | null
}

export interface Anchoring {
  /** Share that agrees with the prelabel when it is shown, minus the share when it is not, in −1..1: what showing it does. */
  shift: Estimate<DifferenceDetails>
  /** How many times as long accepting a shown prelabel takes as changing it; far below 1 is accepting without looking. */
  acceptTime: Estimate<ClusteredDetails>
}

/**
 * Anchoring: how far judgments follow a prelabel because it is shown.
 *
 * Misleads when it is not chance who sees the prelabel: show it for some items and raters, drawn at random. A shift is no harm in itself where the
 * prelabels are right; compare with gold.
 *
 * @param judgments Of items with a prelabel, whether it was shown or not. @param options As `clusteredMean`.
 * @returns `shift` clustered by item, with `first` and `second` the two shares; null with `no-ratings` if all or none saw the prelabel.
 *   `acceptTime` as a ratio of geometric means within raters, clustered by rater; null with `too-few` unless a rater both accepted and changed.
 * @throws StatsError `range` for seconds of 0 or less.
 *
 * Source: Tversky & Kahneman (1974), Science 185(4157), doi:10.1126/science.185.4157.1124; on prelabels Berzak et al. (2016), EMNLP,
 *   doi:10.18653/v1/D16-1239. O(N).
 *
 * @example
 * anchoring([
 *   { item: 1, rater: 'a', shown: true, agrees: true }, { item: 1, rater: 'b', shown: false, agrees: false },
 * ]).shift.estimate // => 1
 */
export function anchoring(judgments: readonly PrelabelledJudgment[], options: ClusterOptions = {}): Anchoring {
  const index = new Map<string, number>()
  for (const { item } of judgments) if (!index.has(String(item))) index.set(String(item), index.size)
  const side = () => ({ sums: new Float64Array(index.size), sizes: new Float64Array(index.size) })
  const [shown, hidden] = [side(), side()]
  const times = new Map<string, { accepted: number[]; changed: number[] }>()
  for (const [k, { item, rater, shown: isShown, agrees, seconds = null }] of judgments.entries()) {
    const at = index.get(String(item))!
    const { sums, sizes } = isShown ? shown : hidden
    sums[at]! += agrees ? 1 : 0
    sizes[at]! += 1
    if (seconds === null) continue
    checkNumber(`judgments[${k}].seconds`, seconds, Number.MIN_VALUE)
    if (!isShown) continue
    const own = times.get(String(rater)) ?? { accepted: [], changed: [] }
    times.set(String(rater), own)
    own[agrees ? 'accepted' : 'changed'].push(Math.log(seconds))
  }
  return { shift: clusteredProportionDifference(shown, hidden, { ...options, shared: true }), acceptTime: acceptTime(times, options) }
}

function acceptTime(
  times: ReadonlyMap<string, { accepted: number[]; changed: number[] }>,
  options: ClusterOptions,
): Anchoring['acceptTime'] {
  const differences: number[] = []
  const raters: string[] = []
  const mean = (logs: readonly number[]) => logs.reduce((sum, log) => sum + log, 0) / logs.length
  for (const [rater, { accepted, changed }] of times) {
    if (accepted.length === 0 || changed.length === 0) continue
    differences.push(mean(accepted) - mean(changed))
    raters.push(rater)
  }
  if (differences.length === 0) return { estimate: null, reason: 'too-few' }
  const result = clusteredMean(sumByCluster(differences, raters), options)
  if (result.estimate === null) return result
  const { low, high } = result
  const interval = low === undefined || high === undefined ? {} : { low: Math.exp(low), high: Math.exp(high) }
  return { ...result, estimate: Math.exp(result.estimate), ...interval, se: result.se && Math.exp(result.estimate) * result.se }
}
