import { checkNumbers } from '../check.ts'
import type { Estimate } from '../result.ts'

/**
 * Kish's effective sample size: how many equally weighted observations would say as much as these weighted ones. At most N; equal weights
 * give N.
 *
 * Misleads when read as a quality of the sample: it tells what unequal weights cost in precision, neither what they gain in fairness, nor what
 * clusters cost. It assumes that weights and values are unrelated.
 *
 * @param weights N weights of at least 0, in any unit.
 * @returns `estimate` (Σw)²/Σw² and the `designEffect` N/estimate by which variances grow. Null with `no-ratings` for no weights and with
 *   `no-weight` if all are 0.
 * @throws StatsError `range` for a negative weight, or one that is not finite.
 *
 * Source: Kish (1965), Survey Sampling, §11.2C; Kish (1992), J. Official Statistics 8(2). O(N).
 *
 * @example
 * effectiveSampleSize([1, 1, 2]).estimate // => 8 / 3
 */
export function effectiveSampleSize(weights: ArrayLike<number>): Estimate<{ n: number; designEffect: number }> {
  checkNumbers('weights', weights, 0)
  const n = weights.length
  if (n === 0) return { estimate: null, reason: 'no-ratings', n }
  // Relative to the largest, so that neither sum overflows.
  let top = 0
  for (let i = 0; i < n; i += 1) top = Math.max(top, weights[i]!)
  if (top === 0) return { estimate: null, reason: 'no-weight', n }
  let [sum, squares] = [0, 0]
  for (let i = 0; i < n; i += 1) {
    const weight = weights[i]! / top
    sum += weight
    squares += weight * weight
  }
  const estimate = (sum * sum) / squares
  return { estimate, n, designEffect: n / estimate }
}
