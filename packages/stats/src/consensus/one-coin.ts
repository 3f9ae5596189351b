import { checkNumber } from '../check.ts'
import type { Ratings } from '../agreement/ratings.ts'
import {
  describeConsensus,
  fit,
  meanPosterior,
  normaliseLogs,
  readVotes,
  type Consensus,
  type FitOptions,
  type NoConsensus,
} from './consensus.ts'

export interface OneCoinOptions extends FitOptions {
  /**
   * Weight of the prior that a rater is right four times in five, in units of five ratings; 1 by default. It keeps raters with few
   * labels in the middle, and keeps the fit from calling every item by the commonest value. 0 is maximum likelihood.
   */
  smoothing?: number
}

/**
 * One-coin Dawid–Skene: the values of items and one number per rater, the chance to be right; wrong values are equally likely.
 *
 * Misleads when errors go mostly one way (a strict rater): the full `dawidSkene` sees that, given enough labels.
 *
 * @param ratings R ratings; repeats of a rater on an item all count.
 * @returns As `dawidSkene`, with the confusion matrix that the one number implies. `reason` `no-ratings` if there are none.
 * @throws StatsError `range` for negative smoothing.
 *
 * Source: Zhang, Chen, Zhou & Jordan (2016), J. Machine Learning Research 17(102), §3.3 (the one-coin model). O(R + I·K) per round.
 *
 * @example
 * oneCoin(ratingsFromTable([[1, 1, 1], [2, 2, 2], [1, 1, 2], [2, 2, 2]])).labels // => Int32Array.of(0, 1, 0, 1)
 */
export function oneCoin(ratings: Ratings, options: OneCoinOptions = {}): Consensus | NoConsensus {
  const { smoothing = 1 } = options
  checkNumber('smoothing', smoothing, 0)
  const votes = readVotes(ratings, ratings.valueNames.length ** 2)
  if ('reason' in votes) return votes
  const { items, raters, categories: K, start, rater, value, shares } = votes
  const posteriors = shares.slice()
  const right = new Float64Array(raters)
  const given = new Float64Array(raters)
  for (const r of rater) given[r]! += 1
  let prior: Float64Array = new Float64Array(K)
  let logLikelihood = 0

  const round = () => {
    right.fill(4 * smoothing)
    for (let i = 0; i < items; i += 1)
      for (let j = start[i]!; j < start[i + 1]!; j += 1) right[rater[j]!]! += posteriors[i * K + value[j]!]!
    let penalty = 0
    const logWrong = new Float64Array(raters)
    const lead = right.map((sum, r) => {
      // With a single value nobody can be wrong.
      right[r] = K === 1 ? 1 : given[r]! + smoothing > 0 ? sum / (given[r]! + 5 * smoothing) : 1 / K
      const logRight = Math.log(Math.max(right[r]!, 1e-300))
      logWrong[r] = K > 1 ? Math.log(Math.max((1 - right[r]!) / (K - 1), 1e-300)) : 0
      penalty += smoothing * (4 * logRight + logWrong[r]!)
      return logRight - logWrong[r]!
    })
    prior = meanPosterior(votes, posteriors)
    const logPrior = prior.map((share) => Math.log(Math.max(share, 1e-300)))
    logLikelihood = 0
    for (let i = 0; i < items; i += 1) {
      const at = i * K
      posteriors.set(logPrior, at)
      for (let j = start[i]!; j < start[i + 1]!; j += 1) {
        logLikelihood += logWrong[rater[j]!]!
        posteriors[at + value[j]!]! += lead[rater[j]!]!
      }
      logLikelihood += normaliseLogs(posteriors, at, K)
    }
    return logLikelihood + penalty
  }

  const status = fit(round, options)
  const wrong = (r: number) => (K > 1 ? (1 - right[r]!) / (K - 1) : 0)
  return describeConsensus(ratings, votes, posteriors, {
    method: 'one-coin',
    prior,
    logLikelihood,
    ...status,
    confusion: (r) => Array.from({ length: K }, (_, k) => Array.from({ length: K }, (__, v) => (k === v ? right[r]! : wrong(r)))),
  })
}
