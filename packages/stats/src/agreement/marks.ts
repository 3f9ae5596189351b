import { StatsError } from '../error.ts'

/** One typed range that a rater marked in an item's text, in Unicode code points, `end` exclusive; `start = end` is an insertion point. */
export interface MarkRow {
  item: string
  rater: string
  /** Empty: the rater read the item and marked nothing. Such a row makes the rater count on the item. */
  type: string
  start: number
  end: number
  /** Length of the item's text in code points; the same on every row of an item. */
  length: number
}

/** The marks of one rater in one item. */
export interface MarkedItem {
  rater: string
  marks: readonly { type: string; start: number; end: number }[]
}

/** Marks by item: who read it, and what each of them marked. */
export interface MarkedText {
  item: string
  length: number
  raters: readonly MarkedItem[]
}

/**
 * Groups rows of marks by item and rater; a mark that a rater gave twice counts once.
 *
 * @param rows One per mark, and one with an empty type for a rater who marked nothing in an item.
 * @throws StatsError `range` for offsets that are not whole numbers within the text, or end before they start; `shape` for two lengths of one item.
 */
export function groupMarks(rows: Iterable<MarkRow>): MarkedText[] {
  const items = new Map<string, { length: number; raters: Map<string, Map<string, MarkedItem['marks'][number]>> }>()
  for (const { item, rater, type, start, end, length } of rows) {
    const known = items.get(item) ?? { length, raters: new Map() }
    items.set(item, known)
    if (known.length !== length)
      throw new StatsError({ code: 'shape', argument: 'length', expected: `${known.length}, as before for ${item}`, received: length })
    const marks = known.raters.get(rater) ?? new Map<string, MarkedItem['marks'][number]>()
    known.raters.set(rater, marks)
    if (type === '') continue
    const whole = Number.isInteger(start) && Number.isInteger(end) && Number.isInteger(length)
    if (!whole || start < 0 || end < start || end > length) {
      const expected = `whole numbers with 0 ≤ start ≤ end ≤ ${length} in ${item}`
      throw new StatsError({ code: 'range', argument: 'start, end', expected, received: `${start}, ${end}` })
    }
    marks.set(`${start} ${end} ${type}`, { type, start, end })
  }
  return [...items].map(([item, { length, raters }]) => ({
    item,
    length,
    raters: [...raters].map(([rater, marks]) => ({ rater, marks: [...marks.values()] })),
  }))
}

/** The types of mark that occur, in alphabetical order. */
export function markTypes(texts: readonly MarkedText[]): string[] {
  const types = new Set(texts.flatMap(({ raters }) => raters.flatMap(({ marks }) => marks.map(({ type }) => type))))
  return [...types].sort()
}

/** Ranges merged where they overlap or touch, ascending; insertion points are left out. */
export function coverage(marks: readonly { start: number; end: number }[]): [number, number][] {
  const ranges: [number, number][] = []
  for (const { start, end } of marks.filter((mark) => mark.end > mark.start).toSorted((a, b) => a.start - b.start)) {
    const last = ranges.at(-1)
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end)
    else ranges.push([start, end])
  }
  return ranges
}
