import { checkFraction, checkNumber, checkNumbers } from '../check.ts'
import type { Estimate } from '../result.ts'

/**
 * The mean of values between two known bounds with an interval that is valid at any time and for any number of values, without the
 * central limit theorem: it bets against each candidate mean, and keeps those that lose no more than 1 / (1 − confidence) times the stake.
 *
 * Misleads when values are not in order of arrival, or when several come from one cluster: give one value per cluster.
 *
 * @param values N values in order of arrival, between `options.low` and `options.high` (0 and 1 by default).
 * @param options.confidence 0.95 by default.
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
  return {
    estimate: low + mean * range,
    low: low + lower * range,
    high: low + upper * range,
    confidence,
    method: `betting over ${n} values`,
    n,
  }
}

/** Predictable bets: each depends on the values before it alone. */
function plugInBets(x: Float64Array, alpha: number): Float64Array {
  const bets = new Float64Array(x.length)
  let sum = 0.5
  let squares = 0.25
  for (let i = 0; i < x.length; i += 1) {
    bets[i] = Math.sqrt((2 * Math.log(2 / alpha)) / (squares * Math.log(i + 2)))
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
