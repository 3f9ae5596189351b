import { bootstrapSums, type BootstrapOptions } from '../numeric/bootstrap.ts'
import type { Estimate } from '../result.ts'
import { effectiveSampleSize } from '../sampling/effective-sample-size.ts'
import { checkItemWeights, type ItemWeights } from './item-weight.ts'
import { coverage, type MarkedText } from './marks.ts'
import { unanimousInterval } from './unanimous-interval.ts'

export interface MarksAlphaOptions extends BootstrapOptions, ItemWeights {
  /** Marks of this type only; all types alike when left out. */
  type?: string
  /** `all` text (default), or only the `marked` characters: those that at least one rater marked. */
  text?: 'all' | 'marked'
}

export interface MarksAlphaDetails {
  /** Items that at least two raters read. */
  items: number
  /** Kish's effective number of those items, where they are weighted. */
  effective?: number
  /** Code points of those items (or their marked part), and the share that a rater marked on average. */
  characters: number
  markedShare: number
}

/**
 * Krippendorff's alpha of marks: whether raters mark the same characters, beyond chance. Each code point is a unit that each rater marked or
 * not. 1 is perfect, 0 is chance, below 0 is avoidance.
 *
 * Misleads in both directions, so look at both: over `all` text the long unmarked parts make any overlap look good; over `marked` text alone
 * there is little chance agreement to speak of, and slightly different edges look bad. Insertion points have no characters: see `marksF1`.
 *
 * @param texts Items with the marks of each rater who read them (`groupMarks`); items with fewer than two raters drop out.
 * @param options.itemWeights One for each of `texts`, as in `krippendorffAlpha`; 1 each by default.
 * @returns `estimate` with a bootstrap interval over items (Wilson's where all agree). Null with `no-ratings`, `no-pairs` (no item has two raters),
 *   `no-weight` (none of those weighs anything) or `no-variation` (nothing is marked, or everything by everybody).
 * @throws StatsError `shape` or `range` for weights that are not one of at least 0 for each text.
 *
 * Source: Krippendorff (1995), On the reliability of unitizing continuous data, with the binary nominal alpha of Krippendorff (2011) over
 *   code points. O(M log M) time for M marks: text is cut where a mark begins or ends.
 *
 * @example
 * marksAlpha(groupMarks([
 *   { item: 'i', rater: 'a', type: 'wrong', start: 0, end: 2, length: 4 },
 *   { item: 'i', rater: 'b', type: 'wrong', start: 0, end: 2, length: 4 },
 * ])).estimate // => 1
 */
export function marksAlpha(texts: readonly MarkedText[], options: MarksAlphaOptions = {}): Estimate<MarksAlphaDetails> {
  const { type, text = 'all', itemWeights } = options
  if (itemWeights !== undefined) checkItemWeights(itemWeights, texts.length)
  if (texts.length === 0) return { estimate: null, reason: 'no-ratings' }
  const readByTwo = texts
    .map((item, i) => ({ item, weight: itemWeights === undefined ? 1 : itemWeights[i]! }))
    .filter(({ item }) => item.raters.length >= 2)
  const paired = readByTwo.filter(({ weight }) => weight > 0)
  // Per item: values not marked, values marked, disagreeing pairs (each way), code points.
  const sums = new Float64Array(4 * paired.length)
  paired.forEach(({ item, weight }, i) => {
    const into = sums.subarray(4 * i, 4 * i + 4)
    addItem(item, type, text, into)
    into.forEach((value, at) => (into[at] = weight * value))
  })
  const totals = new Float64Array(4)
  sums.forEach((value, at) => (totals[at % 4]! += value))
  const values = totals[0]! + totals[1]!
  const effective = effectiveSampleSize(paired.map(({ weight }) => weight)).estimate ?? 0
  const details = {
    items: paired.length,
    ...(itemWeights !== undefined && { effective }),
    characters: totals[3]!,
    markedShare: values > 0 ? totals[1]! / values : 0,
  }
  if (paired.length === 0) return { estimate: null, reason: readByTwo.length === 0 ? 'no-pairs' : 'no-weight', ...details }
  const estimate = alphaOf(totals)
  if (estimate === null) return { estimate: null, reason: 'no-variation', ...details }
  const unanimous = totals[2] === 0 && options.resamples !== 0 && options.part === undefined
  const interval = unanimous ? unanimousInterval(effective, options.confidence) : bootstrapSums(sums, 4, 'items', alphaOf, options)
  return { estimate, ...interval, ...details }
}

/** α = 1 − (n − 1)·o₀₁ / (n₀·n₁) with o₀₁ both ways, hence ·2 below. */
function alphaOf(totals: Float64Array): number | null {
  const [unmarked, marked, disagreements] = [totals[0]!, totals[1]!, totals[2]!]
  if (unmarked === 0 || marked === 0) return null
  return 1 - ((unmarked + marked - 1) * disagreements) / (2 * unmarked * marked)
}

function addItem({ raters, length }: MarkedText, type: string | undefined, text: 'all' | 'marked', into: Float64Array): void {
  const m = raters.length
  const edges = raters.flatMap(({ marks }) =>
    coverage(type === undefined ? marks : marks.filter((mark) => mark.type === type)).flatMap(([start, end]) => [
      { at: start, change: 1 },
      { at: end, change: -1 },
    ]),
  )
  edges.push({ at: length, change: 0 })
  edges.sort((a, b) => a.at - b.at)
  let [marked, from] = [0, 0]
  for (const { at, change } of edges) {
    const size = at - from
    if (size > 0 && (text === 'all' || marked > 0)) {
      into[0]! += size * (m - marked)
      into[1]! += size * marked
      into[2]! += (2 * size * marked * (m - marked)) / (m - 1)
      into[3]! += size
    }
    marked += change
    from = at
  }
}
