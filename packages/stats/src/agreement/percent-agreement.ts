import { bootstrapSums, type BootstrapOptions } from '../numeric/bootstrap.ts'
import type { Estimate } from '../result.ts'
import { distinctPatterns } from './pattern.ts'
import type { Ratings } from './ratings.ts'
import { unanimousInterval } from './unanimous-interval.ts'

/**
 * Percent agreement: the chance that two ratings of one item agree, averaged over items, in 0..1. Larger is better.
 *
 * Misleads always a little: raters who guess agree often when categories are few or one dominates. Show it beside alpha, not instead.
 *
 * @param ratings R ratings; items with fewer than two drop out. Every item weighs the same, however many ratings it has.
 * @returns `estimate` with a bootstrap interval over items (Wilson's where all agree). Null with `no-ratings` or `no-pairs`.
 *
 * Source: Fleiss (1971), the mean of the extents of agreement P_i. O(R) time.
 *
 * @example
 * percentAgreement(ratingsFromTable([[1, 1], [2, 2], [1, 2], [2, 2]])).estimate // => 0.75
 */
export function percentAgreement(ratings: Ratings, options: BootstrapOptions = {}): Estimate<{ items: number }> {
  if (ratings.items.length === 0) return { estimate: null, reason: 'no-ratings' }
  const patterns = distinctPatterns(ratings, 2)
  // Items with the same share are one cluster: there are few shares.
  const shares = new Map<number, number>()
  let [sum, items] = [0, 0]
  for (const [p, size] of patterns.sizes.entries()) {
    let pairs = 0
    for (let j = patterns.start[p]!; j < patterns.start[p + 1]!; j += 1) pairs += patterns.counts[j]! * (patterns.counts[j]! - 1)
    const share = pairs / (size * (size - 1))
    const count = patterns.multiplicities[p]!
    shares.set(share, (shares.get(share) ?? 0) + count)
    sum += share * count
    items += count
  }
  if (items === 0) return { estimate: null, reason: 'no-pairs', items }
  if (shares.size === 1 && sum === items && options.resamples !== 0 && options.part === undefined)
    return { estimate: 1, ...unanimousInterval(items, options.confidence), items }
  const rows = Float64Array.from([...shares.keys()].flatMap((share) => [share, 1]))
  const interval = bootstrapSums(rows, 2, 'items', (totals) => totals[0]! / totals[1]!, {
    ...options,
    multiplicities: [...shares.values()],
  })
  return { estimate: sum / items, ...interval, items }
}
