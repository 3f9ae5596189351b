import type { EstimateView } from '@plaudit/protocol'
import { type Estimate, REASONS } from '@plaudit/stats'

/** A statistic as the API answers it. @param counts the judgments behind it and the clusters of its interval. */
export function viewOf(estimate: Estimate<object>, counts: { n: number; clusters: number }): EstimateView {
  if (estimate.estimate === null) return { estimate: null, low: null, high: null, ...counts, method: '', reason: REASONS[estimate.reason] }
  const { low, high, method } = estimate
  const hasInterval = low !== undefined && high !== undefined
  return {
    estimate: estimate.estimate,
    low: hasInterval ? low : null,
    high: hasInterval ? high : null,
    ...counts,
    method: method ?? '',
    reason: hasInterval ? null : 'There is too little for an interval.',
  }
}
