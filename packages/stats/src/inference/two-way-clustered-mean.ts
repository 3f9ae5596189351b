import { checkFraction, checkNumbers, checkSameLength } from '../check.ts'
import { studentQuantile } from '../numeric/quantile.ts'
import type { Estimate } from '../result.ts'
import { encodeClusters } from './cluster-sums.ts'

export interface TwoWayDetails {
  /** Standard error over both kinds of clusters; null if either has fewer than two. */
  se: number | null
  n: number
  /** How many clusters of each kind. */
  clusters: [number, number]
}

/**
 * The mean of observations that are clustered in two ways at once (by item and by rater), in the values' unit.
 *
 * Misleads when either kind has under about ten clusters: five raters say little about raters in general.
 *
 * @param values N finite numbers.
 * @param first N names of clusters of one kind, @param second of the other.
 * @param confidence 0.95 by default.
 * @returns `estimate` with a t interval on min(G, H) − 1 degrees of freedom. No interval and `se` null if a kind has one cluster only.
 *   Null with `no-ratings` for no values.
 * @throws StatsError `shape` for lists of unequal length; `range` for values that are not finite.
 *
 * Source: Cameron, Gelbach & Miller (2011), J. Business & Economic Statistics 29(2), doi:10.1198/jbes.2010.07136: V₁ + V₂ − V₁₂, each with
 *   factor G/(G−1); at least V₁ and V₂, as MacKinnon, Nielsen & Webb (2024) advise for differences that turn out small or negative. O(N).
 *   Checked against statsmodels.
 *
 * @example
 * twoWayClusteredMean([1, 2, 3, 6], ['a', 'a', 'b', 'b'], ['x', 'y', 'x', 'y']).estimate // => 3
 */
export function twoWayClusteredMean(
  values: ArrayLike<number>,
  first: ArrayLike<string | number>,
  second: ArrayLike<string | number>,
  confidence = 0.95,
): Estimate<TwoWayDetails> {
  checkFraction('confidence', confidence)
  checkSameLength('first', first, values.length)
  checkSameLength('second', second, values.length)
  checkNumbers('values', values)
  const n = values.length
  const one = encodeClusters(first)
  const two = encodeClusters(second)
  const clusters: [number, number] = [one.count, two.count]
  if (n === 0) return { estimate: null, reason: 'no-ratings', n, clusters, se: null }
  let estimate = 0
  for (let i = 0; i < n; i += 1) estimate += values[i]! / n
  const smaller = Math.min(...clusters)
  if (smaller < 2) return { estimate, n, clusters, se: null }
  const residuals = Float64Array.from(values, (value) => (value - estimate) / n)
  const se = Math.sqrt(twoWayVariance(residuals, one, two))
  const half = studentQuantile((1 + confidence) / 2, smaller - 1) * se
  const method = `two-way cluster-robust over ${clusters[0]} × ${clusters[1]} clusters, t`
  return { estimate, low: estimate - half, high: estimate + half, confidence, method, se, n, clusters }
}

type Codes = ReturnType<typeof encodeClusters>

/** V₁ + V₂ − V₁₂ of contributions that add up to an estimate's error, but at least V₁ and V₂. */
export function twoWayVariance(contributions: Float64Array, one: Codes, two: Codes): number {
  const pairs = encodeClusters(one.codes.length > 0 ? Float64Array.from(one.codes, (code, i) => code * two.count + two.codes[i]!) : [])
  const [a, b, both] = [one, two, pairs].map((codes) => oneWayVariance(contributions, codes)) as [number, number, number]
  return Math.max(a, b, a + b - both)
}

/** G/(G−1) Σ (sum of a cluster's contributions)²; 0 with one cluster. */
export function oneWayVariance(contributions: Float64Array, { codes, count }: Codes): number {
  const sums = new Float64Array(count)
  for (let i = 0; i < codes.length; i += 1) sums[codes[i]!]! += contributions[i]!
  const square = sums.reduce((total, sum) => total + sum * sum, 0)
  return count > 1 ? (square * count) / (count - 1) : 0
}
