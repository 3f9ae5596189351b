import { type Influences, influenceInterval } from './influence-interval.ts'
import { itemInfluences, type PairedItems } from './item-weight.ts'
import type { Patterns } from './pattern.ts'
import type { Interval } from '../result.ts'

/**
 * Expected agreement of one category, for an item on which one rater chose it; averaged over items it is the chance agreement. `weights`: how much
 * two categories agree, null where only equal ones do.
 */
export type Chance = (
  weights: Float64Array | null,
  shares: Float64Array,
) => { perCategory: Float64Array; expected: number; varies: boolean }

/** Chance from how often the sample uses each category, as Fleiss and Scott have it. */
export function pooledChance(weights: Float64Array | null, shares: Float64Array) {
  const perCategory =
    weights === null ? shares : shares.map((_, k) => shares.reduce((sum, share, l) => sum + share * weights[k * shares.length + l]!, 0))
  const expected = shares.reduce((sum, share, k) => sum + share * perCategory[k]!, 0)
  return { perCategory, expected, varies: 1 - expected > 1e-14 }
}

/** Chance that is equal over all categories, as Brennan, Prediger and Randolph have it. */
export function uniformChance(weights: Float64Array | null, shares: Float64Array) {
  const expected = weights === null ? 1 / shares.length : weights.reduce((sum, weight) => sum + weight, 0) / shares.length ** 2
  return { perCategory: shares.map(() => expected), expected, varies: shares.length > 1 }
}

/** What a chance-corrected coefficient is made of; `perItem` and `chances` are those of each pattern. */
export function chanceTerms(patterns: Patterns, categories: number, weights: Float64Array | null, chance: Chance) {
  const { start, codes, counts, sizes, multiplicities } = patterns
  const perItem = new Float64Array(sizes.length)
  const shares = new Float64Array(categories)
  let [sum, paired, items] = [0, 0, 0]
  for (let p = 0; p < sizes.length; p += 1) {
    const [size, times] = [sizes[p]!, multiplicities[p]!]
    items += times
    let pairs = 0
    for (let j = start[p]!; j < start[p + 1]!; j += 1) {
      shares[codes[j]!]! += (times * counts[j]!) / size
      let near = -1
      if (weights === null) near += counts[j]!
      else for (let k = start[p]!; k < start[p + 1]!; k += 1) near += weights[codes[j]! * categories + codes[k]!]! * counts[k]!
      pairs += counts[j]! * near
    }
    if (size < 2) continue
    perItem[p] = pairs / (size * (size - 1))
    sum += times * perItem[p]!
    paired += times
  }
  for (let k = 0; k < categories; k += 1) shares[k]! /= items
  const { perCategory, expected, varies } = chance(weights, shares)
  const chances = new Float64Array(sizes.length)
  for (let p = 0; p < sizes.length; p += 1)
    for (let j = start[p]!; j < start[p + 1]!; j += 1) chances[p]! += (counts[j]! * perCategory[codes[j]!]!) / sizes[p]!
  return { perItem, chances, observed: sum / paired, expected, varies, items, paired }
}

/** How much one item more of each pattern moves (p_o − p_e) / (1 − p_e); items rated once count for chance only. */
function chanceInfluences(patterns: Patterns, terms: ReturnType<typeof chanceTerms>): Omit<Influences, 'real'> {
  const { perItem, chances, observed, expected, items, paired } = terms
  const room = 1 - expected
  const values = chances.map((own, p) => {
    const byObserved = patterns.sizes[p]! < 2 ? 0 : (perItem[p]! - observed) / (paired * room)
    return byObserved - (2 * (1 - observed) * (own - expected)) / (items * room * room)
  })
  return { center: (observed - expected) / room, values, weights: patterns.multiplicities }
}

/** Imagined items of two ratings at random: see `withImagined`. */
const RANDOM_ITEMS = { fisher: 0.2, wilson: 0.5 }

/** The interval of a chance-corrected coefficient over items. */
export function chanceInterval(
  estimate: number,
  items: Pick<PairedItems, 'patterns' | 'typical'>,
  categories: number,
  weights: Float64Array | null,
  chance: Chance,
  options: { scale: 'fisher' | 'wilson'; confidence?: number },
): Interval {
  const influences = itemInfluences(items, RANDOM_ITEMS[options.scale], (more) =>
    chanceInfluences(more, chanceTerms(more, categories, weights, chance)),
  )
  const method = items.typical === null ? 'linearised over items' : 'linearised over weighted items'
  return influenceInterval(estimate, influences, { ...options, method })
}
