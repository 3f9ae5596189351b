import { checkFraction, checkInteger, checkSameLength } from '../check.ts'
import type { Interval } from '../result.ts'
import { binomialDraw } from './binomial-draw.ts'
import { groupJackknife } from './group-jackknife.ts'
import { normalCdf, normalQuantile } from './normal.ts'
import { studentQuantile } from './quantile.ts'
import { seededRandom, type Random } from './random.ts'

/** How an interval is made by resampling. */
export interface BootstrapOptions {
  /** Number of resamples; 1000 by default, 0 for no interval. */
  resamples?: number
  /** Seed of the resampling; 1 by default, so that the same ratings always give the same interval. */
  seed?: number
  /** Coverage aimed at, in 0..1; 0.95 by default. */
  confidence?: number
  /** The values of all resamples where others have computed them: see `resampleValues`. */
  values?: Float64Array
  /** Used by `resampleValues`: compute only these resamples, into `values`, and make no interval. */
  part?: ResamplePart
}

export interface ResamplePart {
  /** The first resample and the one after the last. */
  from: number
  to: number
  values: Float64Array
}

export interface ClusterBootstrap extends BootstrapOptions {
  /** Number of distinct clusters (items). */
  clusters: number
  /** How many clusters of the sample look exactly like each; 1 each by default. Collapsing equal clusters makes a resample cheap. */
  multiplicities?: ArrayLike<number>
  /** What the clusters are, for the method's text. */
  over: string
  /**
   * The statistic, given how often each cluster counts (whole numbers of any total); null where it does not exist. The array is reused.
   */
  statistic: (draws: Float64Array) => number | null
}

const FEWEST = 5
/** Beyond so many distinct clusters, groups of them are left out instead of resampling one by one. */
const MANY = 50_000
/** Beyond so many distinct clusters the acceleration, which falls with their root, is taken as 0 instead of leaving out each in turn. */
const MOST_LEFT_OUT = 2000

/**
 * An interval from resampling whole clusters with replacement, so that repeated judgments of one item stay together: treating them as
 * independent gives intervals that are far too narrow. Bias-corrected and accelerated, and expanded to Student's t, as plain percentiles
 * are too narrow by a few per cent with few clusters and too high or low for a skewed statistic.
 *
 * Each resample has a random stream of its own, so that any part of them can be computed anywhere (`resampleValues`). Resamples without a
 * value (for instance with one category only) are left out and counted in the method's text.
 * Beyond 50,000 different clusters it is a `groupJackknife`.
 * @returns The interval, or null with fewer than five clusters (which make too few different resamples), no resamples, or a value in under
 *   half of them.
 * @throws StatsError `range` for a negative number of resamples, a confidence outside (0, 1), or a seed that is no integer.
 *
 * Source: Efron (1987), J. American Statistical Association 82(397), doi:10.1080/01621459.1987.10478410; expanded as Hesterberg (2015),
 *   The American Statistician 69(4), §5.1, doi:10.1080/00031305.2015.1089789; whole clusters as Davison & Hinkley (1997), §3.8.
 */
export function clusterBootstrap(options: ClusterBootstrap): Interval | null {
  const { clusters, multiplicities, over, statistic, resamples = 1000, seed = 1, confidence = 0.95, values, part } = options
  checkInteger('resamples', resamples, 0)
  checkFraction('confidence', confidence)
  checkInteger('seed', seed)
  const weights = Float64Array.from({ length: clusters }, (_, i) => multiplicities?.[i] ?? 1)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (total < FEWEST || resamples === 0) return null
  if (clusters > MANY) return part === undefined ? groupJackknife(weights, statistic, { over, seed, confidence }) : null
  if (part !== undefined) {
    fillResamples(weights, total, statistic, seed, part)
    return null
  }
  const drawn = values ?? new Float64Array(resamples)
  if (values === undefined) fillResamples(weights, total, statistic, seed, { from: 0, to: resamples, values: drawn })
  else checkSameLength('values', values, resamples)
  const sorted = drawn.filter((value) => !Number.isNaN(value)).sort()
  const found = sorted.length
  const estimate = statistic(weights)
  if (estimate === null || found < Math.max(2, resamples / 2)) return null

  const reach = Math.sqrt(total / (total - 1)) * studentQuantile((1 + confidence) / 2, total - 1)
  const bias = normalQuantile(shareBelow(sorted, estimate))
  const acceleration = accelerationOf(weights, total, statistic, estimate)
  const limit = (z: number) => sampleQuantile(sorted, normalCdf(bias + (bias + z) / Math.max(0.1, 1 - acceleration * (bias + z))))
  const lost = found < resamples ? `, ${resamples - found} without a value` : ''
  return {
    low: Math.min(estimate, limit(-reach)),
    high: Math.max(estimate, limit(reach)),
    confidence,
    method: `bootstrap over ${over} (${resamples} resamples, BCa${lost})`,
  }
}

