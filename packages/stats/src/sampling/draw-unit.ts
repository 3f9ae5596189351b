import { checkInteger, checkNumber } from '../check.ts'
import { hashFraction } from '../numeric/hash.ts'

/** How units are drawn from a population. */
export interface DrawingPlan {
  /** Share of everything that is drawn whatever its stratum, in 0..1: the slice that stays representative. */
  uniform: number
  /** Share of each named stratum that is drawn beside it, in 0..1. A unit of no named stratum has only the uniform slice. */
  rates: Readonly<Record<string, number>>
  /** Integer. Another seed draws other units. */
  seed: number
}

export interface Draw {
  stratum: string | null
  /** The chance that the plan draws such a unit, in (0, 1]: what estimates are weighted by. */
  probability: number
}

/**
 * Whether a plan draws a unit, and with which probability. The draw depends on the seed and the unit's id alone: units may come in any order and
 * at any time, one by one, and the same plan draws the same units again.
 *
 * Misleads when ids tell what the units are worth, or when a unit's stratum changes after the draw: store the probability with the unit.
 *
 * @param plan Uniform slice, rates and seed. @param id Any text that names the unit. @param stratum That the unit belongs to, or null.
 * @returns The draw, with inclusion probability 1 − (1 − uniform)(1 − rate), as slice and stratum are drawn independently; null if not drawn.
 * @throws StatsError `range` for a rate outside 0..1 or a seed that is no integer.
 *
 * Source: Poisson sampling, Hájek (1964), Annals of Mathematical Statistics 35(4), doi:10.1214/aoms/1177700375. O(length of the id).
 *
 * @example
 * drawUnit({ uniform: 0, rates: { complaint: 1 }, seed: 1 }, 'trace 7', 'complaint') // => { stratum: 'complaint', probability: 1 }
 */
export function drawUnit(plan: DrawingPlan, id: string, stratum: string | null): Draw | null {
  const { uniform, rates, seed } = plan
  const rate = stratum !== null && Object.hasOwn(rates, stratum) ? rates[stratum]! : 0
  checkNumber('plan.uniform', uniform, 0, 1)
  checkNumber(`plan.rates.${stratum}`, rate, 0, 1)
  checkInteger('plan.seed', seed)
  const isDrawn = hashFraction(`${seed} uniform ${id}`) < uniform || hashFraction(`${seed} stratum ${id}`) < rate
  return isDrawn ? { stratum, probability: 1 - (1 - uniform) * (1 - rate) } : null
}
