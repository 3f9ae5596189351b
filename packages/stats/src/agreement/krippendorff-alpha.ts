import { StatsError } from '../error.ts'
import { clusterBootstrap, type BootstrapOptions } from '../numeric/bootstrap.ts'
import type { Estimate } from '../result.ts'
import { alphaInfluences } from './alpha-influence.ts'
import { disagreement, metricOf, pairShare, type Level } from './disagreement.ts'
import { influenceInterval } from './influence-interval.ts'
import { itemInfluences, type ItemWeights, pairedItems } from './item-weight.ts'
import { filterRatings, type Ratings } from './ratings.ts'
import { unanimousInterval } from './unanimous-interval.ts'

export type { Level } from './disagreement.ts'

/** Imagined items of two ratings at random: see `withImagined`. */
const RANDOM_ITEMS = 0.2
const FEWEST_ITEMS = 5

export interface AlphaOptions extends BootstrapOptions, ItemWeights {
  /** An interval from so many resamples over items, or none with 0. By default it comes from how much each item moves alpha, without resampling. */
  resamples?: number
  /** How far apart two values are; `nominal` (equal or not) by default. */
  level?: Level
}

export interface AlphaDetails {
  level: Level
  /** Share of agreeing pairs of ratings, in 0..1, not corrected for chance. */
  percent: number
  /** Observed and expected disagreement, in squared units of the level. */
  observed: number
  expected: number
  /** Items with at least two ratings, and the ratings on them. */
  items: number
  ratings: number
  /** Kish's effective number of those items, where they are weighted. */
  effective?: number
}

/**
 * Krippendorff's alpha: reliability of ratings beyond chance, for any number of raters, with missing ratings. 1 is perfect
 * agreement, 0 is chance, below 0 is systematic disagreement; from 0.8 it is commonly called reliable, from 0.667 tentative.
 *
 * Misleads when one category is nearly always right: a handful of disagreements then drive it to 0 although the raters agree on
 * most items. Show `percent` with it.
 *
 * @param ratings R ratings. Items with fewer than two ratings drop out. A rater who rates an item twice counts as two.
 * @param options.level `nominal`; `ordinal` needs an order of the categories; `interval` and `ratio` need numbers, `ratio` none below 0.
 * @param options.itemWeights For the alpha of a population of which the items are no fair sample: see `ItemWeights`. All 1 by default.
 * @param options.resamples For a bootstrap interval over items (BCa, seeded) instead.
 * @returns `estimate`, with an interval linearised over items (t on Fisher's scale, with two ratings' worth of imagined items, so that it does not
 *   trust what a handful of items says of a rare value; none under five items; where no item has a disagreement, Wilson's bound on the share of
 *   items rated at random), and `percent`, `observed`, `expected`. `estimate` is null with reason `no-ratings`,
 *   `no-pairs` (no item has two ratings), `no-weight` (none of those weighs anything), `no-variation` (one value only: 0/0) or `too-many-values` (over 50,000 on the ratio level).
 * @throws StatsError `unsupported` for a level that the values do not have; `range` for negative values on the ratio level, or a weight below 0;
 *   `shape` if there is not one weight for each item.
 *
 * Source: Krippendorff (2011), Computing Krippendorff's alpha-reliability; (2019) Content Analysis, ch. 12; the interval as Efron (1982), The
 *   Jackknife, the Bootstrap and Other Resampling Plans, ch. 6, and Agresti & Coull (1998), doi:10.1080/00031305.1998.10480550. The ordinal metric is the squared difference of midranks. O(R + V) time for V values, O(R + V²) on the ratio level. Checked against its examples A and C.
 *
 * @example
 * krippendorffAlpha(ratingsFromTable([[1, 1], [2, 2], [1, 2], [2, 2]])).estimate // => 8 / 15
 */
