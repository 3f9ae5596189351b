import { clusteredProportion } from '../inference/clustered-mean.ts'
import type { Estimate } from '../result.ts'
import { distinctPatterns } from './pattern.ts'
import type { Ratings } from './ratings.ts'

/**
 * Percent agreement: the chance that two ratings of one item agree, averaged over items, in 0..1. Larger is better.
 *
 * Misleads always a little: raters who guess agree often when categories are few or one dominates. Show it beside alpha, not instead.
 *
 * @param ratings R ratings; items with fewer than two drop out. Every item weighs the same, however many ratings it has.
 * @param options.confidence 0.95 by default.
 * @returns `estimate` with the interval of a `clusteredProportion` over items; none with one item. Null with `no-ratings` or `no-pairs`.
 *
 * Source: Fleiss (1971), the mean of the extents of agreement P_i. O(R) time.
 *
 * @example
 * percentAgreement(ratingsFromTable([[1, 1], [2, 2], [1, 2], [2, 2]])).estimate // => 0.75
 */
export function percentAgreement(ratings: Ratings, options: { confidence?: number } = {}): Estimate<{ items: number }> {
  if (ratings.items.length === 0) return { estimate: null, reason: 'no-ratings' }
  const { start, counts, sizes, multiplicities } = distinctPatterns(ratings, 2)
  const items = multiplicities.reduce((sum, count) => sum + count, 0)
  if (items === 0) return { estimate: null, reason: 'no-pairs', items }
  // Every item counts for as many trials as the one with the most pairs of ratings has pairs.
  const trials = sizes.reduce((most, size) => Math.max(most, (size * (size - 1)) / 2), 0)
  const sums = new Float64Array(items)
  for (let p = 0, at = 0; p < sizes.length; p += 1) {
    let pairs = 0
    for (let j = start[p]!; j < start[p + 1]!; j += 1) pairs += counts[j]! * (counts[j]! - 1)
    sums.fill((trials * pairs) / (sizes[p]! * (sizes[p]! - 1)), at, at + multiplicities[p]!)
    at += multiplicities[p]!
  }
  const { n: _, clusters: __, se: ___, ...found } = clusteredProportion({ sums, sizes: new Float64Array(items).fill(trials) }, options)
  return { ...found, items }
}
