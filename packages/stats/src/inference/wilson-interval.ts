import { checkFraction, checkNumber } from '../check.ts'
import { normalQuantile } from '../numeric/normal.ts'
import type { Estimate } from '../result.ts'

export interface ProportionDetails {
  n: number
}

/**
 * A proportion, in 0..1, with Wilson's score interval: never empty, never outside 0..1, sound from a handful of trials.
 *
 * Misleads when trials are not independent (several votes on one item): use `clusteredProportion`.
 *
 * @param successes Between 0 and `n`. Fractions are allowed, for weighted counts.
 * @param n Trials, or the effective number of trials.
 * @param confidence Coverage of the interval; 0.95 by default.
 * @returns `estimate` successes / n with the score interval, without continuity correction. Null with `no-ratings` if n is 0.
 * @throws StatsError `range` for negative or non-finite numbers, more successes than trials, or a confidence outside (0, 1).
 *
 * Source: Wilson (1927), J. American Statistical Association 22(158), doi:10.1080/01621459.1927.10502953; Brown, Cai & DasGupta (2001),
 *   Statistical Science 16(2), doi:10.1214/ss/1009213286. Checked against Newcombe (1998), table I, and statsmodels.
 *
 * @example
 * wilsonInterval(0, 0).estimate // => null
 */
export function wilsonInterval(successes: number, n: number, confidence = 0.95): Estimate<ProportionDetails> {
  checkNumber('n', n, 0)
  checkNumber('successes', successes, 0, n)
  checkFraction('confidence', confidence)
  if (n === 0) return { estimate: null, reason: 'no-ratings', n }
  const estimate = successes / n
  return { estimate, ...wilsonBounds(estimate, n, normalQuantile((1 + confidence) / 2)), confidence, method: 'Wilson score', n }
}

/** Wilson's bounds for a share `p` of `n` trials at critical value `z`, with exact ends at shares of 0 and 1. */
export function wilsonBounds(p: number, n: number, z: number): { low: number; high: number } {
  const square = z * z
  const centre = p + square / (2 * n)
  const half = z * Math.sqrt((p * (1 - p) + square / (4 * n)) / n)
  const scale = 1 + square / n
  return { low: p === 0 ? 0 : Math.max(0, (centre - half) / scale), high: p === 1 ? 1 : Math.min(1, (centre + half) / scale) }
}
