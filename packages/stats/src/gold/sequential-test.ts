import { checkFraction, checkNumber, checkNumbers } from '../check.ts'
import { StatsError } from '../error.ts'

export interface SequentialTestOptions {
  /** Share of right answers of somebody whose work is good, p₀. */
  good: number
  /** Share of right answers of somebody whose work is poor, p₁ < p₀. */
  poor: number
  /** Chance that good work is called poor; 0.01 by default, because it stops a person. */
  alpha?: number
  /** Chance that poor work is called good; 0.1 by default. */
  beta?: number
}

export interface SequentialTest {
  /** What is decided: `poor`, `good`, or `open` while there is too little to tell. */
  decision: 'poor' | 'good' | 'open'
  /** How many scores were needed; all of them while it is open. */
  n: number
  /** ln of the likelihood under `poor` over that under `good`, after `n` scores; 0 before the first. */
  logRatio: number
  /** At or above it the work is poor: ln((1 − β)/α). */
  upper: number
  /** At or below it the work is good: ln(β/(1 − α)). */
  lower: number
}

/**
 * Wald's sequential probability ratio test of somebody's share of right answers: after each known answer it says that the work is poor, that it
 * is good, or that there is too little to tell. It needs about half as many answers as a test of fixed size with the same errors.
 *
 * Misleads when known answers are wrong (correct them and run it again) or can be recognised as such; and when it is started afresh after each
 * `good`, as a monitor must be: then α is the chance of a false alarm in each run, not over a working life.
 *
 * @param scores One for each known answer, in the order given, in 0..1: 1 right, 0 wrong, in between partly right (with mean p₀ or above such
 *   scores are called poor at most as often as answers that are right or wrong).
 * @param options p₀, p₁ and the two error rates.
 * @returns The first decision reached; later scores do not change it.
 * @throws StatsError `range` for scores outside 0..1, rates outside (0, 1), `poor` not below `good`, or α + β ≥ 1.
 *
 * Source: Wald (1947), Sequential Analysis, chapters 3 and 5; Wald (1945), Annals of Mathematical Statistics 16(2), eq. 4.7,
 *   doi:10.1214/aoms/1177731118. Checked against NIST/SEMATECH e-Handbook of Statistical Methods, section 6.2.6 (p₁ = 0.01, p₂ = 0.10), and by
 *   simulation of both error rates. O(n) time.
 *
 * @example
 * sequentialTest([0, 0, 0], { good: 0.9, poor: 0.5 }).decision // => 'poor'
 */
export function sequentialTest(scores: ArrayLike<number>, options: SequentialTestOptions): SequentialTest {
  const { good, poor, alpha = 0.01, beta = 0.1 } = options
  for (const [name, rate] of Object.entries({ good, poor, alpha, beta })) checkFraction(name, rate)
  if (poor >= good) throw new StatsError({ code: 'range', argument: 'poor', expected: `a number below ${good}`, received: poor })
  checkNumber('alpha + beta', alpha + beta, 0, 1 - Number.EPSILON)
  checkNumbers('scores', scores, 0, 1)
  const upper = Math.log((1 - beta) / alpha)
  const lower = Math.log(beta / (1 - alpha))
  const right = Math.log(poor / good)
  const wrong = Math.log((1 - poor) / (1 - good))
  let logRatio = 0
  for (let i = 0; i < scores.length; i += 1) {
    logRatio += scores[i]! * right + (1 - scores[i]!) * wrong
    if (logRatio >= upper) return { decision: 'poor', n: i + 1, logRatio, upper, lower }
    if (logRatio <= lower) return { decision: 'good', n: i + 1, logRatio, upper, lower }
  }
  return { decision: 'open', n: scores.length, logRatio, upper, lower }
}

/**
 * The same test, started afresh after each `good`: a watch over somebody who keeps working, which ends only with `poor`.
 *
 * Misleads as `sequentialTest` does: α is the chance of a false alarm in each run.
 *
 * @returns The run under way, or the one that ended with `poor`; `n` counts its own scores.
 * @throws StatsError as `sequentialTest`.
 *
 * Source: Wald (1947); Page (1954), Biometrika 41, for repeating it, doi:10.1093/biomet/41.1-2.100. O(n) time.
 *
 * @example
 * sequentialWatch([1, 1, 1, 1, 0, 0, 0], { good: 0.9, poor: 0.5 }).n // => 3
 */
export function sequentialWatch(scores: ArrayLike<number>, options: SequentialTestOptions): SequentialTest {
  const all = Array.from(scores)
  for (let from = 0; ;) {
    const run = sequentialTest(all.slice(from), options)
    if (run.decision !== 'good') return run
    from += run.n
  }
}
