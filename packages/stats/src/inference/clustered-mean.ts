import { checkFraction, checkNumbers } from '../check.ts'
import { normalQuantile } from '../numeric/normal.ts'
import { studentQuantile } from '../numeric/quantile.ts'
import type { Estimate } from '../result.ts'
import { checkClusterSums, type ClusterSums } from './cluster-sums.ts'
import { leaveOutDegrees } from './leave-out-degrees.ts'
import { wilsonBounds } from './wilson-interval.ts'

export interface ClusterOptions {
  /** Coverage of the interval; 0.95 by default. */
  confidence?: number
  /**
   * `CR3` by default: the jackknife that leaves out one cluster at a time, sound for clusters of very unequal size. `CR1` is the
   * sandwich with factor G/(G−1) of most programs. The two are the same for clusters of equal size.
   */
  variance?: 'CR1' | 'CR3'
}

export interface ClusteredDetails {
  /** Standard error over clusters; null with fewer than two. */
  se: number | null
  /** Observations, and the clusters that they fall in. */
  n: number
  clusters: number
}

/**
 * The mean of observations that come in clusters (several votes on one item, several turns of one user), in the values' unit.
 *
 * Misleads when clusters are few (under about ten) and very unequal: one of them then decides the mean. It weighs observations
 * equally; if large clusters differ from small ones, that is not the mean over clusters.
 *
 * @param observations G cluster sums and sizes: see `sumByCluster`.
 * @param options.confidence 0.95 by default.
 * @param options.variance `CR3` (jackknife over clusters) by default.
 * @returns `estimate` with a t interval, for `CR3` on Bell and McCaffrey's degrees of freedom (G − 1 for clusters of equal size, fewer for unequal
 *   ones), for `CR1` on G − 1; no interval and `se` null with one cluster. Null with `no-ratings` if there are no observations.
 * @throws StatsError `shape` or `range` for sums and sizes that do not fit or are not finite.
 *
 * Source: Liang & Zeger (1986), Biometrika 73(1), doi:10.1093/biomet/73.1.13; the jackknife as CV3 of MacKinnon, Nielsen & Webb (2023),
 *   J. Applied Econometrics 38(5), doi:10.1002/jae.2990; degrees as Bell & McCaffrey (2002), Survey Methodology 28(2). O(G). CR1 checked against
 *   statsmodels.
 *
 * @example
 * clusteredMean({ sums: [2, 0, 1], sizes: [2, 1, 1] }).estimate // => 0.75
 */
export function clusteredMean(observations: ClusterSums, options: ClusterOptions = {}): Estimate<ClusteredDetails> {
  const { confidence = 0.95, variance = 'CR3' } = options
  checkFraction('confidence', confidence)
  const { mean, deviations, n, clusters, degrees } = describe('observations', observations, variance)
  if (mean === null) return { estimate: null, reason: 'no-ratings', n, clusters, se: null }
  if (clusters < 2) return { estimate: mean, n, clusters, se: null }
  const se = Math.sqrt(sumOfSquares(deviations))
  const half = studentQuantile((1 + confidence) / 2, degrees) * se
  return { estimate: mean, low: mean - half, high: mean + half, confidence, method: clusterMethod(variance, clusters), se, n, clusters }
}

/**
 * A proportion of observations that come in clusters, in 0..1.
 *
 * Misleads as `clusteredMean` does.
 *
 * @param observations G numbers of successes (`sums`) and trials (`sizes`).
 * @param options As `clusteredMean`.
 * @returns `estimate` with Wilson's interval on the effective number of trials p(1−p)/se² and the t quantile on G − 1 degrees: it stays
 *   within 0..1. The nearer effective trials come to all trials, the nearer t to the normal quantile, as the variance of independent trials is
 *   known. Where all trials agree, each cluster counts as one trial. Null with `no-ratings` if there are no trials.
 * @throws StatsError `range` for more successes than trials in a cluster, and as `clusteredMean`.
 *
 * Source: Wilson's interval as in Dean & Pagano (2015), J. Survey Statistics and Methodology 3(4), doi:10.1093/jssam/smv024; effective
 *   trials as Korn & Graubard (1998), Survey Methodology 24(2). O(G).
 *
 * @example
 * clusteredProportion({ sums: [3, 0, 1], sizes: [3, 3, 2] }).estimate // => 0.5
 */
