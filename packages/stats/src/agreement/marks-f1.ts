import { checkInteger } from '../check.ts'
import { bootstrapSums, type BootstrapOptions } from '../numeric/bootstrap.ts'
import type { Estimate } from '../result.ts'
import { coverage, type MarkedItem, type MarkedText } from './marks.ts'
import { unanimousInterval } from './unanimous-interval.ts'

export interface MarksF1Options extends BootstrapOptions {
  /** Marks of this type only; when left out, all types, and equal marks must also have equal types. */
  type?: string
  /** Code points by which a boundary may be off, for `boundary`; 0 by default. */
  tolerance?: number
}

export interface MarksF1 {
  /** Marks with the same type, start and end. */
  exact: Estimate
  /** Code points that both marked. */
  characters: Estimate
  /** Starts and ends of marks, matched one to one within the tolerance. */
  boundary: Estimate
  /** Intersection over union of the marked code points. */
  iou: Estimate
  items: number
  raterPairs: number
}

/** What two raters of an item share and have, as counts. */
type Counts = { shared: number; left: number; right: number }

/**
 * How far raters place the same marks, in 0..1, larger is better: F1 of exact marks, of characters and of boundaries, and intersection over
 * union. Pooled over all pairs of raters on all items: 2·shared / (left + right).
 *
 * Misleads where chance matters: a rater who marks everything shares every character. Show `marksAlpha` with it.
 *
 * @param texts Items with the marks of each rater who read them (`groupMarks`).
 * @param options.tolerance In code points, at least 0.
 * @returns Four estimates, each with a bootstrap interval over items, or null with `no-ratings`, `no-pairs` (no item has two
 *   raters) or `no-variation` (nobody marked anything). Insertion points count for `exact` and `boundary` only.
 * @throws StatsError `range` for a negative or fractional tolerance.
 *
 * Source: F1 as agreement, Hripcsak & Rothschild (2005), JAMIA 12(3), 296–298, doi:10.1197/jamia.M1733.
 *
 * @example
 * marksF1(groupMarks([
 *   { item: 'i', rater: 'a', type: 'wrong', start: 0, end: 2, length: 4 },
 *   { item: 'i', rater: 'b', type: 'wrong', start: 0, end: 4, length: 4 },
 * ])).characters.estimate // => 2 / 3
 */
export function marksF1(texts: readonly MarkedText[], options: MarksF1Options = {}): MarksF1 {
  const { type, tolerance = 0 } = options
  checkInteger('tolerance', tolerance, 0)
  const paired = texts.filter(({ raters }) => raters.length >= 2)
  const measures = [exactCounts, characterCounts, (a: Marks, b: Marks) => boundaryCounts(a, b, tolerance)]
  const sums = measures.map(() => new Float64Array(2 * paired.length))
  let raterPairs = 0
  paired.forEach(({ raters }, i) => {
    const own = raters.map(({ marks }) => (type === undefined ? marks : marks.filter((mark) => mark.type === type)))
    for (let a = 0; a < own.length; a += 1) {
      for (let b = a + 1; b < own.length; b += 1) {
        raterPairs += 1
        measures.forEach((measure, k) => {
          const { shared, left, right } = measure(own[a]!, own[b]!)
          sums[k]![2 * i]! += shared
          sums[k]![2 * i + 1]! += left + right
        })
      }
    }
  })
  const pooled = (rows: Float64Array, ratio: (shared: number, total: number) => number): Estimate => {
    if (texts.length === 0) return { estimate: null, reason: 'no-ratings' }
    if (paired.length === 0) return { estimate: null, reason: 'no-pairs' }
    const totals = [0, 0]
    rows.forEach((value, at) => (totals[at % 2]! += value))
    const of = (t: ArrayLike<number>) => (t[1]! > 0 ? ratio(t[0]!, t[1]!) : null)
    const estimate = of(totals)
    if (estimate === null) return { estimate, reason: 'no-variation' }
    if ((estimate === 0 || estimate === 1) && options.resamples !== 0 && options.part === undefined)
      return { estimate, ...unanimousInterval(paired.length, options.confidence, estimate) }
    return { estimate, ...bootstrapSums(rows, 2, 'items', of, options) }
  }
  const f1 = (shared: number, total: number) => (2 * shared) / total
  return {
    exact: pooled(sums[0]!, f1),
    characters: pooled(sums[1]!, f1),
    boundary: pooled(sums[2]!, f1),
    iou: pooled(sums[1]!, (shared, total) => shared / (total - shared)),
    items: paired.length,
    raterPairs,
  }
}

type Marks = MarkedItem['marks']

function exactCounts(a: Marks, b: Marks): Counts {
  const key = ({ type, start, end }: Marks[number]) => `${start} ${end} ${type}`
  const known = new Set(a.map(key))
  return { shared: b.filter((mark) => known.has(key(mark))).length, left: a.length, right: b.length }
}

function characterCounts(a: Marks, b: Marks): Counts {
  const [left, right] = [coverage(a), coverage(b)]
  const size = (ranges: [number, number][]) => ranges.reduce((sum, [start, end]) => sum + end - start, 0)
  let [shared, i, j] = [0, 0, 0]
  while (i < left.length && j < right.length) {
    shared += Math.max(0, Math.min(left[i]![1], right[j]![1]) - Math.max(left[i]![0], right[j]![0]))
    if (left[i]![1] < right[j]![1]) i += 1
    else j += 1
  }
  return { shared, left: size(left), right: size(right) }
}

/** Boundaries are positions in the text; walking both lists in order matches as many as possible one to one. */
function boundaryCounts(a: Marks, b: Marks, tolerance: number): Counts {
  const positions = (marks: Marks) => [...new Set(marks.flatMap(({ start, end }) => [start, end]))].sort((x, y) => x - y)
  const [left, right] = [positions(a), positions(b)]
  let [shared, i, j] = [0, 0, 0]
  while (i < left.length && j < right.length) {
    const apart = left[i]! - right[j]!
    if (Math.abs(apart) <= tolerance) {
      shared += 1
      i += 1
      j += 1
    } else if (apart < 0) i += 1
    else j += 1
  }
  return { shared, left: left.length, right: right.length }
}
