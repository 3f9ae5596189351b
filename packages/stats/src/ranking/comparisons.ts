import { StatsError } from '../error.ts'
import type { Value } from '../agreement/ratings.ts'
import { growingList, nameIndex, type GrowingList } from '../numeric/growing-list.ts'

/** The outcomes of a comparison that a model of strengths reads; `both_bad` stays its own outcome and says nothing about who is better. */
export const OUTCOMES = ['left', 'right', 'tie', 'both_bad'] as const
export type Outcome = (typeof OUTCOMES)[number]

export interface Comparison {
  left: Value
  right: Value
  /** Null or undefined, and `cannot_judge`: no judgment; the row is left out. */
  outcome: Outcome | 'cannot_judge' | null | undefined
  /** What was judged (the prompt), and by whom: for intervals that are clustered by them. */
  item?: Value | undefined
  rater?: Value | undefined
}

/** Comparisons in long form, one entry per comparison in each array. */
export interface Comparisons {
  /** Index into `names`. */
  readonly left: Int32Array
  readonly right: Int32Array
  /** Index into `OUTCOMES`. */
  readonly outcomes: Uint8Array
  /** Index into `itemNames` or `raterNames`; null if no row has one. */
  readonly items: Int32Array | null
  readonly raters: Int32Array | null
  readonly names: readonly string[]
  readonly itemNames: readonly string[]
  readonly raterNames: readonly string[]
  /** For each comparison, the row that it came from: rows without judgment leave gaps. */
  readonly rows: Int32Array
}

/** Takes comparisons one by one and brings them into the compact form, so that a file of any length can be read as a stream. */
export interface ComparisonsBuilder {
  /** Adds a comparison, or nothing where there is no judgment. @throws StatsError as `encodeComparisons`. */
  add(comparison: Comparison): void
  /** All comparisons added so far. @throws StatsError `shape` as `encodeComparisons`. */
  build(): Comparisons
}

export function comparisonsBuilder(): ComparisonsBuilder {
  const names = nameIndex()
  const itemNames = nameIndex()
  const raterNames = nameIndex()
  const [left, right, outcomes, items, raters, kept] = Array.from({ length: 6 }, growingList) as [
    GrowingList,
    GrowingList,
    GrowingList,
    GrowingList,
    GrowingList,
    GrowingList,
  ]
  let row = -1
  const column = (argument: string, codes: GrowingList) => {
    if (codes.length === 0) return null
    if (codes.length === left.length) return codes.toInt32Array()
    throw new StatsError({
      code: 'shape',
      argument,
      expected: 'a value in every row or in none',
      received: `${codes.length} of ${left.length}`,
    })
  }
  return {
    add({ left: leftName, right: rightName, outcome, item, rater }) {
      row += 1
      if (outcome === null || outcome === undefined || outcome === 'cannot_judge') return
      const code = OUTCOMES.indexOf(outcome)
      const refuse = (argument: string, expected: string, received: unknown) =>
        new StatsError({ code: 'range', argument: `rows[${row}].${argument}`, expected, received })
      if (code < 0) throw refuse('outcome', `one of ${OUTCOMES.join(', ')}`, outcome)
      const l = names.codeOf(String(leftName))
      const r = names.codeOf(String(rightName))
      if (l === r) throw refuse('right', 'something other than left', rightName)
      left.push(l)
      right.push(r)
      outcomes.push(code)
      kept.push(row)
      if (item !== undefined) items.push(itemNames.codeOf(String(item)))
      if (rater !== undefined) raters.push(raterNames.codeOf(String(rater)))
    },
    build: () => ({
      left: left.toInt32Array(),
      right: right.toInt32Array(),
      outcomes: Uint8Array.from(outcomes.toInt32Array()),
      items: column('item', items),
      raters: column('rater', raters),
      names: names.names(),
      itemNames: itemNames.names(),
      raterNames: raterNames.names(),
      rows: kept.toInt32Array(),
    }),
  }
}

/**
 * Brings comparisons into the compact form that the rankings of this package read.
 *
 * @param rows One row per comparison, in any order. Names are told apart by their text.
 * @throws StatsError `range` for an outcome that is none, or for something compared with itself; `shape` if some rows have an item
 *   (or a rater) and others have none.
 *
 * @example
 * encodeComparisons([{ left: 'a', right: 'b', outcome: 'left' }]).names // => ['a', 'b']
 */
export function encodeComparisons(rows: Iterable<Comparison>): Comparisons {
  const builder = comparisonsBuilder()
  for (const comparison of rows) builder.add(comparison)
  return builder.build()
}