export function clusteredProportion(observations: ClusterSums, options: ClusterOptions = {}): Estimate<ClusteredDetails> {
  const result = clusteredMean(observations, options)
  checkSuccesses('observations', observations)
  if (result.estimate === null || result.se === null) return result
  const p = result.estimate
  const effective = effectiveTrials(p, result.se, result.n, result.clusters)
  const { confidence = 0.95, variance = 'CR3' } = options
  const t = trialQuantile(
    studentQuantile((1 + confidence) / 2, result.clusters - 1),
    confidence,
    knownShare(effective, result.n, result.se),
  )
  const method = `Wilson score on ${effective.toFixed(1)} effective trials, ${clusterMethod(variance, result.clusters)}`
  return { ...result, ...wilsonBounds(p, effective, t), method }
}

/** Refuses clusters with more successes than trials. */
export function checkSuccesses(argument: string, { sums, sizes }: ClusterSums): void {
  for (let g = 0; g < sums.length; g += 1) checkNumbers(`${argument}.sums`, [sums[g]!], 0, sizes[g]!)
}

/** How many independent trials would have the same standard error. Unanimous clusters count once each. */
export function effectiveTrials(p: number, se: number, n: number, clusters: number): number {
  return se > 1e-12 ? Math.min(n, (p * (1 - p)) / (se * se)) : Math.min(n, clusters)
}

/** Effective trials of all trials; none are known to be independent where all agree. */
export function knownShare(effective: number, n: number, se: number): number {
  return se > 1e-12 ? effective / n : 0
}

/**
 * Student's quantile t pays for not knowing the variance; of trials that are as good as independent it is known, p(1 − p)/n. `share`: effective
 * trials of all trials.
 */
export function trialQuantile(t: number, confidence: number, share: number): number {
  const z = normalQuantile((1 + confidence) / 2)
  return z + (t - z) * (1 - share * share)
}

export function clusterMethod(variance: 'CR1' | 'CR3', clusters: number, kind = 'clusters'): string {
  return `${variance === 'CR3' ? 'jackknife over' : 'cluster-robust (CR1) over'} ${clusters} ${kind}, t`
}

/** The mean, and for every cluster what its deviation adds to the standard error: the sum of their squares is the variance, on so many degrees. */
export function describe(argument: string, observations: ClusterSums, variance: 'CR1' | 'CR3') {
  checkClusterSums(argument, observations)
  const { sums, sizes } = observations
  let total = 0
  let n = 0
  let clusters = 0
  for (let g = 0; g < sums.length; g += 1) {
    if (sizes[g]! === 0) continue
    total += sums[g]!
    n += sizes[g]!
    clusters += 1
  }
  const mean = n > 0 ? total / n : null
  const deviations = new Float64Array(sums.length)
  if (mean === null || clusters < 2) return { mean, deviations, n, clusters, degrees: 1 }
  const degrees = variance === 'CR3' ? leaveOutDegrees(Float64Array.from(sizes, (size) => size / n)) : clusters - 1
  const factor = Math.sqrt(variance === 'CR3' ? (clusters - 1) / clusters : clusters / (clusters - 1))
  for (let g = 0; g < sums.length; g += 1) {
    if (sizes[g]! === 0) continue
    deviations[g] = (factor * (sums[g]! - mean * sizes[g]!)) / (variance === 'CR3' ? n - sizes[g]! : n)
  }
  return { mean, deviations, n, clusters, degrees }
}

export function sumOfSquares(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value * value
  return sum
}
