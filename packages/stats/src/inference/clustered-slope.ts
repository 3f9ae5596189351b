import { checkFraction, checkNumbers, checkSameLength } from '../check.ts'
import { studentTails } from '../numeric/beta.ts'
import { studentQuantile } from '../numeric/quantile.ts'
import type { Estimate } from '../result.ts'
import { clusterMethod } from './clustered-mean.ts'
import { encodeClusters } from './cluster-sums.ts'
import { leaveOutDegrees } from './leave-out-degrees.ts'

export interface SlopeOptions {
  /** N names of clusters; each observation stands alone by default. */
  clusters?: ArrayLike<string | number>
  /**
   * N names of groups whose own levels are taken out (raters, sessions), so that only change within a group counts; one group by default. Groups
   * should lie within clusters.
   */
  within?: ArrayLike<string | number>
  /** Coverage of the interval; 0.95 by default. */
  confidence?: number
}

export interface SlopeDetails {
  /** Standard error over clusters; null with fewer than two, or where one of them alone decides the slope. */
  se: number | null
  /** Two-sided, of no slope. */
  p: number | null
  n: number
  clusters: number
}

/**
 * How much y changes per unit of x, by least squares, of observations that come in clusters; in y's unit per x's unit.
 *
 * Misleads where the relation bends, and says nothing about causes. Clusters under about ten make it uncertain, and the interval says so.
 *
 * @param y N finite numbers. @param x N finite numbers.
 * @param options.clusters Each observation alone by default. @param options.within One group by default. @param options.confidence 0.95 by default.
 * @returns `estimate` with an interval from the jackknife over clusters (t on Bell and McCaffrey's degrees: G − 1 where clusters
 *   say equally much about the slope, fewer where some say most). Null with `no-ratings` for no observations and
 *   `no-variance` if x does not vary within groups.
 * @throws StatsError `shape` for lists of unequal length; `range` for values that are not finite.
 *
 * Source: as `clusteredMean`; CV3 of MacKinnon, Nielsen & Webb (2023), doi:10.1002/jae.2990; groups taken out as in Frisch & Waugh (1933),
 *   Econometrica 1(4), doi:10.2307/1907330. O(N).
 *
 * @example
 * clusteredSlope([1, 3, 5], [0, 1, 2]).estimate // => 2
 */
export function clusteredSlope(y: ArrayLike<number>, x: ArrayLike<number>, options: SlopeOptions = {}): Estimate<SlopeDetails> {
  const { clusters, within, confidence = 0.95 } = options
  checkFraction('confidence', confidence)
  const n = y.length
  checkSameLength('x', x, n)
  checkNumbers('y', y)
  checkNumbers('x', x)
  for (const [name, list] of [
    ['clusters', clusters],
    ['within', within],
  ] as const)
    if (list !== undefined) checkSameLength(name, list, n)
  if (n === 0) return { estimate: null, reason: 'no-ratings', n, clusters: 0, se: null, p: null }
  const alone = { codes: Int32Array.from({ length: n }, (_, i) => i), count: n }
  const { codes, count } = clusters === undefined ? alone : encodeClusters(clusters)
  const groups = within === undefined ? { codes: new Int32Array(n), count: 1 } : encodeClusters(within)
  const [dy, dx] = [fromGroupMeans(y, groups), fromGroupMeans(x, groups)]

  // By cluster: observations, Σx, Σy, Σx², Σxy of the deviations.
  const sums = new Float64Array(5 * count)
  const totals = new Float64Array(5)
  let scale = 0
  for (let i = 0; i < n; i += 1) {
    const at = 5 * codes[i]!
    const row = [1, dx[i]!, dy[i]!, dx[i]! * dx[i]!, dx[i]! * dy[i]!]
    for (let k = 0; k < 5; k += 1) {
      sums[at + k]! += row[k]!
      totals[k]! += row[k]!
    }
    scale = Math.max(scale, Math.abs(x[i]!))
  }
  const [variation] = moments(totals)
  if (!(variation > 1e-20 * n * scale * scale)) return { estimate: null, reason: 'no-variance', n, clusters: count, se: null, p: null }
  const estimate = slopeOf(totals)!
  const squares = jackknifeSquares(sums, totals, count, estimate)
  if (count < 2 || squares === null) return { estimate, n, clusters: count, se: null, p: null }
  const se = Math.sqrt(((count - 1) / count) * squares)
  const degrees = leaveOutDegrees(Float64Array.from({ length: count }, (_, g) => sums[5 * g + 3]! / totals[3]!))
  const half = studentQuantile((1 + confidence) / 2, degrees) * se
  const p = se > 0 ? Math.min(1, 2 * studentTails(Math.abs(estimate) / se, degrees).upper) : estimate === 0 ? 1 : 0
  return {
    estimate,
    low: estimate - half,
    high: estimate + half,
    confidence,
    method: clusterMethod('CR3', count),
    se,
    p,
    n,
    clusters: count,
  }
}

function fromGroupMeans(values: ArrayLike<number>, { codes, count }: { codes: Int32Array; count: number }): Float64Array {
  const sums = new Float64Array(count)
  const sizes = new Float64Array(count)
  for (let i = 0; i < codes.length; i += 1) {
    sums[codes[i]!]! += values[i]!
    sizes[codes[i]!]! += 1
  }
  return Float64Array.from(values, (value, i) => value - sums[codes[i]!]! / sizes[codes[i]!]!)
}

/** Σ(x − x̄)² and Σ(x − x̄)(y − ȳ). */
function moments([n, x, y, xx, xy]: Float64Array): [number, number] {
  return n! > 0 ? [xx! - (x! * x!) / n!, xy! - (x! * y!) / n!] : [0, 0]
}

function slopeOf(sums: Float64Array): number | null {
  const [variation, covariation] = moments(sums)
  return variation > 0 ? covariation / variation : null
}

/**
 * Σ (slope without cluster g − slope)²; null where a cluster's absence leaves no slope. What is left is centred again; where groups lie within
 * clusters, it is centred already.
 */
function jackknifeSquares(sums: Float64Array, totals: Float64Array, count: number, estimate: number): number | null {
  const [whole] = moments(totals)
  const left = new Float64Array(5)
  let squares = 0
  for (let g = 0; g < count; g += 1) {
    for (let k = 0; k < 5; k += 1) left[k] = totals[k]! - sums[5 * g + k]!
    const [variation, covariation] = moments(left)
    if (!(variation > 1e-9 * whole)) return null
    squares += (covariation / variation - estimate) ** 2
  }
  return squares
}
