import { checkFraction } from '../check.ts'
import { fisherQuantile } from '../numeric/quantile.ts'
import type { Estimate } from '../result.ts'
import { StatsError } from '../error.ts'
import type { Ratings } from './ratings.ts'

/**
 * Which intraclass correlation: `1` each item is rated by its own random raters; `2` a random sample of raters rates every item, and their
 * severity counts as disagreement; `3` these very raters, severity left out. `single` is one rater's reliability, `average` that of the mean of k.
 */
export interface IccOptions {
  form?: 1 | 2 | 3
  unit?: 'single' | 'average'
  /** Coverage of the interval; 0.95 by default. */
  confidence?: number
}

export interface IccDetails {
  form: 1 | 2 | 3
  unit: 'single' | 'average'
  items: number
  raters: number
  /** Mean squares between items, within items, between raters, and of the residual, in squared units of the ratings. */
  meanSquares: { items: number; within: number; raters: number; residual: number }
}

/**
 * Intraclass correlation ICC(1,1) to ICC(3,k): the share of the variance of ratings that is due to the items. At most 1; larger is better;
 * below 0 when items differ less than chance would have them.
 *
 * Misleads across populations: the same raters get a lower value on items that are all alike. Form 3 forgives a severe rater, form 2 does not.
 *
 * @param ratings Numbers, every item by every rater exactly once. The values of `ratings` must be numeric.
 * @returns `estimate` with the F interval (Satterthwaite's degrees of freedom for form 2). Null with `no-ratings`, `one-rater`, `one-item`,
 *   `incomplete` (an item lacks a rating, or has one twice) `no-variance` (all ratings are equal) or `no-item-variance` (all items
 *   have the same mean), or `negative-variance` (form 2 with few items whose raters differ less than the residual has them).
 * @throws StatsError `unsupported` for values that are not numbers; `range` for a confidence outside (0, 1).
 *
 * Source: Shrout & Fleiss (1979), Psychological Bulletin 86(2), 420–428, doi:10.1037/0033-2909.86.2.420. O(R) time. Checked against its
 *   table 2, and against McGraw & Wong (1996) for the intervals.
 *
 * @example
 * intraclassCorrelation(ratingsFromTable([[1, 2], [2, 3], [3, 4]]), { form: 3 }).estimate // => 1
 */
export function intraclassCorrelation(ratings: Ratings, options: IccOptions = {}): Estimate<IccDetails> {
  const { form = 2, unit = 'single', confidence = 0.95 } = options
  checkFraction('confidence', confidence)
  if (ratings.numbers === null)
    throw new StatsError({ code: 'unsupported', argument: 'ratings', expected: 'numeric values', received: ratings.valueNames[0] })
  const [n, k] = [ratings.itemNames.length, ratings.raterNames.length]
  const asked = { form, unit, items: n, raters: k }
  if (ratings.items.length === 0) return { estimate: null, reason: 'no-ratings', ...asked }
  if (k < 2) return { estimate: null, reason: 'one-rater', ...asked }
  if (n < 2) return { estimate: null, reason: 'one-item', ...asked }
  const table = completeTable(ratings, ratings.numbers)
  if (table === null) return { estimate: null, reason: 'incomplete', ...asked }

  const { items: bms, within: wms, raters: jms, residual: ems } = meanSquares(table, n, k)
  const details = { ...asked, meanSquares: { items: bms, within: wms, raters: jms, residual: ems } }
  if (bms + wms === 0) return { estimate: null, reason: 'no-variance', ...details }
  if (bms === 0) return { estimate: null, reason: 'no-item-variance', ...details }

  const tail = (1 - confidence) / 2
  const quantile = (between: number, inside: number) => fisherQuantile(1 - tail, between, inside)
  const byRatio = (error: number, degrees: number): [number, number, number] => {
    const single = (f: number) => (Number.isFinite(f) ? (f - 1) / (f + k - 1) : 1)
    const f = error === 0 ? Infinity : bms / error
    return [single(f), single(f / quantile(n - 1, degrees)), single(f * quantile(degrees, n - 1))]
  }
  const [single, low, high] =
    form === 1 ? byRatio(wms, n * (k - 1)) : form === 3 ? byRatio(ems, (n - 1) * (k - 1)) : randomRaters(bms, jms, ems, n, k, quantile)
  // Of k ratings by Spearman–Brown, which ends where k ratings together would have no variance left.
  const scale = (rho: number) => (unit === 'single' ? rho : 1 + (k - 1) * rho > 1e-9 ? (k * rho) / (1 + (k - 1) * rho) : Number.NaN)
  const estimate = scale(single)
  if (!Number.isFinite(estimate) || estimate > 1) return { estimate: null, reason: 'negative-variance', ...details }
  const method = form === 2 ? "F (Satterthwaite's degrees of freedom)" : 'F'
  const limits = { low: scale(low), high: scale(high), confidence, method }
  const bounded = Number.isFinite(limits.low) && limits.low <= estimate && estimate <= limits.high
  return { estimate, ...(bounded ? limits : {}), ...details }
}

