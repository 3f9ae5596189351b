import type { Ratings } from '../agreement/ratings.ts'
import { StatsError } from '../error.ts'
import { deviationsFromOthers, type RaterLeniency } from './leniency.ts'

export interface RaterExtremeness {
  rater: string
  /**
   * Mean distance of the ratings from the middle of the scale, minus that of the others on the same items, in the values' unit: below 0 keeps to
   * the middle, above 0 goes to the ends.
   */
  extremeness: RaterLeniency['leniency']
  /** The same, drawn towards 0 as far as chance could explain it. */
  shrunk: number | null
}

/**
 * Central tendency: whether a rater keeps to the middle of the scale, or to its ends, more than the others do on the very same items.
 *
 * Misleads for a strict or lenient rater, who comes near an end for that reason: read `raterLeniency` first. An item whose truth lies in the middle
 * says nothing.
 *
 * @param ratings R numeric ratings; the scale reaches from the lowest to the highest of the declared values.
 * @param options.confidence 0.95 by default.
 * @returns One entry per rater with ratings, as `raterLeniency`. Reason `no-pairs` for a rater without a common item.
 * @throws StatsError as `raterLeniency`.
 *
 * Source: as `raterLeniency` (Saal, Downey & Lahey 1980 on central tendency), by distances from the midpoint. O(R).
 *
 * @example
 * centralTendency(ratingsFromTable([[1, 3], [5, 3], [1, 3]])).map(({ extremeness }) => extremeness.estimate) // => [2, -2]
 */
export function centralTendency(ratings: Ratings, options: { confidence?: number } = {}): RaterExtremeness[] {
  const { numbers } = ratings
  if (numbers === null)
    throw new StatsError({ code: 'unsupported', argument: 'ratings', expected: 'numeric values', received: ratings.valueNames[0] })
  const lowest = numbers.reduce((low, value) => Math.min(low, value), Infinity)
  const highest = numbers.reduce((high, value) => Math.max(high, value), -Infinity)
  const distances = numbers.map((value) => Math.abs(value - (lowest + highest) / 2))
  return deviationsFromOthers({ ...ratings, numbers: distances }, options).map(({ rater, deviation, shrunk }) => ({
    rater,
    extremeness: deviation,
    shrunk,
  }))
}
