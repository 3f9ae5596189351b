import { type Estimate, REASONS } from '@plaudit/stats'

/** An estimate as it is printed and written as JSON: the number with its interval, or why there is none, in words. */
export function withReason<D extends object>(estimate: Estimate<D>): Estimate<D> & { explanation?: string } {
  return estimate.estimate === null ? { ...estimate, explanation: REASONS[estimate.reason] } : estimate
}

/** One line of a table: name, number, interval, and what is behind it. */
export function estimateLine(name: string, estimate: Estimate<object>, note = ''): string {
  const label = name.padEnd(26)
  if (estimate.estimate === null) return `${label}   —     ${REASONS[estimate.reason]}`
  const { low, high } = estimate
  const interval = low === undefined || high === undefined ? '' : `[${fixed(low)}, ${fixed(high)}]`
  return `${label}${fixed(estimate.estimate).padStart(7)}  ${interval.padEnd(18)} ${note}`.trimEnd()
}

function fixed(value: number): string {
  return value.toFixed(3)
}
