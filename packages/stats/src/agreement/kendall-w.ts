import { chiSquareTails } from '../numeric/gamma.ts'
import { checkFraction } from '../check.ts'
import { studentQuantile } from '../numeric/quantile.ts'
import type { Estimate, Interval } from '../result.ts'
import { kendallTauB, midranks } from './rank-correlation.ts'
import { checkOrdered } from './ordered.ts'
import { groupBy, type Ratings } from './ratings.ts'

export interface KendallWDetails {
  items: number
  raters: number
  /** Mean Spearman correlation of the raters' pairs, in −1..1. */
  meanSpearman: number
  /** Friedman's statistic m(n − 1)W, its degrees of freedom and P(χ² > it) if the raters ranked at random. */
  chiSquare: number
  degrees: number
  p: number
}

/**
 * Kendall's coefficient of concordance W: how alike m raters rank n items. 0 no common order, 1 the same order; corrected for ties.
 *
 * Misleads with two raters, where W is 0.5 by chance alone: look at `meanSpearman`. With many items any trace of agreement has a tiny `p`.
 *
 * @param ratings Values with an order (ranks, or scores that are ranked here); every item by every rater exactly once.
 * @returns `estimate` with a jackknife interval over raters (t on Fisher's scale of `meanSpearman`; none with fewer than five raters). Null with
 *   `no-ratings`, `one-rater`, `one-item`, `incomplete` or `no-variation` (some rater ties all items).
 * @throws StatsError `unsupported` for values without an order.
 *
 * Source: Kendall & Babington Smith (1939), doi:10.1214/aoms/1177732186; ties by Kendall (1948), Rank Correlation Methods, ch. 6;
 *   the jackknife of a mean over pairs as Arvesen (1969), Annals of Mathematical Statistics 40(6), doi:10.1214/aoms/1177697287, with its bias to
 *   first order taken out (Efron & Stein 1981, doi:10.1214/aos/1176345462). O(m·n·log n + m²·n) time.
 *
 * @example
 * kendallW(ratingsFromTable([[1, 1], [2, 2], [3, 3]])).estimate // => 1
 */
export function kendallW(ratings: Ratings, options: { confidence?: number } = {}): Estimate<KendallWDetails> {
  checkOrdered(ratings)
  const [n, m] = [ratings.itemNames.length, ratings.raterNames.length]
  const shape = { items: n, raters: m }
  if (ratings.items.length === 0) return { estimate: null, reason: 'no-ratings', ...shape }
  if (m < 2) return { estimate: null, reason: 'one-rater', ...shape }
  if (n < 2) return { estimate: null, reason: 'one-item', ...shape }
  const scores = scoresByRater(ratings)
  if (ratings.items.length !== n * m || scores.some((own) => own.size !== n)) return { estimate: null, reason: 'incomplete', ...shape }

  const ranks = scores.map((own) => midranks(Float64Array.from({ length: n }, (_, item) => own.get(item)!)))
  const middle = (n + 1) / 2
  // Ranks as unit vectors around the middle: their products are Spearman correlations, with ties taken care of.
  const norms = ranks.map((own) => Math.sqrt(own.reduce((sum, rank) => sum + (rank - middle) ** 2, 0)))
  if (norms.some((norm) => norm === 0)) return { estimate: null, reason: 'no-variation', ...shape }
  const sums = new Float64Array(n)
  for (const own of ranks) for (let i = 0; i < n; i += 1) sums[i]! += own[i]! - middle
  const numerator = sums.reduce((total, sum) => total + sum * sum, 0)
  const estimate = numerator / (m * norms.reduce((total, norm) => total + norm * norm, 0))

  const spearman = pairMatrix(m, (a, b) => {
    let product = 0
    for (let i = 0; i < n; i += 1) product += (ranks[a]![i]! - middle) * (ranks[b]![i]! - middle)
    return product / (norms[a]! * norms[b]!)
  })
  const interval = leaveOutRaters(spearman, m, options.confidence, (mean) => ((m - 1) * mean + 1) / m)
  const chiSquare = m * (n - 1) * estimate
  return {
    estimate,
    ...interval,
    ...shape,
    meanSpearman: meanOfPairs(spearman, m) ?? 0,
    chiSquare,
    degrees: n - 1,
    p: chiSquareTails(chiSquare, n - 1).upper,
  }
}

