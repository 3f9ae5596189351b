import { checkFraction, checkNumber, checkTable } from '../check.ts'
import { StatsError } from '../error.ts'
import { normalCdf } from '../numeric/normal.ts'
import type { Estimate } from '../result.ts'
import { chanceInterval, pooledChance } from './chance-influence.ts'
import { imaginedShares } from './imagined-item.ts'
import { influenceInterval } from './influence-interval.ts'
import type { Patterns } from './pattern.ts'
import type { Ratings } from './ratings.ts'
import { unanimousInterval } from './unanimous-interval.ts'
import { agreementWeights, type WeightName } from './weight.ts'

export interface CohenOptions {
  /** `identity` (plain kappa) by default; the others need categories in order. */
  weights?: Exclude<WeightName, 'ordinal'>
  /** Coverage of the interval; 0.95 by default. */
  confidence?: number
}

export interface CohenDetails {
  /** Weighted observed and expected agreement, in 0..1. */
  observed: number
  expected: number
  /** Items that both rated. */
  items: number
  /** Standard error, and the one under the hypothesis of no agreement beyond chance, with its two-sided p-value. */
  se: number
  se0: number
  p: number | null
}

/** Imagined items at random: see `withImagined`. */
const RANDOM_ITEMS = 0.2

/**
 * Cohen's kappa: agreement of two raters beyond chance, plain or weighted. At most 1; 0 at chance; larger is better.
 *
 * Misleads when one category is rare, or when the two raters use the categories differently often: the same raw agreement then
 * gives quite different kappas. Report `observed` with it.
 *
 * @param table K × K counts: `table[i][j]` items that the first rater put in category i and the second in j. Non-negative.
 * @returns `estimate` with an interval linearised over items (t on Fisher's scale, two ratings' worth of imagined items; Wilson's where all agree; none
 *   with one item), standard errors and the test against chance.
 *   `estimate` is null with reason `no-ratings` (empty table) or `no-variation` (both use one and the same category: 0/0).
 * @throws StatsError `shape` for a table that is not square; `range` for negative counts.
 *
 * Source: Cohen (1960), doi:10.1177/001316446002000104; Cohen (1968), doi:10.1037/h0026256; standard errors from Fleiss, Cohen &
 *   Everitt (1969), Psychological Bulletin 72(5), equations 8 and 9, doi:10.1037/h0028106. O(K²) time.
 *
 * @example
 * cohenKappa([[20, 5], [10, 15]]).estimate // => 0.4
 */
export function cohenKappa(table: ArrayLike<ArrayLike<number>>, options: CohenOptions = {}): Estimate<CohenDetails> {
  const { weights: name = 'identity', confidence = 0.95 } = options
  checkFraction('confidence', confidence)
  const size = checkSquare(table)
  const { joint, rows, columns, total } = shares(table, size)
  if (total === 0) return { estimate: null, reason: 'no-ratings', items: 0 }
  const weights = agreementWeights(name, size)
  const { observed, expected, rowMeans, columnMeans } = agreementOf(weights, size, { joint, rows, columns })
  if (1 - expected < 1e-14) return { estimate: null, reason: 'no-variation', observed, expected: 1, items: total }

  let spread = 0
  let spread0 = 0
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < size; j += 1) {
      const w = weights[i * size + j]!
      const mean = rowMeans[i]! + columnMeans[j]!
      spread += joint[i * size + j]! * (w * (1 - expected) - mean * (1 - observed)) ** 2
      spread0 += rows[i]! * columns[j]! * (w - mean) ** 2
    }
  }
  const correction = (observed * expected - 2 * expected + observed) ** 2
  const estimate = (observed - expected) / (1 - expected)
  const se = Math.sqrt(Math.max(0, spread - correction) / total) / (1 - expected) ** 2
  const se0 = Math.sqrt(Math.max(0, spread0 - expected ** 2) / total) / (1 - expected)
  return {
    estimate,
    ...(total <= 1 ? {} : observed === 1 ? unanimousInterval(total, confidence) : intervalOf(estimate, table, weights, size, confidence)),
    observed,
    expected,
    items: total,
    se,
    se0,
    p: se0 > 0 ? 2 * normalCdf(-Math.abs(estimate / se0)) : null,
  }
}

