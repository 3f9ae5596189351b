import { checkFraction, checkInteger, checkNumber, checkNumbers } from '../check.ts'
import type { Estimate } from '../result.ts'

export interface AnytimeOptions {
  /** Coverage at all times together; 0.95 by default. */
  confidence?: number
  /** The number of clusters at which the interval shall be tightest; 200 by default. Choose it before looking. */
  tightestAt?: number
}

/**
 * An interval that stays valid however often people look and whenever they stop: for dashboards. It covers the truth at *all* times
 * together with the confidence asked for; being about 1.5 times as wide as a fixed interval is the price of peeking.
 *
 * Misleads with few clusters (under about 50), as it rests on the central limit theorem: for bounded values use
 * `bettingInterval`, which does not. Assumes that clusters arrive in an order that has nothing to do with their values.
 *
 * @param result Any result with `estimate`, `se` and `clusters`: of `clusteredMean`, `clusteredProportion`, `clusteredDifference`.
 * @param options.confidence 0.95 by default. @param options.tightestAt 200 clusters by default.
 * @returns The result with the interval replaced. Unchanged if it has no `estimate` or no `se`.
 * @throws StatsError `range` for a confidence outside (0, 1) or `tightestAt` below 1.
 *
 * Source: Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas (2024), Annals of Statistics 52(6), theorem 2.2 and equation 10 (normal mixture,
 *   asymptotic confidence sequence), doi:10.1214/24-AOS2408; time counts clusters.
 *
 * @example
 * anytimeInterval({ estimate: 0.5, se: null, clusters: 1 }).estimate // => 0.5
 */
export function anytimeInterval<Details extends { se: number | null; clusters: number }>(
  result: Estimate<Details>,
  options: AnytimeOptions = {},
): Estimate<Details> {
  const { confidence = 0.95, tightestAt = 200 } = options
  checkFraction('confidence', confidence)
  checkNumber('tightestAt', tightestAt, 1)
  if (result.estimate === null || result.se === null) return result
  const half = result.se * anytimeQuantile(1 - confidence, result.clusters, tightestAt)
  const method = `anytime-valid (normal mixture over ${result.clusters} clusters, tightest at ${tightestAt})`
  return { ...result, low: result.estimate - half, high: result.estimate + half, confidence, method }
}

/** How many standard errors an anytime-valid interval reaches at time `t` when it is tightest at `tightestAt`. */
export function anytimeQuantile(alpha: number, t: number, tightestAt: number): number {
  const log = -2 * Math.log(alpha)
  const growth = (t * (log + Math.log(log) + 1)) / tightestAt
  // For alpha near 1 the paper's choice of growth is not positive; any positive one is valid.
  const g = growth > 0 ? growth : t / tightestAt
  return Math.sqrt(((2 * (g + 1)) / g) * Math.log(Math.sqrt(g + 1) / alpha))
}

/**
 * The mean of values between two known bounds with an interval that is valid at any time and for any number of values, without the
 * central limit theorem: it bets against each candidate mean, and keeps those that lose no more than 1 / (1 − confidence) times the stake.
 *
 * Misleads when values are not in order of arrival, or when several come from one cluster: give one value per cluster.
 *
 * @param values N values in order of arrival, between `options.low` and `options.high` (0 and 1 by default).
 * @param options.confidence 0.95 by default. @param options.from Take the intersection of the intervals from this time on; the last
 *   one alone by default.
 * @returns `estimate` the mean, with the interval. Null with `no-ratings` for no values.
 * @throws StatsError `range` for values outside the bounds or bounds in the wrong order.
 *
 * Source: Waudby-Smith & Ramdas (2024), J. Royal Statistical Society B 86(1), theorem 3 (hedged capital), doi:10.1093/jrsssb/qkad009. O(N).
 *
 * @example
 * bettingInterval([1, 1, 0, 1]).estimate // => 0.75
 */
export function bettingInterval(
  values: ArrayLike<number>,
  options: { confidence?: number; low?: number; high?: number } = {},
): Estimate<{ n: number }> {
  const { confidence = 0.95, low = 0, high = 1 } = options
  checkFraction('confidence', confidence)
  checkNumber('low', low)
  checkNumber('high', high, low)
  checkNumbers('values', values, low, high)
  const n = values.length
  checkInteger('values.length', n, 0)
  if (n === 0) return { estimate: null, reason: 'no-ratings', n }
  const range = high - low || 1
  const alpha = 1 - confidence
  const x = Float64Array.from(values, (value) => (value - low) / range)
  const bets = plugInBets(x, alpha)
  const mean = x.reduce((sum, value) => sum + value, 0) / n
  // Half the stake bets that the mean is larger than m, half that it is smaller: each must reach 2 / α.
  const threshold = Math.log(2 / alpha)
  const lower = boundary((m) => logCapital(x, bets, m, 1) >= threshold, 0, mean)
  const upper = boundary((m) => logCapital(x, bets, m, -1) < threshold, mean, 1)
  return { estimate: low + mean * range, low: low + lower * range, high: low + upper * range, confidence, method: `betting over ${n} values`, n }
}

/** Predictable bets: each depends on the values before it alone. */
function plugInBets(x: Float64Array, alpha: number): Float64Array {
  const bets = new Float64Array(x.length)
  let sum = 0.5
  let squares = 0.25
  for (let i = 0; i < x.length; i += 1) {
    bets[i] = Math.sqrt((2 * Math.log(2 / alpha) * (i + 1)) / (squares * (i + 1) * Math.log(i + 2)))
    sum += x[i]!
    squares += (x[i]! - sum / (i + 2)) ** 2
  }
  return bets
}

/** Log of the capital won by betting that the mean lies above m (`side` 1) or below it (−1). At most half the capital is at risk. */
function logCapital(x: Float64Array, bets: Float64Array, m: number, side: 1 | -1): number {
  const cap = 0.5 / (side === 1 ? m : 1 - m)
  let product = 1
  let log = 0
  for (let i = 0; i < x.length; i += 1) {
    product *= 1 + side * Math.min(bets[i]!, cap) * (x[i]! - m)
    if (product > 1e100 || product < 1e-100) {
      log += Math.log(product)
      product = 1
    }
  }
  return log + Math.log(product)
}

/** The largest m in [from, to] up to which `holds`, which turns false once; `from` if it never holds. */
function boundary(holds: (m: number) => boolean, from: number, to: number): number {
  let left = from
  let right = to
  if (holds(right)) return right
  for (let step = 0; step < 50; step += 1) {
    const middle = (left + right) / 2
    if (holds(middle)) left = middle
    else right = middle
  }
  return (left + right) / 2
}