/**
 * Mean Kendall τ-b of all pairs of raters, each over the items that both rated: for partial rankings. −1 opposite, 0 unrelated, 1 the same order.
 *
 * Misleads when raters share few items: every pair weighs the same, however short its overlap. See `pairs`.
 *
 * @param ratings Values with an order; a rater's repeats on an item count once, the last one.
 * @returns `estimate` with a jackknife interval over raters (t on Fisher's scale; none with fewer than five). Null with `no-ratings`, `one-rater`, or `no-pairs`
 *   (no two raters share two items that both of them tell apart).
 * @throws StatsError `unsupported` for values without an order.
 *
 * Source: Kendall (1945), The treatment of ties in ranking problems, Biometrika 33(3), doi:10.1093/biomet/33.3.239; the interval as `kendallW`. O(m²·n·log n) time.
 *
 * @example
 * meanTauB(ratingsFromTable([[1, 1], [2, 3], [3, 2], [4, null]])).estimate // => 1 / 3
 */
export function meanTauB(ratings: Ratings, options: { confidence?: number } = {}): Estimate<{ raters: number; pairs: number }> {
  checkOrdered(ratings)
  const m = ratings.raterNames.length
  if (ratings.items.length === 0) return { estimate: null, reason: 'no-ratings', raters: m }
  if (m < 2) return { estimate: null, reason: 'one-rater', raters: m }
  const scores = scoresByRater(ratings)
  const tau = pairMatrix(m, (a, b) => {
    const common = [...scores[a]!.keys()].filter((item) => scores[b]!.has(item))
    const of = (rater: number) => Float64Array.from(common, (item) => scores[rater]!.get(item)!)
    return kendallTauB(of(a), of(b)) ?? Number.NaN
  })
  const estimate = meanOfPairs(tau, m)
  if (estimate === null) return { estimate: null, reason: 'no-pairs', raters: m, pairs: 0 }
  const interval = leaveOutRaters(tau, m, options.confidence, (mean) => mean)
  return { estimate, ...interval, raters: m, pairs: tau.filter((value, at) => at % m > Math.floor(at / m) && !Number.isNaN(value)).length }
}

/** For each rater, the code of the value that each item got. */
function scoresByRater(ratings: Ratings): Map<number, number>[] {
  const { start, positions } = groupBy(ratings.raters, ratings.raterNames.length)
  return ratings.raterNames.map((_, r) => {
    const own = positions.subarray(start[r]!, start[r + 1]!)
    return new Map(Array.from(own, (j) => [ratings.items[j]!, ratings.values[j]!]))
  })
}

/** The m × m values of a function of two raters; NaN on the diagonal and where it does not exist. */
function pairMatrix(m: number, value: (a: number, b: number) => number): Float64Array {
  const matrix = new Float64Array(m * m).fill(Number.NaN)
  for (let a = 0; a < m; a += 1) for (let b = a + 1; b < m; b += 1) matrix[a * m + b] = value(a, b)
  return matrix
}

/** The sum and the number of the pairs of different raters that have a value: of all, and of each rater. */
function sumOfPairs(matrix: Float64Array, m: number) {
  const own = Array.from({ length: m }, () => ({ sum: 0, pairs: 0 }))
  const all = { sum: 0, pairs: 0 }
  for (let a = 0; a < m; a += 1) {
    for (let b = a + 1; b < m; b += 1) {
      const value = matrix[a * m + b]!
      if (Number.isNaN(value)) continue
      for (const some of [all, own[a]!, own[b]!]) {
        some.sum += value
        some.pairs += 1
      }
    }
  }
  return { all, own }
}

/** The mean over pairs of different raters; null if there is none. */
function meanOfPairs(matrix: Float64Array, m: number): number | null {
  const { all } = sumOfPairs(matrix, m)
  return all.pairs > 0 ? all.sum / all.pairs : null
}

const FEWEST_RATERS = 5

/** The interval of a mean over pairs, with each rater left out in turn; of such means the jackknife is too wide by about (m − 1)/(m − 2). */
function leaveOutRaters(matrix: Float64Array, m: number, confidence = 0.95, scale: (mean: number) => number): Interval | null {
  checkFraction('confidence', confidence)
  const { all, own } = sumOfPairs(matrix, m)
  if (m < FEWEST_RATERS || own.some(({ pairs }) => pairs === all.pairs)) return null
  const mean = all.sum / all.pairs
  const without = own.map(({ sum, pairs }) => (all.sum - sum) / (all.pairs - pairs))
  const middle = without.reduce((sum, value) => sum + value / m, 0)
  const variance = without.reduce((sum, value) => sum + (value - middle) ** 2, 0) * ((m - 1) / m) * ((m - 2) / (m - 1))
  const reach = studentQuantile((1 + confidence) / 2, m - 1) * Math.sqrt(variance)
  const limit = (side: number) =>
    Math.abs(mean) < 1 ? Math.tanh(Math.atanh(mean) + (side * reach) / (1 - mean * mean)) : Math.max(-1, Math.min(1, mean + side * reach))
  return { low: scale(limit(-1)), high: scale(limit(1)), confidence, method: `jackknife over ${m} raters, t on Fisher's scale` }
}
