import { checkFraction, checkInteger, checkNumber, checkNumbers, checkSameLength } from '../check.ts'
import { clusterMethod } from '../inference/clustered-mean.ts'
import { StatsError } from '../error.ts'
import type { Estimate } from '../result.ts'
import { degreesOfSquares, type InverseProbabilityDetails } from './inverse-probability.ts'
import { weightedInterval } from './weighted-interval.ts'

/**
 * Sums over units with values y and weights w from which weighted means and their intervals follow, so that a database can add up millions of units
 * and send none of them. Those of disjoint sets of units can be added.
 */
export interface WeightedMoments {
  /** G, the number of units. */
  units: number
  /** Σw. */
  weights: number
  /** Σw². */
  weightSquares: number
  /** Σw⁴. */
  weightFourths: number
  /** Σw·y. */
  sum: number
  /** Σw²·y. */
  crossProducts: number
  /** Σw²·y². */
  sumSquares: number
}

/**
 * `hajekMean` from moments, where weights are known only up to a factor: the population's mean from units of unequal weight. In the values' unit.
 *
 * Misleads as `hajekMean` does, and a little more with few units of very unequal weight, as the jackknife would need the units one by one.
 *
 * @param moments Of G units with weights in any unit: 1/π, or what their stratum stands for.
 * @param options.proportion True for values in 0..1: the interval then stays within it; false by default. @param options.confidence 0.95 by default.
 * @returns As `hajekMean` with variance `CR1`, each unit its own cluster; `population` is Σw. No interval and `se` null with one unit. Null with
 *   `no-ratings` without units, `no-weight` if all weigh 0.
 * @throws StatsError `range` for moments that are not finite or below 0 where they cannot be, also of weights so small that their fourth powers are 0.
 *
 * Source: Hájek (1971), in Foundations of Statistical Inference, p. 236; Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, §5.7.
 *   O(1).
 *
 * @example
 * hajekMeanOfMoments(weightedMomentsOf([1, 0], [2, 4])).estimate // => 1 / 3
 */
export function hajekMeanOfMoments(
  moments: WeightedMoments,
  options: { proportion?: boolean; confidence?: number } = {},
): Estimate<InverseProbabilityDetails> {
  checkFraction('confidence', options.confidence ?? 0.95)
  checkMoments(moments)
  const { units, weights, weightSquares, weightFourths } = moments
  if (units === 0) return { estimate: null, reason: 'no-ratings', n: 0, clusters: 0, se: null }
  if (weights === 0) return { estimate: null, reason: 'no-weight', n: units, clusters: units, se: null }
  if (weightFourths === 0)
    throw new StatsError({ code: 'range', argument: 'moments.weightFourths', expected: 'above 0: weights of a size around 1', received: 0 })
  const { mean, variance } = describeMoments(moments)
  const effective = weights ** 2 / weightSquares
  const details = { n: units, clusters: units, effective, population: weights }
  if (units < 2) return { estimate: mean, ...details, se: null }
  const se = Math.sqrt(variance)
  const degrees = degreesOfSquares(weightSquares, weightFourths)
  const method = clusterMethod('CR1', units).replace(/, t$/, '')
  return { estimate: mean, ...weightedInterval(mean, se, degrees, Math.min(effective, units), method, options), ...details, se }
}

/** The moments of units that are at hand; weights 1 by default. O(N). */
export function weightedMomentsOf(values: ArrayLike<number>, weights?: ArrayLike<number>): WeightedMoments {
  checkNumbers('values', values)
  if (weights !== undefined) {
    checkSameLength('weights', weights, values.length)
    checkNumbers('weights', weights, 0)
  }
  const total = noWeightedMoments()
  for (let i = 0; i < values.length; i += 1) {
    const [y, w] = [values[i]!, weights === undefined ? 1 : weights[i]!]
    if (w === 0) continue
    total.units += 1
    total.weights += w
    total.weightSquares += w * w
    total.weightFourths += w ** 4
    total.sum += w * y
    total.crossProducts += w * w * y
    total.sumSquares += w * w * y * y
  }
  return total
}

/** The moments of disjoint sets of units together; each set's weights can be multiplied by a factor of its own, at least 0. */
export function addWeightedMoments(parts: readonly { moments: WeightedMoments; factor?: number }[]): WeightedMoments {
  const total = noWeightedMoments()
  for (const { moments, factor = 1 } of parts) {
    checkNumber('factor', factor, 0)
    if (factor === 0) continue
    const square = factor * factor
    total.units += moments.units
    total.weights += factor * moments.weights
    total.weightSquares += square * moments.weightSquares
    total.weightFourths += square * square * moments.weightFourths
    total.sum += factor * moments.sum
    total.crossProducts += square * moments.crossProducts
    total.sumSquares += square * moments.sumSquares
  }
  return total
}

/** The weighted mean and its CR1 variance over units; 0 of a single unit. */
export function describeMoments({ units, weights, weightSquares, sum, crossProducts, sumSquares }: WeightedMoments) {
  const mean = sum / weights
  const residuals = sumSquares - 2 * mean * crossProducts + mean * mean * weightSquares
  // Each of the three sums may be off by half a unit in the last place for each unit added up and for each product: a remainder below that is no spread.
  const isSpread = units > 1 && residuals > 2 * (units + 8) * Number.EPSILON * sumSquares
  return { mean, variance: isSpread ? ((units / (units - 1)) * residuals) / weights ** 2 : 0 }
}

export function checkMoments(moments: WeightedMoments): void {
  checkInteger('moments.units', moments.units, 0)
  for (const name of ['weights', 'weightSquares', 'weightFourths', 'sumSquares'] as const) checkNumber(`moments.${name}`, moments[name], 0)
  for (const name of ['sum', 'crossProducts'] as const) checkNumber(`moments.${name}`, moments[name])
}

function noWeightedMoments(): WeightedMoments {
  return { units: 0, weights: 0, weightSquares: 0, weightFourths: 0, sum: 0, crossProducts: 0, sumSquares: 0 }
}