/**
 * Scott's pi: agreement of two raters beyond chance, where chance is taken from the categories' pooled shares. At most 1; 0 at chance.
 *
 * Misleads like Cohen's kappa when one category is rare; unlike it, it counts a difference in how often raters use a category as disagreement.
 *
 * @param table K × K counts, as for `cohenKappa`.
 * @returns `estimate` with `observed`, `expected`, `se` and an interval as `cohenKappa`. Null with `no-ratings` or `no-variation`.
 * @throws StatsError as `cohenKappa`.
 *
 * Source: Scott (1955), Public Opinion Quarterly 19(3), 321–325, doi:10.1086/266577; variance as Gwet (2014), Handbook of Inter-Rater
 *   Reliability, 4th ed., for the generalised Fleiss kappa with two raters. O(K²) time.
 *
 * @example
 * scottPi([[20, 5], [10, 15]]).estimate // => 13 / 33
 */
export function scottPi(
  table: ArrayLike<ArrayLike<number>>,
  options: { confidence?: number } = {},
): Estimate<Pick<CohenDetails, 'observed' | 'expected' | 'items' | 'se'>> {
  const { confidence = 0.95 } = options
  checkFraction('confidence', confidence)
  const size = checkSquare(table)
  const { joint, rows, columns, total } = shares(table, size)
  if (total === 0) return { estimate: null, reason: 'no-ratings', items: 0 }
  const pooled = rows.map((share, i) => (share + columns[i]!) / 2)
  const expected = pooled.reduce((sum, share) => sum + share * share, 0)
  let observed = 0
  for (let i = 0; i < size; i += 1) observed += joint[i * size + i]!
  if (1 - expected < 1e-14) return { estimate: null, reason: 'no-variation', observed, expected: 1, items: total }

  const estimate = (observed - expected) / (1 - expected)
  let squares = 0
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < size; j += 1) {
      const own = ((i === j ? 1 : 0) - expected) / (1 - expected)
      const chance = (pooled[i]! + pooled[j]!) / 2 - expected
      squares += joint[i * size + j]! * (own - (2 * (1 - estimate) * chance) / (1 - expected) - estimate) ** 2
    }
  }
  const se = Math.sqrt(squares / Math.max(1, total - 1))
  return {
    estimate,
    ...(total <= 1
      ? {}
      : observed === 1
        ? unanimousInterval(total, confidence)
        : chanceInterval(estimate, { patterns: patternsOf(table, size), typical: null }, size, null, pooledChance, {
            scale: 'fisher',
            confidence,
          })),
    observed,
    expected,
    items: total,
    se,
  }
}

/**
 * How often two raters chose each pair of categories, over the items that both rated. Where one rated an item twice, the last rating counts.
 *
 * @returns K × K counts for `cohenKappa` and `scottPi`; rows belong to `first`.
 * @throws StatsError `range` for a rater who is not among `raterNames`.
 */
export function contingencyTable(ratings: Ratings, first: string, second: string): number[][] {
  const a = raterCode(ratings, first)
  const b = raterCode(ratings, second)
  const size = ratings.valueNames.length
  const table = Array.from({ length: size }, () => Array.from({ length: size }, () => 0))
  const chosen = new Int32Array(ratings.itemNames.length).fill(-1)
  const other = chosen.slice()
  for (let j = 0; j < ratings.items.length; j += 1) {
    if (ratings.raters[j] === a) chosen[ratings.items[j]!] = ratings.values[j]!
    if (ratings.raters[j] === b) other[ratings.items[j]!] = ratings.values[j]!
  }
  for (let i = 0; i < chosen.length; i += 1) if (chosen[i]! >= 0 && other[i]! >= 0) table[chosen[i]!]![other[i]!]! += 1
  return table
}

