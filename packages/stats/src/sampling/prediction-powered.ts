import { checkFraction, checkNumber, checkNumbers, checkSameLength } from '../check.ts'
import { StatsError } from '../error.ts'
import { encodeClusters } from '../inference/cluster-sums.ts'
import type { Estimate } from '../result.ts'
import { weightedInterval, type WeightedOptions } from './weighted-interval.ts'

/** A sample that people judged and a model scored. */
export interface JudgedSample {
  /** N judgments. */
  values: ArrayLike<number>
  /** The model's N scores of the same units, in the same unit of measure or any other. */
  predictions: ArrayLike<number>
  /** N inclusion probabilities, in (0, 1]; equal by default. */
  probabilities?: ArrayLike<number>
}

/** The mean score of traffic that nobody judged, with its standard error over clusters: a `clusteredMean` is one. */
export interface ScoredTraffic {
  estimate: number
  se: number | null
  n: number
}

export interface PredictionPoweredOptions extends WeightedOptions {
  /** How much the scores are trusted: 0 leaves them out, 1 is plain prediction-powered inference; chosen by default so that the error is least. */
  lambda?: number
}

export interface PredictionPoweredDetails {
  /** Standard error; null with one cluster of judgments, or traffic without one. */
  se: number | null
  /** How much the scores count. */
  lambda: number
  /** The mean of the judgments alone, and its standard error. */
  judged: { estimate: number; se: number | null }
  /** How many times as many judgments would be needed without the scores; at least 1 when λ is chosen. */
  gain: number | null
  n: number
  clusters: number
}

/**
 * Prediction-powered inference (PPI++): the mean judgment over all traffic, from scores of all of it and judgments of a sample. Unbiased however
 * wrong the scores are, and the more precise the better they are. In the judgments' unit.
 *
 * Misleads when the judged sample is not a random one of the traffic and its probabilities are not given, and when the model was trained on these
 * very judgments: score them by cross-fitting then.
 *
 * @param sample N judgments with scores. @param traffic Mean score of the units that were not judged, with its standard error.
 * @param options.clusters Judgments of one unit go together. @param options.lambda In 0..1; by default the one that makes the variance least.
 * @param options.proportion False by default. @param options.confidence 0.95 by default.
 * @returns `estimate` judged mean + λ·(traffic's mean score − sample's mean score), with an interval on clustered variances (factor G/(G−1), t on
 *   G − 1 degrees, one less where λ is chosen). For a proportion, the estimate is kept within 0..1 and the interval is Wilson's on effective trials. Null
 *   with `no-ratings` for no judgments; no interval with one cluster or where the traffic has no standard error, and λ 0 unless given.
 * @throws StatsError `shape` for lists of unequal length; `range` for a λ outside 0..1, a probability outside (0, 1], or values that are not finite.
 *
 * Source: Angelopoulos, Duchi & Zrnic (2023), PPI++, arXiv:2311.01453, example 6.1; clustered by adding residuals up. O(N). Checked against
 *   ppi_py.
 *
 * @example
 * predictionPoweredMean(
 *   { values: [1, 0, 1, 1, 0, 1, 1, 0], predictions: [1, 1, 1, 1, 0, 1, 0, 0] },
 *   { estimate: 0.75, se: 0.1, n: 20 },
 *   { lambda: 1 },
 * ).estimate // => 0.75
 */
export function predictionPoweredMean(
  sample: JudgedSample,
  traffic: ScoredTraffic,
  options: PredictionPoweredOptions = {},
): Estimate<PredictionPoweredDetails> {
  const { proportion = false, confidence = 0.95, lambda: given } = options
  checkFraction('confidence', confidence)
  checkNumber('traffic.estimate', traffic.estimate)
  if (traffic.se !== null) checkNumber('traffic.se', traffic.se, 0)
  if (given !== undefined) checkNumber('lambda', given, 0, 1)
  const { values, predictions } = sample
  const n = values.length
  checkSameLength('predictions', predictions, n)
  checkNumbers('values', values, proportion ? 0 : -Infinity, proportion ? 1 : Infinity)
  checkNumbers('predictions', predictions)
  const weights = shares(sample.probabilities, n)
  if (options.clusters !== undefined) checkSameLength('clusters', options.clusters, n)
  if (n === 0) return { estimate: null, reason: 'no-ratings', n, clusters: 0 }
  const { codes, count } =
    options.clusters === undefined ? { codes: Int32Array.from(weights.keys()), count: n } : encodeClusters(options.clusters)

  const meanOf = (list: ArrayLike<number>) => weights.reduce((sum, weight, i) => sum + weight * list[i]!, 0)
  const [judgedMean, scoredMean] = [meanOf(values), meanOf(predictions)]
  const y = residualSums(values, judgedMean, weights, codes, count)
  const f = residualSums(predictions, scoredMean, weights, codes, count)
  const factor = count > 1 ? count / (count - 1) : 0
  const product = (a: Float64Array, b: Float64Array) => factor * a.reduce((sum, value, g) => sum + value * b[g]!, 0)
  const [varianceY, covariance] = [product(y, y), product(y, f)]
  const varianceF = product(f, f) + (traffic.se ?? 0) ** 2

  const isKnown = count > 1 && traffic.se !== null
  const lambda = given ?? (isKnown && varianceF > 0 ? Math.min(1, Math.max(0, covariance / varianceF)) : 0)
  const raw = judgedMean + lambda * (traffic.estimate - scoredMean)
  const estimate = proportion ? Math.min(1, Math.max(0, raw)) : raw
  const judged = { estimate: judgedMean, se: count > 1 ? Math.sqrt(varianceY) : null }
  const details = { lambda, judged, n, clusters: count }
  if (!isKnown) return { estimate, ...details, se: null, gain: null }
  const variance = Math.max(0, varianceY - 2 * lambda * covariance + lambda * lambda * varianceF)
  const se = Math.sqrt(variance)
  const degrees = Math.max(1, count - (given === undefined && lambda > 0 ? 2 : 1))
  const method = `prediction-powered (λ = ${lambda.toFixed(2)}) over ${count} clusters`
  const interval = weightedInterval(estimate, se, degrees, count, method, options)
  return { estimate, ...interval, ...details, se, gain: variance > 0 ? varianceY / variance : null }
}

/** Each judgment's share of the population that the sample stands for. */
function shares(probabilities: ArrayLike<number> | undefined, n: number): Float64Array {
  if (probabilities === undefined) return new Float64Array(n).fill(1 / n)
  checkSameLength('probabilities', probabilities, n)
  checkNumbers('probabilities', probabilities, 0, 1)
  const weights = Float64Array.from(probabilities, (probability, i) => {
    if (probability > 0) return 1 / probability
    throw new StatsError({ code: 'range', argument: `probabilities[${i}]`, expected: 'a number above 0', received: probability })
  })
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}

function residualSums(list: ArrayLike<number>, mean: number, weights: Float64Array, codes: Int32Array, count: number): Float64Array {
  const sums = new Float64Array(count)
  for (let i = 0; i < codes.length; i += 1) sums[codes[i]!]! += weights[i]! * (list[i]! - mean)
  return sums
}
