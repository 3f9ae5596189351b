import { checkNumber } from '../check.ts'
import { StatsError } from '../error.ts'
import { clusteredSlope, type SlopeDetails } from '../inference/clustered-slope.ts'
import type { Estimate } from '../result.ts'

export interface LengthRating {
  item: string | number
  rater: string | number
  value: number
  /** Length of what was rated, above 0, in any unit; the same for all ratings of an item. */
  length: number
}

export interface LengthHabit {
  /** How much ratings rise per doubling of the length, over all raters, each measured from their own level. */
  association: Estimate<SlopeDetails>
  /** The same of each rater beyond the others on the same items: what is the rater's own. */
  raters: { rater: string; habit: Estimate<SlopeDetails> }[]
}

/**
 * Length habit: whether ratings rise with the length of what is rated, and which raters like length more than the others do.
 *
 * Misleads if the association is taken for a bias: longer outputs may be better. What a rater adds to the others on the very same items is a habit;
 * the habit that all share is not to be seen here. For comparisons see `bradleyTerry` with a control, and `controlByRater`.
 *
 * @param ratings One row per rating. @param options.confidence 0.95 by default.
 * @returns Slopes in the value's unit per doubling, with jackknife intervals over items; raters in order of appearance. Null with `no-ratings`, also for
 *   a rater without an item that others rated, and `no-variance` if all lengths are equal.
 * @throws StatsError `range` for a length of 0 or less, or values that are not finite; `shape` for two lengths of one item.
 *
 * Source: as `clusteredSlope`; Singhal et al. (2023), A long way to go, arXiv:2310.03716, on length in human preference. O(N).
 *
 * @example
 * lengthHabit([1, 2, 4].map((length) => ({ item: length, rater: 'a', value: Math.log2(length), length }))).association.estimate // => 1
 */
export function lengthHabit(ratings: readonly LengthRating[], options: { confidence?: number } = {}): LengthHabit {
  const items = new Map<string, { doublings: number; sum: number; n: number }>()
  for (const [row, { item, value, length }] of ratings.entries()) {
    checkNumber(`ratings[${row}].value`, value)
    checkNumber(`ratings[${row}].length`, length, Number.MIN_VALUE)
    const known = items.get(String(item)) ?? { doublings: Math.log2(length), sum: 0, n: 0 }
    items.set(String(item), known)
    if (known.doublings !== Math.log2(length))
      throw new StatsError({
        code: 'shape',
        argument: `ratings[${row}].length`,
        expected: `the same as before for ${item}`,
        received: length,
      })
    known.sum += value
    known.n += 1
  }
  const slope = (rows: readonly LengthRating[], y: number[], within?: string[]) =>
    clusteredSlope(
      y,
      rows.map(({ item }) => items.get(String(item))!.doublings),
      { ...options, clusters: rows.map(({ item }) => String(item)), ...(within === undefined ? {} : { within }) },
    )
  return {
    association: slope(
      ratings,
      ratings.map(({ value }) => value),
      ratings.map(({ rater }) => String(rater)),
    ),
    raters: Array.from(
      Map.groupBy(ratings, ({ rater }) => String(rater)),
      ([rater, own]) => {
        const sums = new Map<string, { sum: number; n: number }>()
        for (const { item, value } of own) {
          const known = sums.get(String(item)) ?? { sum: 0, n: 0 }
          sums.set(String(item), { sum: known.sum + value, n: known.n + 1 })
        }
        const shared = own.filter(({ item }) => items.get(String(item))!.n > sums.get(String(item))!.n)
        const beyond = shared.map(({ item, value }) => {
          const [all, mine] = [items.get(String(item))!, sums.get(String(item))!]
          return value - (all.sum - mine.sum) / (all.n - mine.n)
        })
        return { rater, habit: slope(shared, beyond) }
      },
    ),
  }
}