/**
 * The values of some of the resamples of a bootstrapped statistic, for spreading them over processors: the same bits wherever they are
 * computed. Put together, they are the `values` of the statistic's options.
 *
 * @param statistic Calls a statistic that makes one bootstrap interval, with the options given.
 * @param options.from The first resample, @param options.to the one after the last. @param options.seed 1 by default.
 * @returns to − from values; NaN where the statistic does not exist.
 * @throws StatsError `range` for a part that is not a range of whole numbers.
 *
 * @example
 * resampleValues((options) => krippendorffAlpha(ratingsFromTable([[1, 1], [2, 2], [1, 1], [2, 2], [3, 3]]), options), { from: 0, to: 2 }) // => Float64Array.of(1, 1)
 */
export function resampleValues(
  statistic: (options: BootstrapOptions) => unknown,
  { from, to, ...options }: { from: number; to: number; seed?: number },
): Float64Array<ArrayBuffer> {
  checkInteger('from', from, 0)
  checkInteger('to', to, from)
  const values = new Float64Array(to - from).fill(Number.NaN)
  statistic({ ...options, resamples: Math.max(1, to), part: { from, to, values } })
  return values
}

function fillResamples(
  weights: Float64Array,
  total: number,
  statistic: ClusterBootstrap['statistic'],
  seed: number,
  { from, to, values }: ResamplePart,
): void {
  const draws = new Float64Array(weights.length)
  for (let b = from; b < to; b += 1) {
    drawClusters(seededRandom(seed, b + 1), weights, total, draws)
    const value = statistic(draws)
    values[b - from] = value !== null && Number.isFinite(value) ? value : Number.NaN
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

/** The share of ascending values below the estimate, ties counted half; never so near 0 or 1 that few resamples would decide it. */
function shareBelow(sorted: Float64Array, estimate: number): number {
  const near = 1e-12 * Math.max(1, Math.abs(estimate))
  let [below, equal] = [0, 0]
  for (const value of sorted) {
    if (value < estimate - near) below += 1
    else if (value <= estimate + near) equal += 1
  }
  const least = Math.min(0.5, 5 / sorted.length)
  return Math.min(1 - least, Math.max(least, (below + equal / 2) / sorted.length))
}

/** A sixth of the skewness of the statistic's values with each cluster left out in turn. */
function accelerationOf(weights: Float64Array, total: number, statistic: ClusterBootstrap['statistic'], estimate: number): number {
  if (weights.length > MOST_LEFT_OUT || total < 3) return 0
  const without = weights.slice()
  const values = weights.map((weight, i) => {
    if (weight === 0) return estimate
    without[i] = weight - 1
    const value = statistic(without)
    without[i] = weight
    return value !== null && Number.isFinite(value) ? value : estimate
  })
  const mean = values.reduce((sum, value, i) => sum + weights[i]! * value, 0) / total
  let [square, cube] = [0, 0]
  for (const [i, value] of values.entries()) {
    const deviation = mean - value
    square += weights[i]! * deviation * deviation
    cube += weights[i]! * deviation * deviation * deviation
  }
  return square > 0 ? cube / (6 * square ** 1.5) : 0
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
