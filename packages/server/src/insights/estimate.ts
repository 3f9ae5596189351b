import type { EstimateView } from '@plaudit/protocol'
import { normalQuantile, studentQuantile } from '@plaudit/stats'

/**
 * Sums over clusters (traces), from which a mean and its cluster-robust interval follow without any score leaving the database: with s the
 * sum and m the number of a trace's scores, `sum` = Σs, `n` = Σm, `sumSquares` = Σs², `crossProducts` = Σs·m, `sizeSquares` = Σm².
 * Sums of disjoint clusters can be added.
 */
export type ClusterSums = { clusters: number; n: number; sum: number; sumSquares: number; crossProducts: number; sizeSquares: number }

const CONFIDENCE = 0.95
const TAIL = 1 - (1 - CONFIDENCE) / 2

/** Student's t by degrees of freedom: an overview asks for thousands, of which few differ. */
const known = new Map<number, number>()
function tQuantile(degrees: number): number {
  // Beyond, the quantile changes in the sixth digit only.
  const rounded = degrees > 2_000 ? Math.round(degrees / 1_000) * 1_000 : degrees
  let t = known.get(rounded)
  if (t === undefined) {
    t = studentQuantile(TAIL, rounded)
    if (known.size < 10_000) known.set(rounded, t)
  }
  return t
}

/**
 * Mean score with a 95 % interval that holds when the scores of one trace resemble each other.
 *
 * The variance is that of a ratio of cluster totals, V = G/(G−1) · Σ(s − μm)² / n² with G clusters (traces), the interval μ ± t(G−1) √V.
 * For scores of 0 or 1 (`binary`) it is Wilson's with the effective sample size μ(1−μ)/V, which stays within 0 and 1; where all are equal,
 * every trace counts once.
 *
 * Undefined without scores. With one trace, or when all scores are equal and not binary, there is a mean but no interval; `reason` says so.
 *
 * Source: Cochran (1977), Sampling Techniques, 3rd ed., section 9A.1; Dean & Pagano (2015), Journal of Survey Statistics and Methodology 3(4),
 * 484–503, doi:10.1093/jssam/smv024.
 *
 * @example
 * // Traces with the scores (1, 3) and (5): mean 3, Σ(s − 3m)² = 4 + 4, V = 2 · 8 / 9.
 * clusterMean({ clusters: 2, n: 3, sum: 9, sumSquares: 41, crossProducts: 13, sizeSquares: 5 }).estimate // => 3
 */
export function clusterMean(sums: ClusterSums, { binary = false } = {}): EstimateView {
  const { clusters, n } = sums
  if (n === 0) return undefinedEstimate('There are no scores.')
  const mean = sums.sum / n
  const method = binary
    ? 'mean; 95 % Wilson interval with the effective sample size of judgments clustered by trace, t(G−1)'
    : 'mean; 95 % cluster-robust interval, clustered by trace, t(G−1)'
  const without = (reason: string): EstimateView => ({ estimate: mean, low: null, high: null, n, clusters, method, reason })
  if (clusters < 2) return without('All scores are about one trace, so that how traces differ is unknown: no interval.')
  const residuals = sums.sumSquares - 2 * mean * sums.crossProducts + mean * mean * sums.sizeSquares
  // Rounding leaves a remainder of the size of the squares' last digits.
  const variance = residuals <= 1e-12 * sums.sumSquares ? 0 : ((clusters / (clusters - 1)) * residuals) / (n * n)
  const t = tQuantile(clusters - 1)
  if (binary) {
    const effective = variance === 0 ? clusters : Math.min(n, (mean * (1 - mean)) / variance)
    return { estimate: mean, ...wilson(mean, effective, t), n, clusters, method, reason: null }
  }
  if (variance === 0) return without('All scores are equal, so that their spread is unknown: no interval.')
  const half = t * Math.sqrt(variance)
  return { estimate: mean, low: mean - half, high: mean + half, n, clusters, method, reason: null }
}

/**
 * Share of traces for which something holds, with Wilson's 95 % score interval.
 *
 * Source: Wilson (1927), Journal of the American Statistical Association 22(158), 209–212, doi:10.1080/01621459.1927.10502953.
 *
 * @example
 * traceShare(5, 10).estimate // => 0.5
 */
export function traceShare(count: number, traces: number): EstimateView {
  if (traces === 0) return undefinedEstimate('There are no traces.')
  const share = count / traces
  const method = 'share of traces; 95 % Wilson interval'
  return { estimate: share, ...wilson(share, traces, normalQuantile(TAIL)), n: count, clusters: traces, method, reason: null }
}

/** An estimate that does not exist, and why. */
export function undefinedEstimate(reason: string, { n = 0, clusters = 0 } = {}): EstimateView {
  return { estimate: null, low: null, high: null, n, clusters, method: '', reason }
}

function wilson(share: number, n: number, quantile: number): { low: number; high: number } {
  const square = (quantile * quantile) / n
  const centre = (share + square / 2) / (1 + square)
  const half = (quantile / (1 + square)) * Math.sqrt((share * (1 - share)) / n + square / (4 * n))
  return { low: share === 0 ? 0 : centre - half, high: share === 1 ? 1 : centre + half }
}

/** The sums of disjoint sets of clusters together. */
export function addSums(parts: readonly ClusterSums[]): ClusterSums {
  const total: ClusterSums = { clusters: 0, n: 0, sum: 0, sumSquares: 0, crossProducts: 0, sizeSquares: 0 }
  for (const part of parts) for (const key of Object.keys(total) as (keyof ClusterSums)[]) total[key] += part[key]
  return total
}