/** Form 2 for a single rater: the estimate and the limits of Shrout & Fleiss (1979), p. 424. */
function randomRaters(
  bms: number,
  jms: number,
  ems: number,
  n: number,
  k: number,
  quantile: (between: number, inside: number) => number,
): [number, number, number] {
  const rho = (bms - ems) / (bms + (k - 1) * ems + (k * (jms - ems)) / n)
  const spread = n * (1 + (k - 1) * rho) - k * rho
  // With no residual the ratio of the raters' mean square to it is unbounded, and so is the numerator's share: the limit is k − 1.
  const fj = jms / ems
  const degrees =
    ems === 0 ? k - 1 : ((k - 1) * (n - 1) * (k * rho * fj + spread) ** 2) / ((n - 1) * k * k * rho * rho * fj * fj + spread * spread)
  const [above, below] = [quantile(n - 1, degrees), quantile(degrees, n - 1)]
  const raters = k * jms + (k * n - k - n) * ems
  return [rho, (n * (bms - above * ems)) / (above * raters + n * bms), (n * (below * bms - ems)) / (raters + n * below * bms)]
}

/** The n × k values row by row, or null if some item was not rated exactly once by each rater. */
function completeTable(ratings: Ratings, numbers: Float64Array): Float64Array | null {
  const [n, k] = [ratings.itemNames.length, ratings.raterNames.length]
  if (ratings.items.length !== n * k) return null
  const table = new Float64Array(n * k).fill(Number.NaN)
  for (let j = 0; j < ratings.items.length; j += 1) table[ratings.items[j]! * k + ratings.raters[j]!] = numbers[ratings.values[j]!]!
  return table.some((value) => Number.isNaN(value)) ? null : table
}

function meanSquares(table: Float64Array, n: number, k: number): IccDetails['meanSquares'] {
  const grand = table.reduce((sum, value) => sum + value, 0) / (n * k)
  let [total, items, raters] = [0, 0, 0]
  for (const value of table) total += (value - grand) ** 2
  for (let i = 0; i < n; i += 1) {
    let sum = 0
    for (let j = 0; j < k; j += 1) sum += table[i * k + j]!
    items += k * (sum / k - grand) ** 2
  }
  for (let j = 0; j < k; j += 1) {
    let sum = 0
    for (let i = 0; i < n; i += 1) sum += table[i * k + j]!
    raters += n * (sum / n - grand) ** 2
  }
  // Differences of sums of squares: what rounding leaves of a zero is put back to zero.
  const remainder = (value: number) => (value < 1e-12 * total ? 0 : value)
  return {
    items: remainder(items) / (n - 1),
    within: remainder(total - items) / (n * (k - 1)),
    raters: remainder(raters) / (k - 1),
    residual: remainder(total - items - raters) / ((n - 1) * (k - 1)),
  }
}