/** Weighted observed and expected agreement, and the mean weight of each row's and column's category with what the other rater chooses. */
function agreementOf(
  weights: Float64Array,
  size: number,
  { joint, rows, columns }: Pick<ReturnType<typeof shares>, 'joint' | 'rows' | 'columns'>,
) {
  const rowMeans = new Float64Array(size)
  const columnMeans = new Float64Array(size)
  let [observed, expected] = [0, 0]
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < size; j += 1) {
      const w = weights[i * size + j]!
      observed += w * joint[i * size + j]!
      expected += w * rows[i]! * columns[j]!
      rowMeans[i]! += w * columns[j]!
      columnMeans[j]! += w * rows[i]!
    }
  }
  return { observed, expected, rowMeans, columnMeans }
}

function intervalOf(estimate: number, table: ArrayLike<ArrayLike<number>>, weights: Float64Array, size: number, confidence: number) {
  const used = Array.from({ length: size }, (_, k) => k).filter((k) => {
    for (let l = 0; l < size; l += 1) if (table[k]![l]! > 0 || table[l]![k]! > 0) return true
    return false
  })
  const { alike, random } = imaginedShares(used.length, 2, RANDOM_ITEMS)
  const isUsed = new Set(used)
  const cells = Array.from({ length: size * size }, (_, cell): [number, number] => [Math.floor(cell / size), cell % size])
  const imagined = cells.map(([i, j]) => (isUsed.has(i) && isUsed.has(j) ? random + (i === j ? alike : 0) : 0))
  const more = Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_column, j) => table[i]![j]! + imagined[i * size + j]!))
  const all = shares(more, size)
  const { observed, expected, rowMeans, columnMeans } = agreementOf(weights, size, all)
  const room = 1 - expected
  const values = cells.map(([i, j], cell) => {
    const chance = rowMeans[i]! + columnMeans[j]! - 2 * expected
    return ((weights[cell]! - observed) / room - ((1 - observed) * chance) / (room * room)) / all.total
  })
  return influenceInterval(
    estimate,
    {
      center: (observed - expected) / room,
      values: [...values, ...values],
      weights: [...cells.map(([i, j]) => table[i]![j]!), ...imagined],
      real: cells.length,
    },
    { scale: 'fisher', confidence, method: 'linearised over items' },
  )
}

/** Each cell as a pattern of two ratings. */
function patternsOf(table: ArrayLike<ArrayLike<number>>, size: number): Patterns {
  const start = [0]
  const codes: number[] = []
  const counts: number[] = []
  const multiplicities: number[] = []
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < size; j += 1) {
      if (table[i]![j]! === 0) continue
      codes.push(...(i === j ? [i] : [Math.min(i, j), Math.max(i, j)]))
      counts.push(...(i === j ? [2] : [1, 1]))
      start.push(codes.length)
      multiplicities.push(table[i]![j]!)
    }
  }
  return {
    start: Int32Array.from(start),
    codes: Int32Array.from(codes),
    counts: Int32Array.from(counts),
    sizes: new Int32Array(multiplicities.length).fill(2),
    multiplicities: Float64Array.from(multiplicities),
  }
}

function raterCode(ratings: Ratings, name: string): number {
  const code = ratings.raterNames.indexOf(name)
  if (code < 0) throw new StatsError({ code: 'range', argument: 'rater', expected: 'a rater of these ratings', received: name })
  return code
}

function checkSquare(table: ArrayLike<ArrayLike<number>>): number {
  checkTable('table', table)
  if (table.length !== table[0]!.length) {
    throw new StatsError({
      code: 'shape',
      argument: 'table',
      expected: 'a square table',
      received: `${table.length} × ${table[0]!.length}`,
    })
  }
  for (let i = 0; i < table.length; i += 1) for (let j = 0; j < table.length; j += 1) checkNumber(`table[${i}][${j}]`, table[i]![j]!, 0)
  return table.length
}

function shares(table: ArrayLike<ArrayLike<number>>, size: number) {
  const joint = Float64Array.from({ length: size * size }, (_, cell) => table[Math.floor(cell / size)]![cell % size]!)
  const total = joint.reduce((sum, count) => sum + count, 0)
  const rows = new Float64Array(size)
  const columns = new Float64Array(size)
  for (let cell = 0; total > 0 && cell < joint.length; cell += 1) {
    joint[cell]! /= total
    rows[Math.floor(cell / size)]! += joint[cell]!
    columns[cell % size]! += joint[cell]!
  }
  return { joint, rows, columns, total }
}
