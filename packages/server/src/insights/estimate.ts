import type { EstimateView } from '@plaudit/protocol'
import { type ClusterMoments, clusteredMeanOfMoments, wilsonInterval } from '@plaudit/stats'

/**
 * Mean score with a 95 % interval that holds when the scores of one trace resemble each other: `clusteredMeanOfMoments` over traces, in words.
 *
 * Undefined without scores. With one trace, or when all scores are equal and not binary, there is a mean but no interval; `reason` says so.
 *
 * @example
 * // Traces with the scores (1, 3) and (5): mean 3, Σ(s − 3m)² = 4 + 4, V = 2 · 8 / 9.
 * clusterMean({ clusters: 2, n: 3, sum: 9, sumSquares: 41, crossProducts: 13, sizeSquares: 5 }).estimate // => 3
 */
export function clusterMean(moments: ClusterMoments, { binary = false } = {}): EstimateView {
  const result = clusteredMeanOfMoments(moments, { proportion: binary })
  if (result.estimate === null) return undefinedEstimate('There are no scores.')
  const { estimate, se, n, clusters, low = null, high = null } = result
  const method = binary
    ? 'mean; 95 % Wilson interval with the effective sample size of judgments clustered by trace, t(G−1)'
    : 'mean; 95 % cluster-robust interval, clustered by trace, t(G−1)'
  const without = (reason: string): EstimateView => ({ estimate, low: null, high: null, n, clusters, method, reason })
  if (se === null) return without('All scores are about one trace, so that how traces differ is unknown: no interval.')
  if (se === 0 && !binary) return without('All scores are equal, so that their spread is unknown: no interval.')
  return { estimate, low, high, n, clusters, method, reason: null }
}

/**
 * Share of traces for which something holds, with Wilson's 95 % score interval.
 *
 * @example
 * traceShare(5, 10).estimate // => 0.5
 */
export function traceShare(count: number, traces: number): EstimateView {
  const result = wilsonInterval(count, traces)
  if (result.estimate === null) return undefinedEstimate('There are no traces.')
  const { estimate, low = null, high = null } = result
  return { estimate, low, high, n: count, clusters: traces, method: 'share of traces; 95 % Wilson interval', reason: null }
}

/** An estimate that does not exist, and why. */
export function undefinedEstimate(reason: string, { n = 0, clusters = 0 } = {}): EstimateView {
  return { estimate: null, low: null, high: null, n, clusters, method: '', reason }
}
