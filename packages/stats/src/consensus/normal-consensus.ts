import { groupBy, type Ratings } from '../agreement/ratings.ts'
import { StatsError } from '../error.ts'
import type { Reason } from '../result.ts'

export interface NormalRater {
  rater: string
  ratings: number
  /** Points that the rater adds to an item's level: above 0 is lenient. The mean over ratings is 0. */
  severity: number
  /** Standard deviation of the rater's ratings around the level of the item plus the severity, in points. */
  noise: number
}

/** Levels of items on a numeric scale, with the raters' severity and noise. */
export interface NormalConsensus {
  itemNames: readonly string[]
  /** The level of each item, and its posterior standard deviation; an item without ratings has the mean of all items. */
  levels: Float64Array
  sds: Float64Array
  raters: NormalRater[]
  /** Mean and standard deviation of the items' levels. */
  mean: number
  itemSd: number
  logLikelihood: number
  iterations: number
  converged: boolean
}

export interface NormalConsensusOptions {
  /** Weight of the prior that a rater is as noisy as all raters together, in ratings; 4 by default. It keeps a rater with few ratings from counting as exact. */
  smoothing?: number
  /** At most so many rounds; 500 by default. */
  maxIterations?: number
  /** Stop when the objective grows by less than this share of itself; 1e-9 by default. */
  tolerance?: number
}

/**
 * Consensus of numeric ratings: the level of each item, corrected for how severe its raters are, with exact raters counting more than noisy
 * ones. In the unit of the ratings.
 *
 * Misleads when raters judge items that they chose (a severe rater of bad items looks like the items), and when groups of raters share no items:
 * their severities then cannot be told from their items' levels. Ratings at the ends of a scale are pulled inwards.
 *
 * @param ratings R ratings whose values are numbers. @param options See `NormalConsensusOptions`.
 * @returns Posterior means and standard deviations of the levels, and each rater's severity and noise; or `no-ratings`, or `no-variance` where
 *   all ratings are equal.
 * @throws StatsError `unsupported` for values that are not numbers.
 *
 * Source: rating = level + severity + noise with normal levels and normal noise of a variance per rater, as Grubbs (1948), J. American
 *   Statistical Association 43(242), doi:10.1080/01621459.1948.10483261; fitted by EM as Raykar et al. (2010), J. Machine Learning Research 11,
 *   §7. O(R) per round.
 *
 * @example
 * normalConsensus(ratingsFromTable([[1, 2], [3, 4], [5, 6]])).raters?.[1]?.severity // => 0.5
 */
export function normalConsensus(
  ratings: Ratings,
  options: NormalConsensusOptions = {},
): NormalConsensus | { raters: null; reason: Reason } {
  const { smoothing = 4, maxIterations = 500, tolerance = 1e-9 } = options
  const { numbers, itemNames, raterNames } = ratings
  if (numbers === null && ratings.items.length > 0)
    throw new StatsError({ code: 'unsupported', argument: 'ratings', expected: 'values that are numbers', received: ratings.valueNames[0] })
  const n = ratings.items.length
  if (n === 0 || numbers === null) return { raters: null, reason: 'no-ratings' }
  const { start, positions } = groupBy(ratings.items, itemNames.length)
  const value = Float64Array.from(positions, (j) => numbers[ratings.values[j]!]!)
  const rater = Int32Array.from(positions, (j) => ratings.raters[j]!)
  const counts = new Float64Array(raterNames.length)
  for (const r of rater) counts[r]! += 1

  let mean = value.reduce((sum, y) => sum + y, 0) / n
  const total = value.reduce((sum, y) => sum + (y - mean) ** 2, 0) / n
  if (!(total > 1e-12 * (1 + mean * mean))) return { raters: null, reason: 'no-variance' }
  // Half of the variance to the items: a neutral start.
  let itemVariance = total / 2
  const variance = new Float64Array(raterNames.length).fill(total / 2)
  const severity = new Float64Array(raterNames.length)
  const levels = new Float64Array(itemNames.length)
  const variances = new Float64Array(itemNames.length)
  // No noise is estimated as none: ratings of whole points hide what is smaller.
  const floor = 1e-6 * total

  /** Posterior of every level, and the log-likelihood of the ratings under the parameters so far. */
  const expect = (): number => {
    let logLikelihood = 0
    for (let i = 0; i < itemNames.length; i += 1) {
      let precision = 1 / itemVariance
      let weighted = mean / itemVariance
      let squares = (mean * mean) / itemVariance
      let logs = Math.log(itemVariance)
      for (let j = start[i]!; j < start[i + 1]!; j += 1) {
        const y = value[j]! - severity[rater[j]!]!
        const v = variance[rater[j]!]!
        precision += 1 / v
        weighted += y / v
        squares += (y * y) / v
        logs += Math.log(2 * Math.PI * v)
      }
      levels[i] = weighted / precision
      variances[i] = 1 / precision
      logLikelihood -= 0.5 * (logs + Math.log(precision) + squares - weighted * levels[i]!)
    }
    return logLikelihood
  }
  const maximise = (): void => {
    const sums = new Float64Array(raterNames.length)
    eachRating((j, i) => (sums[rater[j]!]! += value[j]! - levels[i]!))
    const offset = sums.reduce((sum, own) => sum + own, 0) / n
    for (let r = 0; r < severity.length; r += 1) severity[r] = counts[r]! > 0 ? sums[r]! / counts[r]! - offset : 0
    const squares = new Float64Array(raterNames.length)
    eachRating((j, i) => (squares[rater[j]!]! += (value[j]! - levels[i]! - offset - severity[rater[j]!]!) ** 2 + variances[i]!))
    const pooled = squares.reduce((sum, own) => sum + own, 0) / n
    for (let r = 0; r < variance.length; r += 1)
      variance[r] = Math.max(floor, (squares[r]! + smoothing * pooled) / (counts[r]! + smoothing))
    let [rated, sum, spread] = [0, 0, 0]
    for (let i = 0; i < levels.length; i += 1) {
      if (start[i] === start[i + 1]) continue
      rated += 1
      sum += levels[i]! + offset
    }
    mean = sum / rated
    for (let i = 0; i < levels.length; i += 1) if (start[i] !== start[i + 1]) spread += (levels[i]! + offset - mean) ** 2 + variances[i]!
    itemVariance = Math.max(floor, spread / rated)
  }
  const eachRating = (visit: (j: number, i: number) => void): void => {
    for (let i = 0; i < itemNames.length; i += 1) for (let j = start[i]!; j < start[i + 1]!; j += 1) visit(j, i)
  }

  let logLikelihood = expect()
  let iterations = 0
  let converged = false
  while (!converged && iterations < maxIterations) {
    maximise()
    const next = expect()
    converged = Math.abs(next - logLikelihood) <= tolerance * (1 + Math.abs(next))
    logLikelihood = next
    iterations += 1
  }
  const raters = raterNames.flatMap((name, r): NormalRater[] =>
    counts[r] === 0 ? [] : [{ rater: name, ratings: counts[r]!, severity: severity[r]!, noise: Math.sqrt(variance[r]!) }],
  )
  return {
    itemNames,
    levels,
    sds: variances.map((v) => Math.sqrt(v)),
    raters,
    mean,
    itemSd: Math.sqrt(itemVariance),
    logLikelihood,
    iterations,
    converged,
  }
}
