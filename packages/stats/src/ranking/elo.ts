import { checkFraction, checkInteger, checkNumber } from '../check.ts'
import { sampleQuantile } from '../numeric/bootstrap.ts'
import { seededRandom } from '../numeric/random.ts'
import type { Comparisons } from './comparisons.ts'

export interface EloOptions {
  /** How far one comparison moves a rating at most, in points; 4 by default, slow, as systems do not change while they are compared. */
  k?: number
  /** Where everybody starts; 1000 by default. */
  initial?: number
}

export interface EloRating {
  name: string
  rating: number
  comparisons: number
}

/**
 * Elo ratings, updated comparison by comparison in the order given: for a display that moves as votes come in. 400 points are odds of 10 to 1.
 *
 * Misleads as a ranking: it depends on the order of the comparisons and forgets the early ones, and has no standard error. Rank by `bradleyTerry`;
 * to show ratings without the order's whim, `averagedElo`.
 *
 * @param comparisons N comparisons in the order in which they were made; a tie is half a win for each, `both_bad` moves nothing.
 * @param options.k 4 points by default. @param options.initial 1000 by default.
 * @returns Highest rating first; empty for no comparisons. Ratings keep their mean.
 * @throws StatsError `range` for a negative `k`, or numbers that are not finite.
 *
 * Source: Elo (1978), The Rating of Chessplayers, §1.6; with the logistic curve. O(N).
 *
 * @example
 * elo(encodeComparisons([{ left: 'a', right: 'b', outcome: 'left' }]), { k: 32 }).map(({ rating }) => rating) // => [1016, 984]
 */
export function elo(comparisons: Comparisons, options: EloOptions = {}): EloRating[] {
  const { k, initial } = readOptions(options)
  const ratings = play(comparisons, Int32Array.from(comparisons.left.keys()), k, initial)
  return describe(comparisons, ratings).sort(byRating)
}

export interface AveragedEloRating extends EloRating {
  /** The middle share `confidence` of the ratings over orders: how much of a rating is the order alone. Not a confidence interval. */
  low: number
  high: number
}

/**
 * Elo ratings averaged over random orders of the comparisons, so that they no longer depend on the order given.
 *
 * Misleads as an interval: `low` and `high` show the effect of the order alone, not that of other votes; that is what `bradleyTerry` has.
 *
 * @param comparisons N comparisons in any order. @param options.permutations 100 by default. @param options.seed 1 by default.
 * @param options.confidence Share of the orders between `low` and `high`; 0.95 by default.
 * @returns Highest mean rating first; empty for no comparisons.
 * @throws StatsError as `elo`, and `range` for no permutations.
 *
 * Source: as `elo`; averaged as Boubdir et al. (2023), Elo Uncovered, arXiv:2311.17295. O(N · permutations).
 *
 * @example
 * averagedElo(encodeComparisons([{ left: 'a', right: 'b', outcome: 'tie' }])).map(({ rating }) => rating) // => [1000, 1000]
 */
export function averagedElo(
  comparisons: Comparisons,
  options: EloOptions & { permutations?: number; seed?: number; confidence?: number } = {},
): AveragedEloRating[] {
  const { k, initial } = readOptions(options)
  const { permutations = 100, seed = 1, confidence = 0.95 } = options
  checkInteger('permutations', permutations, 1)
  checkFraction('confidence', confidence)
  const random = seededRandom(seed)
  const order = Int32Array.from(comparisons.left.keys())
  const all = comparisons.names.map(() => new Float64Array(permutations))
  for (let round = 0; round < permutations; round += 1) {
    for (let j = order.length - 1; j > 0; j -= 1) {
      const other = random.int(j + 1)
      const kept = order[j]!
      order[j] = order[other]!
      order[other] = kept
    }
    for (const [i, rating] of play(comparisons, order, k, initial).entries()) all[i]![round] = rating
  }
  const means = Float64Array.from(all, (ratings) => ratings.reduce((sum, rating) => sum + rating, 0) / permutations)
  const tail = (1 - confidence) / 2
  return describe(comparisons, means)
    .map((described, i) => {
      const sorted = all[i]!.sort()
      return { ...described, low: sampleQuantile(sorted, tail), high: sampleQuantile(sorted, 1 - tail) }
    })
    .sort(byRating)
}

function play({ left, right, outcomes, names }: Comparisons, order: Int32Array, k: number, initial: number): Float64Array {
  const ratings = new Float64Array(names.length).fill(initial)
  const won = [1, 0, 0.5]
  for (const j of order) {
    const score = won[outcomes[j]!]
    if (score === undefined) continue
    const [a, b] = [left[j]!, right[j]!]
    const move = k * (score - 1 / (1 + 10 ** ((ratings[b]! - ratings[a]!) / 400)))
    ratings[a]! += move
    ratings[b]! -= move
  }
  return ratings
}

function describe({ left, right, names }: Comparisons, ratings: Float64Array): EloRating[] {
  const counts = new Int32Array(names.length)
  for (let j = 0; j < left.length; j += 1) {
    counts[left[j]!]! += 1
    counts[right[j]!]! += 1
  }
  return names.map((name, i) => ({ name, rating: ratings[i]!, comparisons: counts[i]! }))
}

function byRating(a: EloRating, b: EloRating): number {
  return b.rating - a.rating || (a.name < b.name ? -1 : 1)
}

function readOptions({ k = 4, initial = 1000 }: EloOptions): { k: number; initial: number } {
  checkNumber('k', k, 0)
  checkNumber('initial', initial)
  return { k, initial }
}
