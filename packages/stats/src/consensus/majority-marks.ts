import { coverage, type MarkedItem } from '../agreement/marks.ts'
import { checkNumber } from '../check.ts'

/** A stretch of text that so many raters marked with a type, in code points, `end` exclusive; `start = end` is an insertion point. */
export interface MarkedStretch {
  type: string
  start: number
  end: number
  votes: number
  /** Of all raters of the item, those who marked nothing included. */
  share: number
}

export interface MajorityMarks {
  /** In the order of the text; each stretch has one number of votes, and ends where that number changes. */
  stretches: MarkedStretch[]
  /** The chance that two raters differ on a code point that anybody marked with a type, in 0..1; null with fewer than two raters, or no mark. */
  spread: number | null
}

export interface MajorityMarksOptions {
  /** A stretch needs more than this share of the raters; 0.5 by default. With 0 all that anybody marked is returned. */
  above?: number
}

/**
 * The marks of a majority: for each type, the stretches of an item's text that more than half of its raters marked.
 *
 * Misleads where raters agree on a fault but not on its edges: only the common core remains, or nothing; and with few raters, of whom two of three are
 * a majority that chance makes often. Show the votes, and `marksAlpha` with them.
 *
 * @param raters Those who read one item, each once, with their marks; who marked nothing counts as well.
 * @param options.above A stretch needs more than this share of the raters; 0.5 by default, so that half of them are no majority.
 * @returns The stretches with their votes. Marks of one rater and type that overlap count once; insertion points count where they are at the same place.
 * @throws StatsError `range` for a share outside 0..1.
 *
 * Source: character-wise majority, as plurality voting over spans. O(M log M) time for M marks.
 *
 * @example
 * majorityMarks([[0, 4], [2, 6], [3, 4]].map(([start, end], rater) => (
 *   { rater: String(rater), marks: [{ type: 'wrong', start, end }] }
 * ))).stretches.map(({ start, end, votes }) => [start, end, votes]) // => [[2, 3, 2], [3, 4, 3]]
 */
export function majorityMarks(raters: readonly MarkedItem[], options: MajorityMarksOptions = {}): MajorityMarks {
  const { above = 0.5 } = options
  checkNumber('above', above, 0, 1)
  const n = raters.length
  const types = new Set(raters.flatMap(({ marks }) => marks.map(({ type }) => type)))
  const all = [...types].flatMap((type) => {
    const own = raters.map(({ marks }) => marks.filter((mark) => mark.type === type))
    return [...rangesOf(own), ...insertionsOf(own)].map((stretch) => ({ type, ...stretch, share: stretch.votes / n }))
  })
  let [size, apart] = [0, 0]
  for (const { start, end, votes } of all) {
    // An insertion point weighs as one code point.
    const length = Math.max(1, end - start)
    size += length
    apart += (length * 2 * votes * (n - votes)) / (n * (n - 1))
  }
  return {
    stretches: all.filter(({ share }) => share > above).sort((a, b) => a.start - b.start || a.end - b.end || (a.type < b.type ? -1 : 1)),
    spread: n < 2 || size === 0 ? null : apart / size,
  }
}

type Stretch = Pick<MarkedStretch, 'start' | 'end' | 'votes'>

/** Where anybody's ranges lie, cut where the number of raters changes. */
function rangesOf(raters: readonly MarkedItem['marks'][]): Stretch[] {
  const changes = new Map<number, number>()
  const change = (at: number, by: number) => changes.set(at, (changes.get(at) ?? 0) + by)
  for (const marks of raters)
    for (const [start, end] of coverage(marks)) {
      change(start, 1)
      change(end, -1)
    }
  const stretches: Stretch[] = []
  let [votes, from] = [0, 0]
  for (const [at, by] of [...changes].sort(([a], [b]) => a - b)) {
    // Where one rater ends and another begins the number stays.
    if (by === 0) continue
    if (votes > 0) stretches.push({ start: from, end: at, votes })
    votes += by
    from = at
  }
  return stretches
}

function insertionsOf(raters: readonly MarkedItem['marks'][]): Stretch[] {
  const places = raters.flatMap((marks) => [...new Set(marks.flatMap(({ start, end }) => (start === end ? [start] : [])))])
  return Array.from(
    Map.groupBy(places, (place) => place),
    ([place, own]) => ({ start: place, end: place, votes: own.length }),
  )
}
