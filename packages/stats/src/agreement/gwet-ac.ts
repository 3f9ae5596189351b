import { checkFraction } from '../check.ts'
import { StatsError } from '../error.ts'
import type { Estimate } from '../result.ts'
import { type Chance, chanceInterval, chanceTerms, pooledChance, uniformChance } from './chance-influence.ts'
import { distinctPatterns } from './pattern.ts'
import type { Ratings } from './ratings.ts'
import { unanimousInterval } from './unanimous-interval.ts'
import { agreementWeights, MOST_CATEGORIES, type WeightName } from './weight.ts'

export interface ChanceOptions {
  /** How much two different categories agree. All but `identity` need categories in order. */
  weights?: WeightName
  /** Coverage of the interval; 0.95 by default. */
  confidence?: number
}

export interface ChanceDetails {
  /** Weighted observed and expected agreement, in 0..1. */
  observed: number
  expected: number
  /** Items with a rating, and those with at least two. */
  items: number
  pairedItems: number
  /** Standard error over items, as Gwet has it; raters are taken as given. Null with a single item. The interval has more to it. */
  se: number | null
}

/**
 * Gwet's AC1: agreement of any number of raters beyond chance, where chance is small if one category dominates. At most 1; 0 at chance.
 *
 * Misleads in the opposite way from kappa: near-constant ratings score high although they tell little. Show it beside alpha.
 *
 * @param ratings R ratings over the declared categories. Items rated once count for the categories' shares only.
 * @returns `estimate` with an interval linearised over items (t on Wilson's scale, two ratings' worth of imagined items; Wilson's own where all
 *   agree). Null with `no-ratings`, `no-pairs` (no item has two ratings), `no-variation`
 *   (a single category is declared), or `too-many-values` (more than 2000 categories).
 *
 * Source: Gwet (2008), British J. of Mathematical and Statistical Psychology 61(1), 29–48, doi:10.1348/000711006X126600; Gwet (2014),
 *   Handbook of Inter-Rater Reliability, 4th ed., ch. 2 and 5. O(R + I·K) time. Checked against his figures for Krippendorff's example C.
 *
 * @example
 * gwetAC1(ratingsFromTable([[1, 1], [2, 2], [1, 2], [2, 2]])).estimate // => 9 / 17
 */
export function gwetAC1(ratings: Ratings, options: Omit<ChanceOptions, 'weights'> = {}): Estimate<ChanceDetails> {
  return chanceCorrected(ratings, 'identity', gwetChance, options.confidence)
}

/**
 * Gwet's AC2: AC1 with partial credit for close categories. At most 1; 0 at chance.
 *
 * @param options.weights `quadratic` by default; also `linear` and Gwet's `ordinal`.
 * @returns As `gwetAC1`.
 * @throws StatsError `unsupported` if the categories have no order.
 *
 * Source: Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 3 to 5.
 *
 * @example
 * gwetAC2(ratingsFromTable([[1, 1], [2, 2], [1, 3], [3, 3]])).estimate // => 3 / 11
 */
export function gwetAC2(ratings: Ratings, options: ChanceOptions = {}): Estimate<ChanceDetails> {
  return chanceCorrected(ratings, options.weights ?? 'quadratic', gwetChance, options.confidence)
}

/**
 * Brennan–Prediger coefficient: agreement beyond a chance that is equal over all declared categories. At most 1; 0 at chance.
 *
 * Misleads when categories are declared that nobody would use: each raises it.
 *
 * @returns As `gwetAC1`.
 * @throws StatsError `unsupported` for weights other than `identity` if the categories have no order.
 *
 * Source: Brennan & Prediger (1981), doi:10.1177/001316448104100307; several raters and missing ratings as Gwet (2014).
 *
 * @example
 * brennanPrediger(ratingsFromTable([[1, 1], [2, 2], [1, 2], [2, 2]])).estimate // => 0.5
 */
export function brennanPrediger(ratings: Ratings, options: ChanceOptions = {}): Estimate<ChanceDetails> {
  return chanceCorrected(ratings, options.weights ?? 'identity', uniformChance, options.confidence)
}

/**
 * Fleiss' kappa for any number of ratings per item, with weights: what `fleissKappa` measures, without its demand for complete ratings.
 *
 * Misleads when one category is rare, as every kappa does.
 *
 * @returns As `gwetAC1`, on Fisher's scale; `no-variation` if all ratings fall in one category.
 * @throws StatsError `unsupported` for weights other than `identity` if the categories have no order.
 *
 * Source: Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 2 (Fleiss' generalised kappa).
 *
 * @example
 * generalisedFleissKappa(ratingsFromTable([[1, 1], [2, 2], [1, 2], [2, 2]])).estimate // => 7 / 15
 */
export function generalisedFleissKappa(ratings: Ratings, options: ChanceOptions = {}): Estimate<ChanceDetails> {
  return chanceCorrected(ratings, options.weights ?? 'identity', pooledChance, options.confidence)
}

function chanceCorrected(ratings: Ratings, weightName: WeightName, chance: Chance, confidence = 0.95): Estimate<ChanceDetails> {
  checkFraction('confidence', confidence)
  if (weightName !== 'identity' && ratings.order === 'none') {
    throw new StatsError({ code: 'unsupported', argument: 'weights', expected: 'categories with a declared order', received: weightName })
  }
  const patterns = distinctPatterns(ratings, 1)
  const items = patterns.multiplicities.reduce((sum, count) => sum + count, 0)
  if (items === 0) return { estimate: null, reason: 'no-ratings' }
  const categories = ratings.valueNames.length
  if (categories > MOST_CATEGORIES) return { estimate: null, reason: 'too-many-values', items }
  const weights = weightName === 'identity' ? null : agreementWeights(weightName, categories)
  const { perItem, chances, observed, expected, varies, paired } = chanceTerms(patterns, categories, weights, chance)
  if (paired === 0) return { estimate: null, reason: 'no-pairs', items, pairedItems: paired }
  if (!varies) return { estimate: null, reason: 'no-variation', observed, expected: 1, items, pairedItems: paired }

  const estimate = (observed - expected) / (1 - expected)
  let squares = 0
  for (let p = 0; p < perItem.length; p += 1) {
    const own = patterns.sizes[p]! < 2 ? 0 : ((items / paired) * (perItem[p]! - expected)) / (1 - expected)
    squares += patterns.multiplicities[p]! * (own - (2 * (1 - estimate) * (chances[p]! - expected)) / (1 - expected) - estimate) ** 2
  }
  const details = { observed, expected, items, pairedItems: paired }
  if (items === 1) return { estimate, ...details, se: null }
  const se = Math.sqrt(squares / (items * (items - 1)))
  if (observed === 1) return { estimate, ...unanimousInterval(paired, confidence), ...details, se }
  const scale = chance === pooledChance ? 'fisher' : 'wilson'
  return {
    estimate,
    ...chanceInterval(estimate, { patterns, typical: null }, categories, weights, chance, { scale, confidence }),
    ...details,
    se,
  }
}

function gwetChance(weights: Float64Array | null, shares: Float64Array) {
  const categories = shares.length
  const sum = weights === null ? categories : weights.reduce((total, weight) => total + weight, 0)
  const scale = categories < 2 ? 0 : sum / (categories * (categories - 1))
  const perCategory = shares.map((share) => scale * (1 - share))
  return { perCategory, expected: shares.reduce((total, share, k) => total + share * perCategory[k]!, 0), varies: categories > 1 }
}
