import { bootstrapSums, type BootstrapOptions } from '../numeric/bootstrap.ts'
import type { Estimate } from '../result.ts'
import { effectiveSampleSize } from '../sampling/effective-sample-size.ts'
import { checkItemWeights, type ItemWeights } from './item-weight.ts'
import { groupBy, type Ratings } from './ratings.ts'

export interface NoiseCeilingOptions extends BootstrapOptions, ItemWeights {
  /** `accuracy` compares with the commonest value, for categories; `correlation` with the mean, for numbers. */
  measure: 'accuracy' | 'correlation'
}

export interface NoiseCeiling {
  /** What the view of the other raters of an item reaches: a model can be this good without knowing the rater. */
  low: Estimate<CeilingDetails>
  /** What the view of all raters reaches, the rater included: no prediction made from the item alone can be better. */
  high: Estimate<CeilingDetails>
}
export interface CeilingDetails {
  items: number
  ratings: number
  /** Kish's effective number of those items, where they are weighted. */
  effective?: number
}

/**
 * Noise ceiling: how well a single rating can be predicted from its item at all, as a lower and an upper bound; accuracy in 0..1 or Pearson
 * correlation in −1..1. A model that reaches it cannot be told from a further rater.
 *
 * Misleads with two raters an item: the others' view is then one noisy rating (too low), and the view of all holds half of the rating itself
 * (too high). A bias that all raters share counts as signal.
 *
 * @param ratings R ratings; items with fewer than two drop out. @param options.measure `accuracy`, where ties for the commonest value count in
 *   equal parts, or `correlation`, for values that are numbers. @param options.itemWeights As in `krippendorffAlpha`; 1 each by default.
 * @returns Both bounds with bootstrap intervals over items. Null with `no-ratings`, `no-pairs`, `no-weight`, `not-numeric`, or `no-variance`.
 * @throws StatsError `shape` or `range` for weights that are not one of at least 0 for each item.
 *
 * Source: Nili et al. (2014), A toolbox for representational similarity analysis, PLoS Computational Biology 10(4),
 *   doi:10.1371/journal.pcbi.1003553, applied to single ratings. O(R·K) time.
 *
 * @example
 * noiseCeiling(ratingsFromTable([[1, 1, 1], [2, 2, 1]]), { measure: 'accuracy' }).high.estimate // => 5 / 6
 */
export function noiseCeiling(ratings: Ratings, options: NoiseCeilingOptions): NoiseCeiling {
  const { itemWeights } = options
  if (itemWeights !== undefined) checkItemWeights(itemWeights, ratings.itemNames.length)
  const { start, positions } = groupBy(ratings.items, ratings.itemNames.length)
  const paired = ratings.itemNames
    .map((_, i) => ({ own: positions.subarray(start[i]!, start[i + 1]!), weight: itemWeights === undefined ? 1 : itemWeights[i]! }))
    .filter(({ own }) => own.length >= 2)
  const rated = paired.filter(({ weight }) => weight > 0)
  const details = {
    items: rated.length,
    ratings: rated.reduce((sum, { own }) => sum + own.length, 0),
    ...(itemWeights !== undefined && { effective: effectiveSampleSize(rated.map(({ weight }) => weight)).estimate ?? 0 }),
  }
  const none = (reason: 'no-ratings' | 'no-pairs' | 'no-weight' | 'not-numeric'): NoiseCeiling => {
    const without = { estimate: null, reason, ...details } as const
    return { low: without, high: without }
  }
  if (ratings.items.length === 0) return none('no-ratings')
  if (rated.length === 0) return none(paired.length === 0 ? 'no-pairs' : 'no-weight')
  if (options.measure === 'correlation' && ratings.numbers === null) return none('not-numeric')
  const width = options.measure === 'accuracy' ? 2 : 6
  const statistic = options.measure === 'accuracy' ? share : correlation
  const bound = (withOwn: boolean): Estimate<CeilingDetails> => {
    const sums = new Float64Array(width * rated.length)
    rated.forEach(({ own, weight }, i) => {
      const into = sums.subarray(width * i, width * (i + 1))
      if (options.measure === 'accuracy') addHits(ratings, own, withOwn, into)
      else addProducts(ratings.numbers!, ratings.values, own, withOwn, into)
      into.forEach((value, at) => (into[at] = weight * value))
    })
    const totals = new Float64Array(width)
    sums.forEach((value, at) => (totals[at % width]! += value))
    const estimate = statistic(totals)
    if (estimate === null) return { estimate, reason: 'no-variance', ...details }
    return { estimate, ...bootstrapSums(sums, width, 'items', statistic, options), ...details }
  }
  return { low: bound(false), high: bound(true) }
}

/** Adds hits and ratings: how often the commonest value, with or without the rating itself, is the rating. */
function addHits({ values, valueNames }: Ratings, own: Int32Array, withOwn: boolean, into: Float64Array): void {
  const counts = new Float64Array(valueNames.length)
  for (const j of own) counts[values[j]!]! += 1
  for (const j of own) {
    const value = values[j]!
    if (!withOwn) counts[value]! -= 1
    const most = Math.max(...counts)
    const commonest = counts.reduce((sum, count) => sum + (count === most ? 1 : 0), 0)
    into[0]! += counts[value] === most ? 1 / commonest : 0
    into[1]! += 1
    if (!withOwn) counts[value]! += 1
  }
}

/** Adds n, Σx, Σy, Σxy, Σx² and Σy² of ratings x and means y. */
function addProducts(numbers: Float64Array, values: Int32Array, own: Int32Array, withOwn: boolean, into: Float64Array): void {
  let sum = 0
  for (const j of own) sum += numbers[values[j]!]!
  for (const j of own) {
    const x = numbers[values[j]!]!
    const y = withOwn ? sum / own.length : (sum - x) / (own.length - 1)
    ;[1, x, y, x * y, x * x, y * y].forEach((value, at) => (into[at]! += value))
  }
}

function share(totals: Float64Array): number | null {
  return totals[1]! > 0 ? totals[0]! / totals[1]! : null
}

function correlation([n = 0, x = 0, y = 0, xy = 0, xx = 0, yy = 0]: Float64Array): number | null {
  const [varianceX, varianceY] = [xx - (x * x) / n, yy - (y * y) / n]
  if (!(varianceX > 1e-12 * xx && varianceY > 1e-12 * yy)) return null
  return Math.min(1, Math.max(-1, (xy - (x * y) / n) / Math.sqrt(varianceX * varianceY)))
}
