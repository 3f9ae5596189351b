import { checkNumbers, checkSameLength } from '../check.ts'
import { effectiveSampleSize } from '../sampling/effective-sample-size.ts'
import { withImagined } from './imagined-item.ts'
import type { Influences } from './influence-interval.ts'
import { distinctPatterns, itemPatterns, type Patterns } from './pattern.ts'
import type { Ratings } from './ratings.ts'

/** Weights of items, for samples that do not have the items of their population in proportion. */
export interface ItemWeights {
  /**
   * One for each of the ratings' `itemNames`, at least 0: an item of weight 2 counts as two like it. All 1 by default. Weights from sampling are to be
   * scaled to 1 on average over the items with two ratings.
   */
  itemWeights?: ArrayLike<number>
}

/** Items with at least two ratings. */
export interface PairedItems {
  patterns: Patterns
  /** How many there are, not weighted, and Kish's effective number of them. */
  items: number
  effective: number
  /** What an item that is imagined must weigh to count as one of the effective ones; null where nothing is weighted. */
  typical: number | null
  /** Why there are none, if there are none. */
  missing: 'no-pairs' | 'no-weight' | null
}

export function checkItemWeights(itemWeights: ArrayLike<number>, items: number): void {
  checkSameLength('itemWeights', itemWeights, items)
  checkNumbers('itemWeights', itemWeights, 0)
}

/** @throws StatsError `shape` or `range` for weights that are not one of at least 0 for each item. */
export function pairedItems(ratings: Ratings, { itemWeights }: ItemWeights): PairedItems {
  if (itemWeights === undefined) {
    const patterns = distinctPatterns(ratings, 2)
    const items = patterns.multiplicities.reduce((sum, count) => sum + count, 0)
    return { patterns, items, effective: items, typical: null, missing: items === 0 ? 'no-pairs' : null }
  }
  checkItemWeights(itemWeights, ratings.itemNames.length)
  const patterns = itemPatterns(ratings, 2, itemWeights)
  const effective = effectiveSampleSize(patterns.multiplicities).estimate ?? 0
  const total = patterns.multiplicities.reduce((sum, weight) => sum + weight, 0)
  const items = patterns.sizes.length
  const missing = items > 0 ? null : distinctPatterns(ratings, 2).sizes.length === 0 ? 'no-pairs' : 'no-weight'
  return { patterns, items, effective, typical: effective > 0 ? total / effective : 1, missing }
}

/**
 * How much each item moves a coefficient, with some items imagined beside them (`withImagined`): an item that is weighted moves it by its weight, and
 * one that is imagined weighs what a typical one does.
 */
export function itemInfluences(
  { patterns, typical }: Pick<PairedItems, 'patterns' | 'typical'>,
  random: number,
  influencesOf: (more: Patterns) => Omit<Influences, 'real'>,
): Influences {
  const real = patterns.sizes.length
  const more = withImagined(patterns, random, typical ?? 1)
  const { center, values, weights } = influencesOf(more)
  if (typical === null) return { center, values, weights, real }
  return {
    center,
    values: Float64Array.from(values, (value, p) => value * (p < real ? weights[p]! : typical)),
    weights: Float64Array.from(weights, (weight, p) => (p < real ? 1 : weight / typical)),
    real,
  }
}
