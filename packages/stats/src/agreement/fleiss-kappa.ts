import { checkInteger, checkTable } from '../check.ts'
import { bootstrapSums, type BootstrapOptions } from '../numeric/bootstrap.ts'
import { normalCdf } from '../numeric/normal.ts'
import type { Estimate } from '../result.ts'
import { type Chance, chanceInterval, pooledChance, uniformChance } from './chance-influence.ts'
import type { Patterns } from './pattern.ts'
import type { Ratings } from './ratings.ts'
import { unanimousInterval } from './unanimous-interval.ts'

export interface FleissDetails {
  /** Share of agreeing pairs of raters, and its expectation by chance, in 0..1. */
  observed: number
  expected: number
  items: number
  /** Ratings per item. */
  raters: number
}

export interface FleissChance extends FleissDetails {
  /** Standard error if there were only chance agreement, with z = estimate / se0 and its two-sided p-value. */
  se0: number
  z: number
  p: number
  /** Agreement on each category against all others; null for a category that nobody, or everybody, uses. */
  perCategory: (number | null)[]
}

/**
 * Fleiss' kappa: agreement of several raters on nominal categories beyond chance. At most 1; 0 at chance; larger is better.
 *
 * Misleads when one category is rare (low kappa despite high agreement): report `observed` with it, or use Gwet's AC1.
 *
 * @param counts I × K table; `counts[i][k]` raters put item i in category k. Non-negative integers; every row sums to the
 *   same number of raters R ≥ 2. Items with missing ratings do not fit: use `krippendorffAlpha`.
 * @param options.resamples For a bootstrap interval over items (BCa, seeded) instead.
 * @returns `estimate` with an interval linearised over items (t on Fisher's scale, two ratings' worth of imagined items; Wilson's where all agree; none
 *   with one item), kappa per category, and the test against chance.
 *   `estimate` is null with reason `no-ratings` (no row), `unequal-ratings`, `no-pairs` (one rating per item), or `no-variation`
 *   (all ratings in one category: 0/0).
 * @throws StatsError `shape` for ragged tables; `range` for negative or fractional counts.
 *
 * Source: Fleiss (1971), Psychological Bulletin 76(5), 378–382, doi:10.1037/h0031619; null variance as corrected by Fleiss, Nee &
 *   Landis (1979), doi:10.1037/0033-2909.86.5.974. O(I·K) time.
 *
 * @example
 * fleissKappa([[3, 0], [0, 3], [2, 1]]).estimate // => 0.55
 */
export function fleissKappa(counts: ArrayLike<ArrayLike<number>>, options: BootstrapOptions = {}): Estimate<FleissChance> {
  const table = readTable(counts)
  if ('reason' in table) return { estimate: null, reason: table.reason }
  const { items, raters, categories, totals } = table
  const observed = totals[categories]! / items
  const expected = shareOfPairs(totals, items * raters)
  const details = { observed, expected, items, raters }
  if (1 - expected < 1e-14) return { estimate: null, reason: 'no-variation', ...details, expected: 1 }

  let spread = 0
  let cubic = 0
  const perCategory = Array.from({ length: categories }, (_, k) => {
    const share = totals[k]! / (items * raters)
    const variance = share * (1 - share)
    spread += variance
    cubic += variance * (1 - 2 * share)
    return variance > 0 ? 1 - table.disagreeing[k]! / (items * raters * (raters - 1) * variance) : null
  })
  const se0 = Math.sqrt((2 * (spread * spread - cubic)) / (items * raters * (raters - 1))) / spread
  const estimate = (observed - expected) / (1 - expected)
  const interval = intervalOf(estimate, table, options, pooledChance, (drawn, agreement, ratings) =>
    ratio(agreement, shareOfPairs(drawn, ratings)),
  )
  return { estimate, ...interval, ...details, se0, z: estimate / se0, p: 2 * normalCdf(-Math.abs(estimate / se0)), perCategory }
}

/**
 * Randolph's free-marginal kappa: agreement of several raters where chance is equal over all K categories. At most 1; 0 at chance.
 *
 * Misleads when categories are listed that nobody would use: each lowers chance and raises kappa.
 *
 * @param counts I × K table, as for `fleissKappa`. K counts every category offered, used or not.
 * @param options As `fleissKappa`.
 * @returns `estimate` with an interval linearised over items (t on Wilson's scale, two ratings' worth of imagined items). Null with `no-ratings`, `unequal-ratings`, `no-pairs`, or
 *   `no-variation` (one category offered).
 * @throws StatsError as `fleissKappa`.
 *
 * Source: Randolph (2005), Free-marginal multirater kappa, ERIC ED490661. O(I·K) time.
 *
 * @example
 * randolphKappa([[3, 0], [0, 3], [2, 1]]).estimate // => 5 / 9
 */
