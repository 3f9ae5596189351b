import type { SamplingPlan, TrafficFilter } from '@plaudit/sdk'

/** A stratum while it is edited; rates are per cent as text. */
export type StratumDraft = { id: string; name: string; filter: TrafficFilter; rate: string }
export type PlanDraft = { uniform: string; strata: StratumDraft[]; seed: string }

/** A rate that was typed in per cent, as a share; null when it is none. */
export function rateOf(percent: string): number | null {
  const value = Number(percent.trim().replace(',', '.'))
  return percent.trim() !== '' && Number.isFinite(value) && value >= 0 && value <= 100 ? value / 100 : null
}

/** What keeps a plan from being used, or null. */
export function planProblem({ uniform, strata, seed }: PlanDraft): string | null {
  const slice = rateOf(uniform)
  if (slice === null) return 'Give the uniform slice a rate from 0 to 100 %.'
  const bad = strata.find(({ rate }) => rateOf(rate) === null)
  if (bad !== undefined) return `Give the stratum “${bad.name}” a rate from 0 to 100 %.`
  if (strata.some(({ name }) => name.trim() === '')) return 'Give every stratum a name.'
  const names = strata.map(({ name }) => name.trim())
  if (new Set(names).size !== names.length) return 'Two strata have the same name.'
  if (!/^\d{1,9}$/u.test(seed.trim())) return 'The seed is a whole number.'
  if (slice === 0 && strata.every(({ rate }) => rateOf(rate) === 0)) return 'With these rates nothing is ever drawn.'
  return null
}

export function planOf({ uniform, strata, seed }: PlanDraft): SamplingPlan {
  return {
    uniform: rateOf(uniform) ?? 0,
    strata: strata.map(({ name, filter, rate }) => ({ name: name.trim(), filter, rate: rateOf(rate) ?? 0 })),
    seed: Number(seed),
  }
}

export type ExpectedStratum = { name: string; traces: number; probability: number; expected: number }

/**
 * How many traces a plan draws on average. A trace is drawn by the uniform slice, or by its stratum's rate, independently: with probability
 * 1 − (1 − uniform)(1 − rate). Traces that match several strata belong to the first; where strata overlap this counts them in each, and the
 * sum is an upper bound.
 *
 * @param total Traces that the filter lets through.
 * @param counts Traces of each stratum, in the order of the plan.
 */
export function expectedDraw(
  plan: SamplingPlan,
  total: number,
  counts: readonly number[],
): { strata: ExpectedStratum[]; expected: number } {
  const strata = plan.strata.map(({ name, rate }, index): ExpectedStratum => {
    const traces = Math.min(total, counts[index] ?? 0)
    const probability = 1 - (1 - plan.uniform) * (1 - rate)
    return { name, traces, probability, expected: traces * probability }
  })
  const rest = Math.max(0, total - strata.reduce((sum, { traces }) => sum + traces, 0))
  const name = strata.length === 0 ? 'All traces' : 'Everything else'
  const others: ExpectedStratum = { name, traces: rest, probability: plan.uniform, expected: rest * plan.uniform }
  const all = [...strata, others]
  return { strata: all, expected: all.reduce((sum, { expected }) => sum + expected, 0) }
}
