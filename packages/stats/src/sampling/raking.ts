import { checkInteger, checkNumber, checkNumbers, checkSameLength } from '../check.ts'
import { StatsError } from '../error.ts'
import type { Reason } from '../result.ts'
import { effectiveSampleSize } from './effective-sample-size.ts'

/** One way in which the population is known: by language, say, or by model. */
export interface Margin {
  name: string
  /** The N observations' values on it. */
  values: ArrayLike<string | number>
  /** The population's share, or size, of each value. Scaled to add up to 1. */
  shares: Readonly<Record<string, number>>
}

export interface RakedWeights {
  /** One weight for each observation, with mean 1. */
  weights: Float64Array
  /** Kish's effective sample size of these weights. */
  effective: number
  iterations: number
  /** Whether every margin is met to within `tolerance`. */
  converged: boolean
}

/**
 * Raking: weights that put a sample into a population's proportions on several margins at once, when only the margins are known and not how
 * they cross. A weighted mean with these weights is an estimate for the population.
 *
 * Misleads when the margins matter together (long outputs in one language only): it keeps how they cross in the sample.
 *
 * @param margins Each with the N observations' values and the population's shares. Values without a share have share 0.
 * @param options.maxIterations 1000 by default. @param options.tolerance Largest error of a margin's share; 1e-10 by default.
 * @returns Weights with mean 1, started equal. Null with `no-ratings` for no observations, `no-weight` for a margin whose shares are all 0,
 *   and `empty-stratum` if a value with a share is never observed. `converged` is false where margins contradict each other.
 * @throws StatsError `shape` for margins of unequal length, or none; `range` for negative shares or impossible limits.
 *
 * Source: Deming & Stephan (1940), Annals of Mathematical Statistics 11(4), doi:10.1214/aoms/1177731829. O(N · margins) a round.
 *
 * @example
 * rake([{ name: 'language', values: ['en', 'en', 'de'], shares: { en: 1, de: 1 } }]).weights // => Float64Array.of(0.75, 0.75, 1.5)
 */
export function rake(
  margins: readonly Margin[],
  options: { maxIterations?: number; tolerance?: number } = {},
): RakedWeights | { weights: null; reason: Reason } {
  const { maxIterations = 1000, tolerance = 1e-10 } = options
  checkInteger('maxIterations', maxIterations, 1)
  checkNumber('tolerance', tolerance, 0)
  const n = margins[0]?.values.length
  if (n === undefined) throw new StatsError({ code: 'shape', argument: 'margins', expected: 'at least one margin', received: margins })
  const targets = margins.map(({ name, values, shares }) => {
    checkSameLength(`${name}.values`, values, n)
    const names = Object.keys(shares)
    checkNumbers(`${name}.shares`, Object.values(shares), 0)
    const index = new Map(names.map((value, k) => [value, k]))
    const total = Object.values(shares).reduce((sum, share) => sum + share, 0)
    // What the population does not have comes last, with share 0.
    const codes = Int32Array.from({ length: n }, (_, i) => index.get(String(values[i])) ?? names.length)
    return { codes, total, share: Float64Array.from([...names.map((value) => shares[value]! / total), 0]) }
  })
  if (n === 0) return { weights: null, reason: 'no-ratings' }
  if (targets.some(({ total }) => total === 0)) return { weights: null, reason: 'no-weight' }
  const seen = targets.map(({ codes, share }) => tally(codes, new Float64Array(n).fill(1), share.length))
  if (targets.some(({ share }, m) => share.some((part, k) => part > 0 && seen[m]![k] === 0)))
    return { weights: null, reason: 'empty-stratum' }

  const weights = new Float64Array(n).fill(1)
  for (let iterations = 1; ; iterations += 1) {
    for (const { codes, share } of targets) {
      const sums = tally(codes, weights, share.length)
      const factors = share.map((part, k) => (sums[k]! > 0 ? (part * n) / sums[k]! : 0))
      for (let i = 0; i < n; i += 1) weights[i]! *= factors[codes[i]!]!
    }
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    // Margins that exclude each other leave nothing.
    if (!(total > 0)) return { weights: null, reason: 'empty-stratum' }
    for (let i = 0; i < n; i += 1) weights[i]! *= n / total
    const off = targets.some(({ codes, share }) =>
      tally(codes, weights, share.length).some((sum, k) => Math.abs(sum / n - share[k]!) > tolerance),
    )
    if (!off || iterations === maxIterations)
      return { weights, effective: effectiveSampleSize(weights).estimate ?? 0, iterations, converged: !off }
  }
}

function tally(codes: Int32Array, weights: Float64Array, count: number): Float64Array {
  const sums = new Float64Array(count)
  for (let i = 0; i < codes.length; i += 1) sums[codes[i]!]! += weights[i]!
  return sums
}
