import { StatsError } from '../error.ts'
import type { Value } from '../agreement/ratings.ts'

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
  const names = new Map<string, number>()
  const itemNames = new Map<string, number>()
  const raterNames = new Map<string, number>()
  const left: number[] = []
  const right: number[] = []
  const outcomes: number[] = []
  const items: number[] = []
  const raters: number[] = []
  const kept: number[] = []
  let row = -1
  for (const comparison of rows) {
    row += 1
    const { outcome } = comparison
    if (outcome === null || outcome === undefined || outcome === 'cannot_judge') continue
    const code = OUTCOMES.indexOf(outcome)
    if (code < 0)
      throw new StatsError({
        code: 'range',
        argument: `rows[${row}].outcome`,
        expected: `one of ${OUTCOMES.join(', ')}`,
        received: outcome,
      })
    const l = indexOf(names, comparison.left)
    const r = indexOf(names, comparison.right)
    if (l === r)
      throw new StatsError({
        code: 'range',
        argument: `rows[${row}].right`,
        expected: 'something other than left',
        received: comparison.right,
      })
    left.push(l)
    right.push(r)
    outcomes.push(code)
    kept.push(row)
    if (comparison.item !== undefined) items.push(indexOf(itemNames, comparison.item))
    if (comparison.rater !== undefined) raters.push(indexOf(raterNames, comparison.rater))
  }
  const column = (argument: string, codes: number[]) => {
    if (codes.length === 0) return null
    if (codes.length === left.length) return Int32Array.from(codes)
    throw new StatsError({
      code: 'shape',
      argument,
      expected: 'a value in every row or in none',
      received: `${codes.length} of ${left.length}`,
    })
  }
  return {
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    outcomes: Uint8Array.from(outcomes),
    items: column('item', items),
    raters: column('rater', raters),
    names: [...names.keys()],
    itemNames: [...itemNames.keys()],
    raterNames: [...raterNames.keys()],
    rows: Int32Array.from(kept),
  }
}

function indexOf(index: Map<string, number>, value: Value): number {
  const name = String(value)
  let code = index.get(name)
  if (code === undefined) {
    code = index.size
    index.set(name, code)
  }
  return code
}
