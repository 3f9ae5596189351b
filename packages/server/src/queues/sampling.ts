import type { SamplingPlan } from '@plaudit/protocol'
import { hashFraction } from './presentation.ts'

/** How a trace was drawn: the first stratum that it belongs to, and the probability that the plan draws such a trace. */
export type Drawn = { stratum: string | null; probability: number }

/**
 * Whether a plan draws a trace, and with which probability. Every trace is in the uniform slice with the plan's uniform rate, independently
 * of its stratum; with the rate of its stratum added, the inclusion probability is 1 − (1 − uniform)(1 − rate). The draw hangs on the seed and
 * the trace alone, so that running a plan again draws the same traces.
 *
 * @param stratum Name of the first stratum of the plan that the trace belongs to, or null.
 */
export function drawTrace(plan: SamplingPlan, traceId: string, stratum: string | null): Drawn | null {
  const rate = plan.strata.find(({ name }) => name === stratum)?.rate ?? 0
  const uniform = hashFraction(`${plan.seed} uniform ${traceId}`) < plan.uniform
  const targeted = hashFraction(`${plan.seed} stratum ${traceId}`) < rate
  return uniform || targeted ? { stratum, probability: 1 - (1 - plan.uniform) * (1 - rate) } : null
}
