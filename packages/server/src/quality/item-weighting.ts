import type { Weighting } from '@plaudit/protocol'
import type { Ratings } from '@plaudit/stats'
import type { Asked, CountedPopulation } from '../population/service.ts'
import { emptyReason } from '../population/shares.ts'
import { weightingOf } from '../population/weighting.ts'
import type { ItemPlace } from './item-place.ts'

/** The weight of each item (`itemNames`), 1 on average over those that several judged; null where nothing is weighted; or why there is none. */
export type ItemWeighted = { weights: Float64Array | null } | { reason: string }

/** How the items of one criterion are brought to a population. */
export type ItemWeighting = {
  weighting: Weighting
  /** @param part Of the traffic, which the ratings are of; all of it where it is left out. */
  weigh: (ratings: Ratings, part?: string) => ItemWeighted
}

export function sampledItems({ strata }: Pick<Asked, 'strata'>): ItemWeighting {
  return { weighting: weightingOf('sample', false, strata), weigh: () => ({ weights: null }) }
}

/** Weighs the items that several people judged: no other says anything about agreement. */
export function itemWeighting(population: CountedPopulation, places: ReadonlyMap<string, ItemPlace>): ItemWeighting {
  const isDrawn =
    population.population === 'production' && places.size > 0 && [...places.values()].every(({ probability }) => probability > 0)
  const prompts = new Set([...places.values()].map(({ prompt }) => prompt))
  return {
    weighting: weightingOf(population.population, isDrawn, population.strata),
    weigh: (ratings, part) => {
      const judged = new Int32Array(ratings.itemNames.length)
      for (const item of ratings.items) judged[item]! += 1
      const paired = ratings.itemNames.flatMap((name, item) => {
        const place = places.get(name)
        return place === undefined || judged[item]! < 2 ? [] : [{ item, place, stratum: population.stratumOf(place.stratum) }]
      })
      // Without a pair of judgments there is nothing to weigh, which the statistics say in their own words.
      if (paired.length === 0 && !judged.some((count) => count >= 2)) return { weights: null }
      if (paired.length === 0)
        return { reason: 'The items that several people judged are on no trace, so that there is no traffic to weigh them to.' }
      const weights = new Float64Array(ratings.itemNames.length)
      if (isDrawn) for (const { item, place } of paired) weights[item] = 1 / place.probability
      else {
        const shares = population.sharesOf(prompts, part)
        const units = new Map<string, number>()
        for (const { stratum } of paired) units.set(stratum, (units.get(stratum) ?? 0) + 1)
        const reason = emptyReason(population.population, shares, (stratum) => units.has(stratum), 'has no item that several people judged')
        if (reason !== null) return { reason }
        for (const { item, stratum } of paired) weights[item] = (shares.get(stratum) ?? 0) / units.get(stratum)!
      }
      const counted = weights.filter((weight) => weight > 0)
      const mean = counted.reduce((sum, weight) => sum + weight, 0) / counted.length
      return { weights: weights.map((weight) => weight / mean) }
    },
  }
}
