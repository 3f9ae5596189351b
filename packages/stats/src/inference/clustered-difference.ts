import { checkFraction, checkSameLength } from '../check.ts'
import { studentTails } from '../numeric/beta.ts'
import { studentQuantile } from '../numeric/quantile.ts'
import type { Estimate } from '../result.ts'
import { checkSuccesses, clusterMethod, describe, effectiveTrials, sumOfSquares, type ClusterOptions } from './clustered-mean.ts'
import type { ClusterSums } from './cluster-sums.ts'
import { wilsonBounds } from './wilson-interval.ts'

export interface DifferenceOptions extends ClusterOptions {
  /** True if entry g of both sides is the same cluster (both variants judged on the same items); false by default. */
  shared?: boolean
}

export interface DifferenceDetails {
  /** The two means. */
  first: number
  second: number
  /** Standard error, degrees of freedom and two-sided p value of the difference; null with fewer than two clusters on a side. */
  se: number | null
  degrees: number | null
  p: number | null
  /** Observations and clusters of each side; of both together for shared clusters. */
  n: [number, number]
  clusters: number
}

/**
 * The difference of two means, first minus second, of observations that come in clusters.
 *
 * Misleads when people look at it again and again until it is significant: use `anytimeInterval`. Items judged under both variants
 * must be given as shared clusters, or the interval is too wide.
 *
 * @param first Cluster sums of one side, @param second of the other. With `shared`, entry g of both is the same cluster, with size 0
 *   where a side has none of it.
 * @param options.confidence 0.95 by default. @param options.variance `CR3` (jackknife) by default.
 * @returns `estimate` with a t interval: on Welch's degrees of freedom, from those of `clusteredMean` on each side; for shared clusters on the fewer of
 *   the two sides'. Without
 *   interval if a side has one cluster. Null with `no-ratings` if a side has no observations.
 * @throws StatsError `shape` for shared clusters of unequal number, and as `clusteredMean`.
 *
 * Source: Welch (1947), Biometrika 34(1–2), doi:10.1093/biomet/34.1-2.28, on the variances of `clusteredMean`. O(G).
 *
 * @example
 * clusteredDifference({ sums: [2, 1], sizes: [2, 1] }, { sums: [1, 0], sizes: [2, 2] }).estimate // => 0.75
 */
export function clusteredDifference(first: ClusterSums, second: ClusterSums, options: DifferenceOptions = {}): Estimate<DifferenceDetails> {
  const sides = compare(first, second, options)
  if (sides === null) return { estimate: null, reason: 'no-ratings' }
  const { a, b, clusters } = sides
  const estimate = a.mean - b.mean
  const base = { first: a.mean, second: b.mean, n: [a.n, b.n] as [number, number], clusters }
  if (sides.se === null) return { estimate, ...base, se: null, degrees: null, p: null }
  const { se, degrees } = sides
  const confidence = options.confidence ?? 0.95
  const half = studentQuantile((1 + confidence) / 2, degrees) * se
  const p = se > 0 ? Math.min(1, 2 * studentTails(Math.abs(estimate) / se, degrees).upper) : estimate === 0 ? 1 : 0
  return { estimate, low: estimate - half, high: estimate + half, confidence, method: methodOf(options, clusters), ...base, se, degrees, p }
}

/**
 * The difference of two proportions, first minus second, of observations that come in clusters; in −1..1.
 *
 * Misleads as `clusteredDifference` does.
 *
 * @param first Successes and trials by cluster of one side, @param second of the other.
 * @param options As `clusteredDifference`.
 * @returns `estimate` with Newcombe's interval, made of the two Wilson intervals on effective trials (and, for shared clusters, of the
 *   correlation between the sides): it stays within −1..1 and keeps its coverage for rare events. `p` is that of the t test.
 * @throws StatsError `range` for more successes than trials in a cluster, and as `clusteredDifference`.
 *
 * Source: Newcombe (1998), Statistics in Medicine 17, methods 10 of doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I
 *   (independent) and of 17, 2635–2650 (paired). O(G).
 *
 * @example
 * clusteredProportionDifference({ sums: [1, 1], sizes: [1, 1] }, { sums: [0, 1], sizes: [1, 1] }).estimate // => 0.5
 */
