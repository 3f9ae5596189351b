import { StatsError } from '../error.ts'
import { growingList, nameIndex } from '../numeric/growing-list.ts'

export type Value = string | number

export interface Rating {
  item: Value
  rater: Value
  /** Null or undefined: the rater gave none; the row is left out. */
  value: Value | boolean | null | undefined
}

/** Ratings in long form, one entry per rating in each of the three arrays: cheap to hold and to scan for millions of ratings. */
export interface Ratings {
  /** Index into `itemNames`. */
  readonly items: Int32Array
  /** Index into `raterNames`. */
  readonly raters: Int32Array
  /** Index into `valueNames`. */
  readonly values: Int32Array
  readonly itemNames: readonly string[]
  readonly raterNames: readonly string[]
  /** The categories, in their order if they have one, including declared ones that nobody used. */
  readonly valueNames: readonly string[]
  /** Where the order of the categories comes from. Ordinal statistics refuse `none`. */
  readonly order: 'declared' | 'numeric' | 'none'
  /** The categories as numbers, or null if some category is not a number. */
  readonly numbers: Float64Array | null
}

export interface EncodeOptions {
  /** All categories, lowest first. Declare them where the order matters or where an unused category must count. */
  order?: readonly Value[]
}

/** Takes ratings one by one and brings them into the compact form, so that a file of any length can be read as a stream. */
export interface RatingsBuilder {
  /** Adds a rating, or nothing for a missing value. @throws StatsError `range` for a value outside a declared order, or a number not finite. */
  add(item: Value, rater: Value, value: Rating['value']): void
  /** All ratings added so far. */
  build(): Ratings
}

/** @param options.order The categories, lowest first. See `encodeRatings`. */
export function ratingsBuilder(options: EncodeOptions = {}): RatingsBuilder {
  const itemIndex = nameIndex()
  const raterIndex = nameIndex()
  const valueIndex = nameIndex()
  const declared = options.order && new Set(options.order.map(String))
  for (const value of declared ?? []) valueIndex.codeOf(value)
  const items = growingList()
  const raters = growingList()
  const raw = growingList()
  return {
    add(item, rater, value) {
      if (value === null || value === undefined) return
      if (typeof value === 'number' && !Number.isFinite(value))
        throw new StatsError({ code: 'range', argument: 'value', expected: 'a finite number', received: value })
      const name = String(value)
      if (declared?.has(name) === false)
        throw new StatsError({ code: 'range', argument: 'value', expected: `one of ${[...declared].join(', ')}`, received: name })
      items.push(itemIndex.codeOf(String(item)))
      raters.push(raterIndex.codeOf(String(rater)))
      raw.push(valueIndex.codeOf(name))
    },
    build() {
      const names = valueIndex.names()
      const numbers = names.map((name) => (name.trim() === '' ? Number.NaN : Number(name)))
      const numeric = numbers.every((number) => Number.isFinite(number))
      const sorted = names.map((_, code) => code)
      if (!options.order) sorted.sort((a, b) => (numeric ? numbers[a]! - numbers[b]! : names[a]! < names[b]! ? -1 : 1))
      const codeOf = new Int32Array(names.length)
      for (const [code, old] of sorted.entries()) codeOf[old] = code
      return {
        items: items.toInt32Array(),
        raters: raters.toInt32Array(),
        values: raw.toInt32Array().map((old) => codeOf[old]!),
        itemNames: itemIndex.names(),
        raterNames: raterIndex.names(),
        valueNames: sorted.map((old) => names[old]!),
        order: options.order ? 'declared' : numeric ? 'numeric' : 'none',
        numbers: numeric ? Float64Array.from(sorted, (old) => numbers[old]!) : null,
      }
    },
  }
}

/**
 * Brings ratings into the compact form that the statistics of this package read.
 *
 * @param rows One row per rating, in any order. Item, rater and value are told apart by their text.
 * @param options.order The categories. Without it they are the values used: ascending if all are numbers, else in alphabetical
 *   order with `order: 'none'`.
 * @throws StatsError `range` for a value outside a declared order, or a number that is not finite.
 *
 * @example
 * encodeRatings([{ item: 'a', rater: 'x', value: 2 }, { item: 'a', rater: 'y', value: 1 }]).valueNames // => ['1', '2']
 */
export function encodeRatings(rows: Iterable<Rating>, options: EncodeOptions = {}): Ratings {
  const builder = ratingsBuilder(options)
  for (const { item, rater, value } of rows) builder.add(item, rater, value)
  return builder.build()
}

/**
 * The same from a table with a row per item and a column per rater.
 *
 * @param table I × R values; null where a rater gave none.
 */
export function ratingsFromTable(table: readonly (readonly Rating['value'][])[], options: EncodeOptions = {}): Ratings {
  return encodeRatings(
    table.flatMap((row, item) => row.map((value, rater) => ({ item, rater, value }))),
    options,
  )
}

/** The positions of the ratings, sorted by item: those of item i are `positions[start[i]]` up to before `start[i + 1]`. O(R). */
export function groupBy(keys: Int32Array, groups: number): { start: Int32Array; positions: Int32Array } {
  const start = new Int32Array(groups + 1)
  for (let j = 0; j < keys.length; j += 1) start[keys[j]! + 1]! += 1
  for (let i = 0; i < groups; i += 1) start[i + 1]! += start[i]!
  const next = start.slice(0, groups)
  const positions = new Int32Array(keys.length)
  for (let j = 0; j < keys.length; j += 1) {
    const key = keys[j]!
    positions[next[key]!] = j
    next[key]! += 1
  }
  return { start, positions }
}

/** The ratings for which `keep` holds, with the names unchanged. */
export function filterRatings(ratings: Ratings, keep: (position: number) => boolean): Ratings {
  const positions: number[] = []
  for (let j = 0; j < ratings.items.length; j += 1) if (keep(j)) positions.push(j)
  const kept = Int32Array.from(positions)
  const pick = (codes: Int32Array) => kept.map((j) => codes[j]!)
  return { ...ratings, items: pick(ratings.items), raters: pick(ratings.raters), values: pick(ratings.values) }
}
