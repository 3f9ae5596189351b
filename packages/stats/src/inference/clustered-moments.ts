import { checkFraction, checkInteger, checkNumber } from '../check.ts'
import { studentQuantile } from '../numeric/quantile.ts'
import type { Estimate } from '../result.ts'
import { checkClusterSums, type ClusterSums } from './cluster-sums.ts'
import { clusterMethod, effectiveTrials, knownShare, trialQuantile, type ClusteredDetails } from './clustered-mean.ts'
import { wilsonBounds } from './wilson-interval.ts'

/**
 * Six numbers from which a clustered mean and its interval follow, so that a database can add up millions of clusters and send none of them. With
 * s the sum and m the number of a cluster's observations, over G clusters. Those of disjoint sets of clusters can be added.
 */
export interface ClusterMoments {
  /** G. */
  clusters: number
  /** Σm. */
  n: number
  /** Σs. */
  sum: number
  /** Σs². */
  sumSquares: number
  /** Σs·m. */
  crossProducts: number
  /** Σm². */
  sizeSquares: number
}

/**
 * `clusteredMean` (or with `proportion`, `clusteredProportion`) from moments: the sandwich with factor G/(G−1), as the jackknife would need the
 * clusters one by one.
 *
 * Misleads as `clusteredMean` does, and a little more with few clusters of very unequal size.
 *
 * @param moments Of G clusters. @param options.proportion True for observations of 0 and 1; false by default.
 * @param options.confidence 0.95 by default.
 * @returns As `clusteredMean` with variance `CR1`.
 * @throws StatsError `range` for moments that are not finite or below 0 where they cannot be.
 *
 * Source: Cochran (1977), Sampling Techniques, 3rd ed., §9A.1, as `clusteredMean`. O(1).
 *
 * @example
 * clusteredMeanOfMoments({ clusters: 2, n: 3, sum: 9, sumSquares: 41, crossProducts: 13, sizeSquares: 5 }).estimate // => 3
 */
export function clusteredMeanOfMoments(
  moments: ClusterMoments,
  options: { proportion?: boolean; confidence?: number } = {},
): Estimate<ClusteredDetails> {
  const { proportion = false, confidence = 0.95 } = options
  checkFraction('confidence', confidence)
  checkInteger('moments.clusters', moments.clusters, 0)
  checkNumber('moments.n', moments.n, 0)
  for (const name of ['sum', 'crossProducts'] as const) checkNumber(`moments.${name}`, moments[name])
  for (const name of ['sumSquares', 'sizeSquares'] as const) checkNumber(`moments.${name}`, moments[name], 0)
  const { clusters, n, sum, sumSquares, crossProducts, sizeSquares } = moments
  if (n === 0) return { estimate: null, reason: 'no-ratings', n, clusters, se: null }
  const estimate = sum / n
  if (clusters < 2) return { estimate, n, clusters, se: null }
  const residuals = sumSquares - 2 * estimate * crossProducts + estimate * estimate * sizeSquares
  // Rounding leaves a remainder of the size of the squares' last digits.
  const variance = residuals <= 1e-12 * sumSquares ? 0 : ((clusters / (clusters - 1)) * residuals) / (n * n)
  const se = Math.sqrt(variance)
  const t = upperQuantile(confidence, clusters - 1)
  const method = clusterMethod('CR1', clusters)
  if (!proportion) return { estimate, low: estimate - t * se, high: estimate + t * se, confidence, method, se, n, clusters }
  const trials = effectiveTrials(estimate, se, n, clusters)
  return {
    estimate,
    ...wilsonBounds(estimate, trials, trialQuantile(t, confidence, knownShare(trials, n, se))),
    confidence,
    method: `Wilson score on ${trials.toFixed(1)} effective trials, ${method}`,
    se,
    n,
    clusters,
  }
}

/** The moments of clusters that are at hand. O(G). */
export function momentsOf(observations: ClusterSums): ClusterMoments {
  checkClusterSums('observations', observations)
  const { sums, sizes } = observations
  const total = noMoments()
  for (let g = 0; g < sums.length; g += 1) {
    const [s, m] = [sums[g]!, sizes[g]!]
    if (m === 0) continue
    total.clusters += 1
    total.n += m
    total.sum += s
    total.sumSquares += s * s
    total.crossProducts += s * m
    total.sizeSquares += m * m
  }
  return total
}

/** The moments of disjoint sets of clusters together. */
export function addMoments(parts: readonly ClusterMoments[]): ClusterMoments {
  const total = noMoments()
  for (const part of parts) {
    total.clusters += part.clusters
    total.n += part.n
    total.sum += part.sum
    total.sumSquares += part.sumSquares
    total.crossProducts += part.crossProducts
    total.sizeSquares += part.sizeSquares
  }
  return total
}

function noMoments(): ClusterMoments {
  return { clusters: 0, n: 0, sum: 0, sumSquares: 0, crossProducts: 0, sizeSquares: 0 }
}

const MOST_KNOWN = 4096
const known = new Map<number, Float64Array>()

/** Student's t by degrees of freedom, looked up: a dashboard asks for thousands of intervals, whose degrees repeat. */
function upperQuantile(confidence: number, degrees: number): number {
  if (degrees >= MOST_KNOWN) return studentQuantile((1 + confidence) / 2, degrees)
  let table = known.get(confidence)
  if (table === undefined) {
    // People ask for 90, 95 or 99 per cent; whoever asks for all levels gets no help.
    if (known.size >= 8) return studentQuantile((1 + confidence) / 2, degrees)
    table = new Float64Array(MOST_KNOWN)
    known.set(confidence, table)
  }
  if (table[degrees] === 0) table[degrees] = studentQuantile((1 + confidence) / 2, degrees)
  return table[degrees]!
}
