import { checkFraction, checkNumber, checkNumbers } from '../check.ts'
import { studentQuantile } from '../numeric/quantile.ts'
import type { Estimate } from '../result.ts'

export interface CompletionDetails {
  /** Mean work done in a period. */
  rate: number
  /** Periods that the rate is the mean of. */
  periods: number
  /** Whether a latest end exists: with a rate that may be zero there is none, and no interval. */
  bounded: boolean
}

/**
 * After how many periods (days, say) a backlog is done, if work goes on as it did: with a prediction interval, which counts both that the rate is
 * known from few periods only and that single periods differ.
 *
 * Misleads when the past does not resemble the future (holidays, people who join), when the work of near periods is correlated (weekends: use
 * weeks as periods, or whole weeks of days), and when new work keeps arriving: it is about what is left now.
 *
 * @param done Work of each of N past periods, at least 0; empty periods are zeros and must not be left out.
 * @param left Work that is left, at least 0.
 * @param confidence Coverage of the interval; 0.95 by default.
 * @returns `estimate` left / mean, in periods. The interval is from where the upper end of the predicted total work first reaches `left` to where
 *   the lower end does. Null with `too-few` for fewer than two periods, `no-progress` if nothing was done.
 * @throws StatsError `range` for negative or non-finite numbers, or a confidence outside (0, 1).
 *
 * Source: the prediction interval of a sum of T future observations from N past ones, T·m ± t(N−1)·s·√(T + T²/N): Hahn & Meeker (1991),
 *   Statistical Intervals, section 4.6, doi:10.1002/9780470316771, solved for T. Checked by simulation. O(N).
 *
 * @example
 * forecastCompletion([8, 12], 40).estimate // => 4
 */
export function forecastCompletion(done: ArrayLike<number>, left: number, confidence = 0.95): Estimate<CompletionDetails> {
  checkNumbers('done', done, 0)
  checkNumber('left', left, 0)
  checkFraction('confidence', confidence)
  const periods = done.length
  if (periods < 2) return { estimate: null, reason: 'too-few', periods }
  const rate = Array.from(done).reduce((sum, one) => sum + one, 0) / periods
  if (rate === 0) return { estimate: null, reason: 'no-progress', periods, rate }
  const variance = Array.from(done).reduce((sum, one) => sum + (one - rate) ** 2, 0) / (periods - 1)
  const spread = studentQuantile((1 + confidence) / 2, periods - 1) ** 2 * variance
  // (left − T·m)² = spread·(T + T²/N), a quadratic in T whose roots are the two ends; its root beyond both is none when the rate may be zero.
  const a = rate ** 2 - spread / periods
  const b = 2 * left * rate + spread
  const root = Math.sqrt(Math.max(0, b ** 2 - 4 * a * left ** 2))
  const estimate = left / rate
  const low = (2 * left ** 2) / (b + root)
  if (a <= 0) return { estimate, rate, periods, bounded: false }
  const method = `prediction interval from ${periods} periods, t(${periods - 1})`
  return { estimate, low: left === 0 ? 0 : low, high: (b + root) / (2 * a), confidence, method, rate, periods, bounded: true }
}