export function clusteredProportionDifference(
  first: ClusterSums,
  second: ClusterSums,
  options: DifferenceOptions = {},
): Estimate<DifferenceDetails> {
  const result = clusteredDifference(first, second, options)
  checkSuccesses('first', first)
  checkSuccesses('second', second)
  const sides = compare(first, second, options)
  if (result.estimate === null || sides === null || sides.se === null) return result
  const { a, b, correlation } = sides
  // The effective trials of unequal clusters are few already: degrees count clusters.
  const t = studentQuantile((1 + (options.confidence ?? 0.95)) / 2, options.shared === true ? result.clusters - 1 : welchDegrees(a, b))
  const A = wilsonBounds(a.mean, effectiveTrials(a.mean, a.se, a.n, a.clusters), t)
  const B = wilsonBounds(b.mean, effectiveTrials(b.mean, b.se, b.n, b.clusters), t)
  const reach = (x: number, y: number) => Math.sqrt(Math.max(0, x * x - 2 * correlation * x * y + y * y))
  const low = Math.max(-1, result.estimate - reach(a.mean - A.low, B.high - b.mean))
  const high = Math.min(1, result.estimate + reach(A.high - a.mean, b.mean - B.low))
  return { ...result, low, high, method: `Newcombe, ${methodOf(options, result.clusters)}` }
}

function methodOf({ shared = false, variance = 'CR3' }: DifferenceOptions, clusters: number): string {
  return clusterMethod(variance, clusters, shared ? 'shared clusters' : 'independent clusters')
}

/** Both means with standard errors, and the standard error of their difference; null if a side is empty. */
function compare(first: ClusterSums, second: ClusterSums, options: DifferenceOptions) {
  const { shared = false, variance = 'CR3', confidence = 0.95 } = options
  checkFraction('confidence', confidence)
  if (shared) checkSameLength('second.sums', second.sums, first.sums.length)
  const one = describe('first', first, variance)
  const two = describe('second', second, variance)
  if (one.mean === null || two.mean === null) return null
  const a = { ...one, mean: one.mean, se: Math.sqrt(sumOfSquares(one.deviations)) }
  const b = { ...two, mean: two.mean, se: Math.sqrt(sumOfSquares(two.deviations)) }
  let both = 0
  let covariance = 0
  let square = a.se ** 2 + b.se ** 2
  if (shared) {
    square = sumOfSquares(one.deviations.map((deviation, g) => deviation - two.deviations[g]!))
    for (let g = 0; g < one.deviations.length; g += 1) {
      if (first.sizes[g]! > 0 && second.sizes[g]! > 0) both += 1
      covariance += one.deviations[g]! * two.deviations[g]!
    }
  }
  const clusters = a.clusters + b.clusters - both
  const known = { a, b, clusters, correlation: a.se * b.se > 0 ? Math.max(-1, Math.min(1, covariance / (a.se * b.se))) : 0 }
  if (a.clusters < 2 || b.clusters < 2) return { ...known, se: null, degrees: null }
  const se = Math.sqrt(square)
  if (shared) return { ...known, se, degrees: Math.min(a.degrees, b.degrees) }
  return { ...known, se, degrees: welchDegrees({ ...a, clusters: a.degrees + 1 }, { ...b, clusters: b.degrees + 1 }) }
}

function welchDegrees(a: { se: number; clusters: number }, b: { se: number; clusters: number }): number {
  const spread = a.se ** 4 / (a.clusters - 1) + b.se ** 4 / (b.clusters - 1)
  return spread > 0 ? (a.se ** 2 + b.se ** 2) ** 2 / spread : a.clusters + b.clusters - 2
}
