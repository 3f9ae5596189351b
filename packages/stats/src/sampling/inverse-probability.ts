import { checkFraction, checkNumber, checkNumbers, checkSameLength } from '../check.ts'
import { StatsError } from '../error.ts'
import { encodeClusters } from '../inference/cluster-sums.ts'
import { clusterMethod } from '../inference/clustered-mean.ts'
import type { Estimate } from '../result.ts'
import { effectiveSampleSize } from './effective-sample-size.ts'
import { weightedInterval, type WeightedOptions } from './weighted-interval.ts'

export interface InverseProbabilityDetails {
  /** Standard error over clusters; null with fewer than two. */
  se: number | null
  n: number
  clusters: number
  /** Kish's effective sample size of the weights. */
  effective: number
  /** Units of the population that the sample stands for: Σ1/π. */
  population: number
}

export interface HajekOptions extends WeightedOptions {
  /** `CR3` by default, the jackknife that leaves out one cluster at a time; `CR1` is the sandwich of most programs: see `clusteredMean`. */
  variance?: 'CR1' | 'CR3'
}

/**
 * Hájek's estimate of a population's mean from units that were drawn with known, unequal probabilities: each counts as the 1/π units that it
 * stands for. In the values' unit. The estimate to use for traffic that was sampled by a plan.
 *
 * Misleads when some kind of unit could not be drawn at all, and when a few tiny probabilities decide everything: look at `effective`.
 *
 * @param values N finite numbers.
 * @param probabilities N inclusion probabilities, in (0, 1].
 * @param options.clusters Judgments of one unit go together; each stands alone by default.
 * @param options.variance `CR3` (jackknife) by default.
 * @param options.proportion False by default. @param options.confidence 0.95 by default.
 * @returns `estimate` Σ(y/π)/Σ(1/π) with an interval from the jackknife over clusters (t on G − 1 degrees, fewer where weights are very unequal; for
 *   a proportion Wilson's on effective trials). It speaks of traffic like this, not of these very units: no finite population correction. No
 *   interval and `se` null with one cluster. Null with `no-ratings` for no values.
 * @throws StatsError `shape` for lists of unequal length; `range` for a probability outside (0, 1], or values that are not finite (for a
 *   proportion: outside 0..1).
 *
 * Source: Hájek (1971), in Foundations of Statistical Inference, p. 236; Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, §5.7
 *   and 7.2. O(N).
 *
 * @example
 * hajekMean([1, 0], [0.5, 0.25]).estimate // => 1 / 3
 */
export function hajekMean(
  values: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: HajekOptions = {},
): Estimate<InverseProbabilityDetails> {
  const { variance = 'CR3' } = options
  const sample = readSample(values, probabilities, options)
  const { n, weights, codes, count, effective, population, shares, degrees } = sample
  if (n === 0) return { estimate: null, reason: 'no-ratings', n, clusters: 0, se: null }
  let estimate = 0
  for (let i = 0; i < n; i += 1) estimate += (weights[i]! * values[i]!) / population
  const details = { n, clusters: count, effective, population }
  if (count < 2) return { estimate, ...details, se: null }
  const sums = new Float64Array(count)
  for (let i = 0; i < n; i += 1) sums[codes[i]!]! += (weights[i]! * (values[i]! - estimate)) / population
  // Leaving a cluster out takes its share of the weight away, which makes the others' shares larger.
  const isLeftOut = variance === 'CR3'
  const squares = sums.reduce((total, sum, g) => total + (isLeftOut ? sum / (1 - shares[g]!) : sum) ** 2, 0)
  const se = Math.sqrt(squares * (isLeftOut ? (count - 1) / count : count / (count - 1)))
  const method = clusterMethod(variance, count).replace(/, t$/, '')
  return { estimate, ...weightedInterval(estimate, se, degrees, Math.min(effective, count), method, options), ...details, se }
}

/**
 * Horvitz and Thompson's estimate of a population's mean from units that were drawn with known probabilities, when its size is known. In the
 * values' unit; exactly unbiased.
 *
 * Misleads when the number of units drawn varies, as it does with draws one by one: it then moves with that number, although the mean does not.
 * `hajekMean` does not, and is nearly always closer.
 *
 * @param values N finite numbers. @param probabilities N inclusion probabilities, in (0, 1].
 * @param size Units in the population, at least the number drawn.
 * @param options As `hajekMean`.
 * @returns `estimate` Σ(y/π)/size with an interval for independent draws: variance Σ(y/π)²/size², added up by cluster. Otherwise as `hajekMean`.
 * @throws StatsError as `hajekMean`, and `range` for a size below 1.
 *
 * Source: Horvitz & Thompson (1952), J. American Statistical Association 47(260), doi:10.1080/01621459.1952.10483446. O(N).
 *
 * @example
 * horvitzThompsonMean([1, 0], [0.5, 0.25], 8).estimate // => 0.25
 */
export function horvitzThompsonMean(
  values: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  size: number,
  options: WeightedOptions = {},
): Estimate<InverseProbabilityDetails> {
  checkNumber('size', size, 1)
  const { n, weights, codes, count, effective, population, degrees } = readSample(values, probabilities, options)
  if (n === 0) return { estimate: null, reason: 'no-ratings', n, clusters: 0, se: null }
  const sums = new Float64Array(count)
  for (let i = 0; i < n; i += 1) sums[codes[i]!]! += (weights[i]! * values[i]!) / size
  const estimate = sums.reduce((total, sum) => total + sum, 0)
  const details = { n, clusters: count, effective, population }
  if (count < 2) return { estimate, ...details, se: null }
  const se = Math.sqrt(sums.reduce((total, sum) => total + sum * sum, 0))
  const method = `independent draws over ${count} clusters`
  return { estimate, ...weightedInterval(estimate, se, degrees, Math.min(effective, count), method, options), ...details, se }
}

function readSample(values: ArrayLike<number>, probabilities: ArrayLike<number>, options: WeightedOptions) {
  const { clusters, proportion = false, confidence = 0.95 } = options
  checkFraction('confidence', confidence)
  const n = values.length
  checkSameLength('probabilities', probabilities, n)
  checkNumbers('values', values, proportion ? 0 : -Infinity, proportion ? 1 : Infinity)
  checkNumbers('probabilities', probabilities, 0, 1)
  let population = 0
  const weights = Float64Array.from(probabilities, (probability, i) => {
    if (probability === 0)
      throw new StatsError({ code: 'range', argument: `probabilities[${i}]`, expected: 'a number above 0', received: 0 })
    population += 1 / probability
    return 1 / probability
  })
  if (clusters !== undefined) checkSameLength('clusters', clusters, n)
  const { codes, count } = clusters === undefined ? { codes: Int32Array.from(weights.keys()), count: n } : encodeClusters(clusters)
  const shares = new Float64Array(count)
  for (let i = 0; i < n; i += 1) shares[codes[i]!]! += weights[i]! / population
  return { n, weights, codes, count, effective: effectiveSampleSize(weights).estimate ?? 0, population, shares, degrees: degreesOf(shares) }
}

function degreesOf(shares: Float64Array): number {
  let [squares, fourths] = [0, 0]
  for (const share of shares) {
    squares += share ** 2
    fourths += share ** 4
  }
  return degreesOfSquares(squares, fourths)
}

/** Of clusters with equal weights G − 1; fewer where a few clusters carry most of the weight, and with it of the variance (Satterthwaite 1946). */
export function degreesOfSquares(squares: number, fourths: number): number {
  return fourths > 0 ? Math.max(1, squares ** 2 / fourths - 1) : 1
}
