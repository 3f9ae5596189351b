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

/** Takes rows of marks one by one, so that a file of any length can be read as a stream. */
export interface MarksBuilder {
  /** Adds a row. @throws StatsError as `groupMarks`. */
  add(row: MarkRow): void
  /** All marks added so far, by item and rater. */
  build(): MarkedText[]
}

export function marksBuilder(): MarksBuilder {
  const items = new Map<string, { length: number; raters: Map<string, MarkedItem['marks'][number][]> }>()
  // One string for each type, however many rows have it.
  const types = new Map<string, string>()
  return {
    add({ item, rater, type, start, end, length }) {
      const known = items.get(item) ?? { length, raters: new Map() }
      if (known.length !== length)
        throw new StatsError({ code: 'shape', argument: 'length', expected: `${known.length}, as before for ${item}`, received: length })
      const whole = Number.isInteger(start) && Number.isInteger(end) && Number.isInteger(length)
      if (type !== '' && (!whole || start < 0 || end < start || end > length)) {
        const expected = `whole numbers with 0 ≤ start ≤ end ≤ ${length} in ${item}`
        throw new StatsError({ code: 'range', argument: 'start, end', expected, received: `${start}, ${end}` })
      }
      items.set(item, known)
      const marks = known.raters.get(rater) ?? []
      known.raters.set(rater, marks)
      if (type === '') return
      const own = types.get(type) ?? type
      types.set(type, own)
      marks.push({ type: own, start, end })
    },
    build: () =>
      Array.from(items, ([item, { length, raters }]) => ({
        item,
        length,
        raters: Array.from(raters, ([rater, marks]) => ({ rater, marks: withoutRepeats(marks) })),
      })),
  }
}

/**
 * Groups rows of marks by item and rater; a mark that a rater gave twice counts once.
 *
 * @param rows One per mark, and one with an empty type for a rater who marked nothing in an item.
 * @throws StatsError `range` for offsets that are not whole numbers within the text, or end before they start; `shape` for two lengths of one item.
 */
export function groupMarks(rows: Iterable<MarkRow>): MarkedText[] {
  const builder = marksBuilder()
  for (const row of rows) builder.add(row)
  return builder.build()
}

function withoutRepeats(marks: MarkedItem['marks']): MarkedItem['marks'] {
  if (marks.length < 2) return marks
  return [...new Map(marks.map((mark) => [`${mark.start} ${mark.end} ${mark.type}`, mark])).values()]
}

/** A token of a text: where it lies, in code points, `end` exclusive. */
export interface Token {
  start: number
  end: number
}

/**
 * Marks counted in tokens (words, sentences) in place of code points: a token is marked where a mark touches it. `marksAlpha` and `marksF1` of the result
 * do not care where in a word a mark begins.
 *
 * @param texts Items with marks in code points. @param tokens By item, its tokens in order, without overlap. An insertion point becomes the one before
 *   the token that begins there or later.
 * @returns The same items with offsets and lengths in tokens. Marks that touch no token become insertion points.
 * @throws StatsError `shape` for an item without tokens listed; `range` for tokens that are not whole, in order and within the text.
 *
 * @example
 * marksOverTokens(
 *   groupMarks([{ item: 'i', rater: 'a', type: 'wrong', start: 2, end: 5, length: 9 }]),
 *   new Map([['i', [{ start: 0, end: 3 }, { start: 4, end: 9 }]]]),
 * )[0].raters[0].marks // => [{ type: 'wrong', start: 0, end: 2 }]
 */
export function marksOverTokens(texts: readonly MarkedText[], tokens: ReadonlyMap<string, readonly Token[]>): MarkedText[] {
  return texts.map(({ item, length, raters }) => {
    const own = tokens.get(item)
    if (own === undefined)
      throw new StatsError({ code: 'shape', argument: 'tokens', expected: `the tokens of ${item}`, received: undefined })
    let before = 0
    for (const { start, end } of own) {
      if (!Number.isInteger(start) || !Number.isInteger(end) || start < before || end <= start || end > length) {
        const expected = `whole ranges in order within 0..${length} in ${item}`
        throw new StatsError({ code: 'range', argument: 'tokens', expected, received: `${start}, ${end}` })
      }
      before = end
    }
    // The first token that ends after a position, and how many begin before it.
    const endsAfter = (position: number) => firstWhere(own.length, (k) => own[k]!.end > position)
    const beginBefore = (position: number) => firstWhere(own.length, (k) => own[k]!.start >= position)
    const inTokens = (mark: MarkedItem['marks'][number]) => {
      const start = mark.end > mark.start ? endsAfter(mark.start) : beginBefore(mark.start)
      return { type: mark.type, start, end: mark.end > mark.start ? Math.max(start, beginBefore(mark.end)) : start }
    }
    return { item, length: own.length, raters: raters.map(({ rater, marks }) => ({ rater, marks: withoutRepeats(marks.map(inTokens)) })) }
  })
}

/** The first index for which a condition holds that then holds for all later ones; the length if there is none. */
function firstWhere(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
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
