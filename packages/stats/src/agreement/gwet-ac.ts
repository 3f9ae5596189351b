import { checkFraction } from '../check.ts'
import { StatsError } from '../error.ts'
import type { Estimate } from '../result.ts'
import { fisherInterval } from './fisher-interval.ts'
import { itemPatterns, type Patterns } from './pattern.ts'
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
  /** Standard error over items; raters are taken as given. Null with a single item. */
  se: number | null
}

/** Expected agreement of one category, for an item on which one rater chose it; averaged over items it is the chance agreement. */
type Chance = (weights: Float64Array, shares: Float64Array) => { perCategory: Float64Array; expected: number; varies: boolean }

/**
 * Gwet's AC1: agreement of any number of raters beyond chance, where chance is small if one category dominates. At most 1; 0 at chance.
 *
 * Misleads in the opposite way from kappa: near-constant ratings score high although they tell little. Show it beside alpha.
 *
 * @param ratings R ratings over the declared categories. Items rated once count for the categories' shares only.
 * @returns `estimate` with a t interval over items on Fisher's scale (Wilson's where all agree). Null with `no-ratings`, `no-pairs` (no item has two ratings), `no-variation`
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
 * @returns As `gwetAC1`; `no-variation` if all ratings fall in one category.
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
  const patterns = itemPatterns(ratings, 1)
  const items = patterns.sizes.length
  if (items === 0) return { estimate: null, reason: 'no-ratings' }
  const categories = ratings.valueNames.length
  if (categories > MOST_CATEGORIES) return { estimate: null, reason: 'too-many-values', items }
  const weights = agreementWeights(weightName, categories)
  const agreement = pairAgreement(patterns, weights, categories)
  const pairedItems = agreement.paired
  if (pairedItems === 0) return { estimate: null, reason: 'no-pairs', items, pairedItems }
  const { perCategory, expected, varies } = chance(weights, categoryShares(patterns, categories))
  const observed = agreement.sum / pairedItems
  if (!varies) return { estimate: null, reason: 'no-variation', observed, expected: 1, items, pairedItems }

  const estimate = (observed - expected) / (1 - expected)
  let squares = 0
  for (let i = 0; i < items; i += 1) {
    let itemChance = 0
    for (let j = patterns.start[i]!; j < patterns.start[i + 1]!; j += 1)
      itemChance += patterns.counts[j]! * perCategory[patterns.codes[j]!]!
    itemChance /= patterns.sizes[i]!
    const own = patterns.sizes[i]! < 2 ? 0 : ((items / pairedItems) * (agreement.perItem[i]! - expected)) / (1 - expected)
    squares += (own - (2 * (1 - estimate) * (itemChance - expected)) / (1 - expected) - estimate) ** 2
  }
  if (items === 1) return { estimate, observed, expected, items, pairedItems, se: null }
  const se = Math.sqrt(squares / (items * (items - 1)))
  if (observed === 1) return { estimate, ...unanimousInterval(pairedItems, confidence), observed, expected, items, pairedItems, se }
  const interval = fisherInterval(estimate, se, items, confidence, "linearised over items, t on Fisher's scale")
  return { estimate, ...interval, observed, expected, items, pairedItems, se }
}

/** Weighted share of agreeing pairs of ratings, for each item with two. */
function pairAgreement(patterns: Patterns, weights: Float64Array, categories: number) {
  const perItem = new Float64Array(patterns.sizes.length)
  let sum = 0
  let paired = 0
  for (let i = 0; i < perItem.length; i += 1) {
    const size = patterns.sizes[i]!
    if (size < 2) continue
    let pairs = 0
    for (let j = patterns.start[i]!; j < patterns.start[i + 1]!; j += 1) {
      let near = -1
      for (let k = patterns.start[i]!; k < patterns.start[i + 1]!; k += 1) {
        near += weights[patterns.codes[j]! * categories + patterns.codes[k]!]! * patterns.counts[k]!
      }
      pairs += patterns.counts[j]! * near
    }
    perItem[i] = pairs / (size * (size - 1))
    sum += perItem[i]!
    paired += 1
  }
  return { perItem, sum, paired }
}

/** The mean over items of the share of each category. */
function categoryShares(patterns: Patterns, categories: number): Float64Array {
  const shares = new Float64Array(categories)
  const items = patterns.sizes.length
  for (let i = 0; i < items; i += 1) {
    for (let j = patterns.start[i]!; j < patterns.start[i + 1]!; j += 1)
      shares[patterns.codes[j]!]! += patterns.counts[j]! / patterns.sizes[i]! / items
  }
  return shares
}

function gwetChance(weights: Float64Array, shares: Float64Array) {
  const categories = shares.length
  const scale = categories < 2 ? 0 : sumOf(weights) / (categories * (categories - 1))
  const perCategory = shares.map((share) => scale * (1 - share))
  return { perCategory, expected: shares.reduce((sum, share, k) => sum + share * perCategory[k]!, 0), varies: categories > 1 }
}

function pooledChance(weights: Float64Array, shares: Float64Array) {
  const perCategory = shares.map((_, k) => shares.reduce((sum, share, l) => sum + share * weights[k * shares.length + l]!, 0))
  const expected = shares.reduce((sum, share, k) => sum + share * perCategory[k]!, 0)
  return { perCategory, expected, varies: 1 - expected > 1e-14 }
}

function uniformChance(weights: Float64Array, shares: Float64Array) {
  const expected = sumOf(weights) / shares.length ** 2
  return { perCategory: shares.map(() => expected), expected, varies: shares.length > 1 }
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0)
}
