/** More values than this are measurements: they are put into tenths. */
const MOST_LEVELS = 20
const PARTS = 10
/** Whole ratings without a rubric are offered from 1 to this. */
const USUAL_TOP = 5

/** A scale that ratings are read on: how many levels it has, and the level of a value, from 0. */
export interface RatingScale {
  levels: number
  levelOf: (value: number) => number
}

/**
 * The ordered levels of a criterion's ratings. Only their order matters, as the distances between levels are estimated in training.
 *
 * | ratings | levels |
 * |---|---|
 * | of a rubric with points | its points, and values that an earlier version had |
 * | 0 and 1 alone | 2 |
 * | whole numbers, at most 20 apart | every number from 1 (or 0, or the lowest below) to the highest, to 5 at least |
 * | others, of which there are at most 20 | each value |
 * | others | tenths, by how often values occur |
 *
 * @param values All ratings on the criterion. @param points What the rubric offers, where it does.
 */
export function ratingScale(values: readonly number[], points: readonly number[] = []): RatingScale {
  const distinct = [...new Set([...values, ...points])].toSorted((a, b) => a - b)
  if (points.length === 0 && distinct.every(Number.isInteger)) {
    const [lowest = 1, highest = 1] = [distinct[0], distinct.at(-1)]
    if (lowest >= 0 && highest <= 1) return { levels: 2, levelOf: (value) => value }
    const from = lowest >= 1 ? 1 : Math.min(0, lowest)
    const levels = Math.max(highest, USUAL_TOP) - from + 1
    if (levels <= MOST_LEVELS + 1) return { levels, levelOf: (value) => value - from }
  }
  if (distinct.length <= MOST_LEVELS) return { levels: Math.max(2, distinct.length), levelOf: (value) => distinct.indexOf(value) }
  const sorted = values.toSorted((a, b) => a - b)
  const cuts = [...new Set(Array.from({ length: PARTS - 1 }, (_, part) => sorted[Math.ceil(((part + 1) * sorted.length) / PARTS)]!))]
  return { levels: cuts.length + 1, levelOf: (value) => cuts.filter((cut) => cut <= value).length }
}
