import type { SamplingPlan } from '@plaudit/protocol'
import { createHash } from 'node:crypto'
import { type Draw, drawUnit } from '@plaudit/stats'

/** How a trace was drawn: the first stratum that it belongs to, and the probability that the plan draws such a trace. */
export type Drawn = Draw

/**
 * Whether a plan draws a trace, and with which probability: see `drawUnit`.
 *
 * @param stratum Name of the first stratum of the plan that the trace belongs to, or null.
 */
export function drawTrace({ uniform, strata, seed }: SamplingPlan, traceId: string, stratum: string | null): Drawn | null {
  const rates = Object.fromEntries(strata.map(({ name, rate }) => [name, rate]))
  return drawUnit({ uniform, rates, seed }, traceId, stratum)
}

/** A plan in twelve characters: equal plans have equal versions, and any change makes another. */
export function planVersionOf(plan: SamplingPlan): string {
  return createHash('sha256').update(JSON.stringify(plan)).digest('hex').slice(0, 12)
}