export function krippendorffAlpha(ratings: Ratings, options: AlphaOptions = {}): Estimate<AlphaDetails> {
  const level = options.level ?? 'nominal'
  const scale = scaleOf(ratings, level)
  if (ratings.items.length === 0) return { estimate: null, reason: 'no-ratings', level }
  const paired = pairedItems(ratings, options)
  const { patterns, items, effective, missing } = paired
  if (missing !== null) return { estimate: null, reason: missing, level }
  const metric = metricOf(patterns, level, scale, ratings.valueNames.length)
  if (metric === null) return { estimate: null, reason: 'too-many-values', level, items }

  const { observed, expected, pairable } = disagreement(patterns, patterns.multiplicities, metric)
  const disagreeing = pairShare(patterns)
  const counted = paired.typical === null ? pairable : patterns.sizes.reduce((sum, size) => sum + size, 0)
  const details = {
    level,
    percent: 1 - disagreeing,
    observed,
    expected,
    items,
    ratings: counted,
    ...(paired.typical !== null && { effective }),
  }
  if (!(expected > 0)) return { estimate: null, reason: 'no-variation', ...details }
  if (options.resamples === 0) return { estimate: 1 - observed / expected, ...details }
  if (disagreeing === 0 && options.part === undefined)
    return { estimate: 1, ...unanimousInterval(effective, options.confidence), ...details }

  const { resamples, values, part } = options
  if (resamples === undefined && values === undefined && part === undefined) {
    if (items < FEWEST_ITEMS) return { estimate: 1 - observed / expected, ...details }
    const influences = itemInfluences(paired, RANDOM_ITEMS, (more) => alphaInfluences(more, level, scale, ratings.valueNames.length))
    const interval = influenceInterval(1 - observed / expected, influences, {
      scale: 'fisher',
      confidence: options.confidence ?? 0.95,
      method: paired.typical === null ? 'linearised over items' : 'linearised over weighted items',
    })
    return { estimate: 1 - observed / expected, ...interval, ...details }
  }
  const resampled = metricOf(patterns, level, scale, ratings.valueNames.length, metric.totals)!
  const weighted = paired.typical === null ? null : new Float64Array(patterns.sizes.length)
  const interval = clusterBootstrap({
    ...options,
    clusters: patterns.sizes.length,
    ...(weighted === null && { multiplicities: patterns.multiplicities }),
    over: 'items',
    statistic: (draws) => {
      weighted?.set(draws)
      weighted?.forEach((times, p) => (weighted[p] = times * patterns.multiplicities[p]!))
      const found = disagreement(patterns, weighted ?? draws, resampled)
      return found.expected > 0 ? 1 - found.observed / found.expected : null
    },
  })
  return { estimate: 1 - observed / expected, ...interval, ...details }
}

/**
 * Intra-rater agreement: Krippendorff's alpha of each rater with himself, over the items that he was shown more than once.
 *
 * @param ratings R ratings; a hidden repeat is a second rating of the same item by the same rater.
 * @returns One result per rater, in the order of `raterNames`; reason `no-pairs` for a rater without repeats.
 * @throws StatsError as `krippendorffAlpha`.
 */
export function intraRaterAlpha(ratings: Ratings, options: AlphaOptions = {}): { rater: string; alpha: Estimate<AlphaDetails> }[] {
  return ratings.raterNames.map((rater, code) => ({
    rater,
    alpha: krippendorffAlpha(
      filterRatings(ratings, (j) => ratings.raters[j] === code),
      options,
    ),
  }))
}

/** The numbers whose squared differences the level measures: null where the level needs none, or makes them itself (midranks). */
function scaleOf(ratings: Ratings, level: Level): Float64Array | null {
  const refuse = (expected: string, received: unknown, code: 'unsupported' | 'range' = 'unsupported') =>
    new StatsError({ code, argument: 'level', expected: `${expected} for level ${level}`, received })
  if (level === 'nominal') return null
  if (level === 'ordinal') {
    if (ratings.order === 'none') throw refuse('values with a declared order', ratings.valueNames.join(', '))
    return null
  }
  if (ratings.numbers === null) throw refuse('numbers', ratings.valueNames.join(', '))
  const lowest = ratings.numbers.reduce((low, value) => Math.min(low, value), Infinity)
  if (level === 'ratio' && lowest < 0) throw refuse('numbers of at least 0', lowest, 'range')
  return ratings.numbers
}
