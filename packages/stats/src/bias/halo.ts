import { checkFraction, checkNumber } from '../check.ts'
import { studentQuantile } from '../numeric/quantile.ts'
import type { Estimate } from '../result.ts'

export interface CriterionRating {
  item: string | number
  rater: string | number
  criterion: string | number
  value: number
}

export interface RaterHalo {
  rater: string
  /** Mean correlation between criteria over the items that the rater judged, in −1..1. */
  halo: Estimate<{ items: number; pairs: number }>
}

/** With so few items a correlation says nothing. */
const FEWEST_ITEMS = 4

/**
 * Halo: whether a rater's criteria move together, as if one impression decided them all; the mean correlation between pairs of criteria over items,
 * in −1..1, larger is more halo.
 *
 * Misleads by itself, as good outputs are often good in several ways: compare a rater with the others, who saw outputs of the same kind. Few items make
 * it uncertain, and the interval says so.
 *
 * @param ratings One row per judgment of a criterion; several by one rater on one criterion of an item are averaged.
 * @param options.confidence 0.95 by default.
 * @returns One entry per rater in order of appearance, with a jackknife interval over items on Fisher's z. Null with `too-few` for fewer than four
 *   items judged on two criteria, `no-variance` if no pair of criteria varies.
 * @throws StatsError `range` for values that are not finite, or a confidence outside (0, 1).
 *
 * Source: Thorndike (1920), J. Applied Psychology 4(1), doi:10.1037/h0071663; Saal, Downey & Lahey (1980), doi:10.1037/0033-2909.88.2.413; Fisher (1921),
 *   Metron 1, for z. O(ratings + items · criteria²).
 *
 * @example
 * raterHalo([1, 2, 3, 4].flatMap((item) => [
 *   { item, rater: 'a', criterion: 'tone', value: item }, { item, rater: 'a', criterion: 'truth', value: item },
 * ]))[0].halo.estimate // => 1
 */
export function raterHalo(ratings: Iterable<CriterionRating>, options: { confidence?: number } = {}): RaterHalo[] {
  const { confidence = 0.95 } = options
  checkFraction('confidence', confidence)
  const criteria = new Map<string, number>()
  const byRater = new Map<string, Map<string, { sum: number; n: number }[]>>()
  let row = 0
  for (const { item, rater, criterion, value } of ratings) {
    checkNumber(`ratings[${row}].value`, value)
    row += 1
    const place = criteria.get(String(criterion)) ?? criteria.size
    criteria.set(String(criterion), place)
    const items = byRater.get(String(rater)) ?? new Map<string, { sum: number; n: number }[]>()
    byRater.set(String(rater), items)
    const cells = items.get(String(item)) ?? []
    items.set(String(item), cells)
    const cell = (cells[place] ??= { sum: 0, n: 0 })
    cell.sum += value
    cell.n += 1
  }
  return Array.from(byRater, ([rater, items]) => {
    const table = Array.from(items.values(), (cells) =>
      Float64Array.from({ length: criteria.size }, (_, k) => (cells[k] === undefined ? Number.NaN : cells[k].sum / cells[k].n)),
    ).filter((cells) => cells.filter((value) => !Number.isNaN(value)).length >= 2)
    return { rater, halo: meanCorrelation(table, criteria.size, confidence) }
  })
}

function meanCorrelation(table: Float64Array[], criteria: number, confidence: number): RaterHalo['halo'] {
  const items = table.length
  if (items < FEWEST_ITEMS) return { estimate: null, reason: 'too-few', items }
  const pairs: { sums: Float64Array; rows: Float64Array[] }[] = []
  for (let a = 0; a < criteria; a += 1) {
    for (let b = a + 1; b < criteria; b += 1) {
      const rows = centredMoments(table, a, b)
      const sums = new Float64Array(6)
      for (const moments of rows) for (let k = 0; k < 6; k += 1) sums[k]! += moments[k]!
      if (correlationOf(sums) !== null) pairs.push({ sums, rows })
    }
  }
  if (pairs.length === 0) return { estimate: null, reason: 'no-variance', items }
  const mean = (correlations: (number | null)[]) => {
    const known = correlations.filter((value) => value !== null)
    return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : null
  }
  const estimate = mean(pairs.map(({ sums }) => correlationOf(sums)))!
  const z = fisher(estimate)
  let squares = 0
  const left = new Float64Array(6)
  for (let i = 0; i < items; i += 1) {
    const without = mean(
      pairs.map(({ sums, rows }) => {
        for (let k = 0; k < 6; k += 1) left[k] = sums[k]! - rows[i]![k]!
        return correlationOf(left)
      }),
    )
    if (without === null) return { estimate, items, pairs: pairs.length }
    squares += (fisher(without) - z) ** 2
  }
  const half = studentQuantile((1 + confidence) / 2, items - 1) * Math.sqrt(((items - 1) / items) * squares)
  const method = `jackknife over ${items} items on Fisher's z, t`
  return { estimate, low: Math.tanh(z - half), high: Math.tanh(z + half), confidence, method, items, pairs: pairs.length }
}

/** For each item 1, x, y, x², y², xy of the pair, around the means; zeros where one is missing. */
function centredMoments(table: Float64Array[], a: number, b: number): Float64Array[] {
  let [n, x, y] = [0, 0, 0]
  const isThere = (cells: Float64Array) => !Number.isNaN(cells[a]!) && !Number.isNaN(cells[b]!)
  for (const cells of table) {
    if (!isThere(cells)) continue
    n += 1
    x += cells[a]!
    y += cells[b]!
  }
  return table.map((cells) => {
    if (!isThere(cells)) return new Float64Array(6)
    const [dx, dy] = [cells[a]! - x / n, cells[b]! - y / n]
    return Float64Array.of(1, dx, dy, dx * dx, dy * dy, dx * dy)
  })
}

/** Null with fewer than three items, or where one of the two does not vary. */
function correlationOf([n, x, y, xx, yy, xy]: Float64Array): number | null {
  if (n! < 3) return null
  const [vx, vy] = [xx! - (x! * x!) / n!, yy! - (y! * y!) / n!]
  if (!(vx > 1e-12 * xx!) || !(vy > 1e-12 * yy!)) return null
  return Math.max(-1, Math.min(1, (xy! - (x! * y!) / n!) / Math.sqrt(vx * vy)))
}

/** Fisher's z, kept finite. */
function fisher(correlation: number): number {
  return Math.atanh(Math.max(-1 + 1e-12, Math.min(1 - 1e-12, correlation)))
}
