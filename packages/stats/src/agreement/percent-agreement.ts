import { checkFraction } from '../check.ts'
import type { Estimate } from '../result.ts'
import { chanceInterval } from './chance-influence.ts'
import { type ItemWeights, pairedItems } from './item-weight.ts'
import type { Ratings } from './ratings.ts'
import { unanimousInterval } from './unanimous-interval.ts'

/**
 * Percent agreement: the chance that two ratings of one item agree, averaged over items, in 0..1. Larger is better.
 *
 * Misleads always a little: raters who guess agree often when categories are few or one dominates. Show it beside alpha, not instead.
 *
 * @param ratings R ratings; items with fewer than two drop out. Every item weighs the same, however many ratings it has.
 * @param options.confidence 0.95 by default.
 * @param options.itemWeights As in `krippendorffAlpha`; an item then counts by its weight. All 1 by default.
 * @returns `estimate` with an interval linearised over items (t on Wilson's scale, with two ratings' worth of imagined items, as
 *   `gwetAC1`; Wilson's where all agree); none with one item. Null with `no-ratings`, `no-pairs`, or `no-weight` if
 *   no item with two ratings weighs anything.
 * @throws StatsError `shape` or `range` for weights that are not one of at least 0 for each item.
 *
 * Source: Fleiss (1971), the mean of the extents of agreement P_i. O(R) time.
 *
 * @example
 * percentAgreement(ratingsFromTable([[1, 1], [2, 2], [1, 2], [2, 2]])).estimate // => 0.75
 */
export function percentAgreement(
  ratings: Ratings,
  options: { confidence?: number } & ItemWeights = {},
): Estimate<{ items: number; effective?: number }> {
  if (ratings.items.length === 0) return { estimate: null, reason: 'no-ratings' }
  const { confidence = 0.95 } = options
  checkFraction('confidence', confidence)
  const paired = pairedItems(ratings, options)
  const { patterns, items, effective, missing } = paired
  if (missing !== null) return { estimate: null, reason: missing, items }
  const { start, counts, sizes, multiplicities } = patterns
  let [sum, total] = [0, 0]
  for (let p = 0; p < sizes.length; p += 1) {
    let pairs = 0
    for (let j = start[p]!; j < start[p + 1]!; j += 1) pairs += counts[j]! * (counts[j]! - 1)
    sum += (multiplicities[p]! * pairs) / (sizes[p]! * (sizes[p]! - 1))
    total += multiplicities[p]!
  }
  const estimate = sum / total
  const details = { items, ...(paired.typical !== null && { effective }) }
  if (items === 1) return { estimate, ...details }
  if (sum === total) return { estimate: 1, ...unanimousInterval(effective, confidence), ...details }
  // As a coefficient in −1..1, beyond a chance of a half whatever the categories.
  const even = (_weights: Float64Array | null, shares: Float64Array) => ({
    perCategory: shares.map(() => 0.5),
    expected: 0.5,
    varies: true,
  })
  const { low, high, method } = chanceInterval(2 * estimate - 1, paired, ratings.valueNames.length, null, even, {
    scale: 'wilson',
    confidence,
  })
  return { estimate, low: (1 + low) / 2, high: (1 + high) / 2, confidence, method, ...details }
}
