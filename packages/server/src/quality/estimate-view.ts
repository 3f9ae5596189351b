import type { EstimateView } from '@plaudit/protocol'
import { type Estimate, REASONS } from '@plaudit/stats'

/** A statistic as the API answers it. @param counts the judgments behind it and the clusters of its interval. */
export function viewOf(estimate: Estimate<{ effective?: number }>, counts: { n: number; clusters: number }): EstimateView {
  if (estimate.estimate === null) return { estimate: null, low: null, high: null, ...counts, method: '', reason: REASONS[estimate.reason] }
  const { low, high, method } = estimate
  const effective = Math.min(estimate.effective ?? Number.POSITIVE_INFINITY, counts.clusters)
  const hasInterval = low !== undefined && high !== undefined
  return {
    estimate: estimate.estimate,
    low: hasInterval ? low : null,
    high: hasInterval ? high : null,
    ...counts,
    method: method ?? '',
    // Where nothing is weighted there is no other number than that of the clusters.
    ...(effective < counts.clusters - 1e-9 && { effective }),
    reason: hasInterval ? null : 'There is too little for an interval.',
  }
}
