import { checkFraction, checkInteger } from '../check.ts'
import type { Interval } from '../result.ts'
import { binomialDraw } from './binomial-draw.ts'
import { seededRandom, type Random } from './random.ts'

/** How an interval is made by resampling. */
export interface BootstrapOptions {
  /** Number of resamples; 1000 by default, 0 for no interval. */
  resamples?: number
  /** Seed of the resampling; 1 by default, so that the same ratings always give the same interval. */
  seed?: number
  /** Coverage aimed at, in 0..1; 0.95 by default. */
  confidence?: number
}

export interface ClusterBootstrap extends BootstrapOptions {
  /** Number of distinct clusters (items). */
  clusters: number
  /** How many clusters of the sample look exactly like each; 1 each by default. Collapsing equal clusters makes a resample cheap. */
  multiplicities?: ArrayLike<number>
  /** What the clusters are, for the method's text. */
  over: string
  /** The statistic, given how often each cluster was drawn; null where it does not exist for a resample. The array is reused. */
  statistic: (draws: Float64Array) => number | null
}

/**
 * A percentile interval from resampling whole clusters with replacement, so that repeated judgments of one item stay together:
 * treating them as independent gives intervals that are far too narrow.
 *
 * Resamples without a value (for instance with one category only) are left out and counted in the method's text.
 * @returns The interval, or null with fewer than two clusters, no resamples, or a value in under half of them.
 * @throws StatsError `range` for a negative number of resamples, a confidence outside (0, 1), or a seed that is no integer.
 *
 * Source: Efron (1979), Annals of Statistics 7(1), doi:10.1214/aos/1176344552; Davison & Hinkley (1997), Bootstrap Methods, §3.8.
 */
export function clusterBootstrap(options: ClusterBootstrap): Interval | null {
  const { clusters, multiplicities, over, statistic, resamples = 1000, seed = 1, confidence = 0.95 } = options
  checkInteger('resamples', resamples, 0)
  checkFraction('confidence', confidence)
  const random = seededRandom(seed)
  const weights = Float64Array.from({ length: clusters }, (_, i) => multiplicities?.[i] ?? 1)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (total < 2 || resamples === 0) return null

  const draws = new Float64Array(clusters)
  const values = new Float64Array(resamples)
  let found = 0
  for (let b = 0; b < resamples; b += 1) {
    drawClusters(random, weights, total, draws)
    const value = statistic(draws)
    if (value === null || !Number.isFinite(value)) continue
    values[found] = value
    found += 1
  }
  if (found < Math.max(2, resamples / 2)) return null
  const sorted = values.subarray(0, found).sort()
  const tail = (1 - confidence) / 2
  const lost = found < resamples ? `, ${resamples - found} without a value` : ''
  return {
    low: sampleQuantile(sorted, tail),
    high: sampleQuantile(sorted, 1 - tail),
    confidence,
    method: `bootstrap over ${over} (${resamples} resamples, percentile${lost})`,
  }
}

/** One multinomial draw of `total` clusters: one by one where clusters are mostly distinct, else binomial after binomial. */
function drawClusters(random: Random, weights: Float64Array, total: number, draws: Float64Array): void {
  draws.fill(0)
  if (weights.length === total) {
    for (let i = 0; i < total; i += 1) draws[random.int(total)]! += 1
    return
  }
  let left = total
  let mass = total
  for (let i = 0; i < weights.length && left > 0; i += 1) {
    const drawn = binomialDraw(random, left, Math.min(1, weights[i]! / mass))
    draws[i] = drawn
    left -= drawn
    mass -= weights[i]!
  }
}

/** The quantile `p` of ascending values, linear between order statistics (Hyndman & Fan 1996, type 7). */
export function sampleQuantile(sorted: ArrayLike<number>, p: number): number {
  const position = p * (sorted.length - 1)
  const below = Math.floor(position)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  return low + (position - below) * (high - low)
}

/**
 * `clusterBootstrap` for statistics that depend on the clusters only through sums: row i of `sums` (clusters × width) holds what
 * cluster i adds, and `statistic` sees the totals of a resample. Linear time: resamples × clusters × width.
 */
export function bootstrapSums(
  sums: Float64Array,
  width: number,
  over: string,
  statistic: (totals: Float64Array) => number | null,
  options: BootstrapOptions & { multiplicities?: ArrayLike<number> } = {},
): Interval | null {
  const totals = new Float64Array(width)
  return clusterBootstrap({
    ...options,
    clusters: sums.length / width,
    over,
    statistic: (draws) => {
      totals.fill(0)
      for (let i = 0, at = 0; i < draws.length; i += 1, at += width) {
        const weight = draws[i]!
        if (weight === 0) continue
        for (let j = 0; j < width; j += 1) totals[j]! += weight * sums[at + j]!
      }
      return statistic(totals)
    },
  })
}