export function randolphKappa(counts: ArrayLike<ArrayLike<number>>, options: BootstrapOptions = {}): Estimate<FleissDetails> {
  const table = readTable(counts)
  if ('reason' in table) return { estimate: null, reason: table.reason }
  const { items, raters, categories, totals } = table
  const observed = totals[categories]! / items
  const details = { observed, expected: 1 / categories, items, raters }
  if (categories < 2) return { estimate: null, reason: 'no-variation', ...details }
  const estimate = (observed - 1 / categories) / (1 - 1 / categories)
  const interval = intervalOf(estimate, table, options, uniformChance, (_, agreement) => ratio(agreement, 1 / categories))
  return { estimate, ...interval, ...details }
}

/** How many raters chose each category, for every item with a rating: the table that `fleissKappa` reads. */
export function countTable(ratings: Ratings): number[][] {
  const rows = new Map<number, number[]>()
  for (let j = 0; j < ratings.items.length; j += 1) {
    const item = ratings.items[j]!
    let row = rows.get(item)
    if (row === undefined) {
      row = ratings.valueNames.map(() => 0)
      rows.set(item, row)
    }
    row[ratings.values[j]!]! += 1
  }
  return [...rows.values()]
}

/** An interval over items; by resampling, of a statistic of the counts of a resample, its share of agreeing pairs and its number of ratings. */
function intervalOf(
  estimate: number,
  { items, raters, categories, sums, totals }: Exclude<ReturnType<typeof readTable>, { reason: string }>,
  options: BootstrapOptions,
  chance: Chance,
  statistic: (drawn: Float64Array, agreement: number, ratings: number) => number | null,
) {
  const { resamples, values, part, confidence = 0.95 } = options
  if (resamples === 0 && part === undefined) return {}
  if (totals[categories] === items && part === undefined) return unanimousInterval(items, confidence)
  if (resamples === undefined && values === undefined) {
    if (items < 2) return {}
    const scale = chance === pooledChance ? 'fisher' : 'wilson'
    return chanceInterval(estimate, { patterns: patternsOf(sums, items, categories, raters), typical: null }, categories, null, chance, {
      scale,
      confidence,
    })
  }
  const of = (drawn: Float64Array) => {
    let ratings = 0
    for (let k = 0; k < categories; k += 1) ratings += drawn[k]!
    return statistic(drawn, (drawn[categories]! * raters) / ratings, ratings)
  }
  return bootstrapSums(sums, categories + 1, 'items', of, options)
}

function patternsOf(sums: Float64Array, items: number, categories: number, raters: number): Patterns {
  const start = new Int32Array(items + 1)
  const codes: number[] = []
  const counts: number[] = []
  for (let i = 0; i < items; i += 1) {
    for (let k = 0; k < categories; k += 1) {
      const count = sums[i * (categories + 1) + k]!
      if (count === 0) continue
      codes.push(k)
      counts.push(count)
    }
    start[i + 1] = codes.length
  }
  const sizes = new Int32Array(items).fill(raters)
  return { start, codes: Int32Array.from(codes), counts: Int32Array.from(counts), sizes, multiplicities: new Float64Array(items).fill(1) }
}

function ratio(observed: number, expected: number): number | null {
  return 1 - expected < 1e-14 ? null : (observed - expected) / (1 - expected)
}

function shareOfPairs(totals: Float64Array, ratings: number): number {
  let sum = 0
  for (let k = 0; k + 1 < totals.length; k += 1) sum += (totals[k]! / ratings) ** 2
  return sum
}

/** Row i of `sums`: the item's counts, then its share of agreeing pairs. */
function readTable(counts: ArrayLike<ArrayLike<number>>) {
  if (counts.length === 0) return { reason: 'no-ratings' } as const
  checkTable('counts', counts)
  const items = counts.length
  const categories = counts[0]!.length
  const width = categories + 1
  const sums = new Float64Array(items * width)
  const totals = new Float64Array(width)
  const disagreeing = new Float64Array(categories)
  const sizes = Array.from({ length: items }, (_, i) => {
    let size = 0
    for (let k = 0; k < categories; k += 1) {
      const count = counts[i]![k]!
      if (!Number.isInteger(count) || count < 0) checkInteger(`counts[${i}][${k}]`, count, 0)
      size += count
    }
    return size
  })
  const raters = sizes[0]!
  if (sizes.every((size) => size === 0)) return { reason: 'no-ratings' } as const
  if (sizes.some((size) => size !== raters)) return { reason: 'unequal-ratings' } as const
  if (raters < 2) return { reason: 'no-pairs' } as const
  for (let i = 0; i < items; i += 1) {
    let pairs = 0
    for (let k = 0; k < categories; k += 1) {
      const count = counts[i]![k]!
      sums[i * width + k] = count
      pairs += count * (count - 1)
      disagreeing[k]! += count * (raters - count)
    }
    sums[i * width + categories] = pairs / (raters * (raters - 1))
    for (let k = 0; k < width; k += 1) totals[k]! += sums[i * width + k]!
  }
  return { items, raters, categories, sums, totals, disagreeing }
}
