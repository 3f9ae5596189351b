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

export interface DawidSkeneOptions extends FitOptions {
  /**
   * Pseudo-count added to every cell of every rater's confusion matrix (symmetric Dirichlet prior); 1e-6 by default: enough to keep
   * a cell without votes from ruling a value out, too little to move the estimates. 0 is the paper's maximum likelihood; 0.1 and
   * more pull raters with few votes towards guessing.
   */
  smoothing?: number
}

/**
 * Dawid–Skene: the values of items and each rater's confusion matrix, inferred together by expectation-maximisation.
 *
 * Misleads with few ratings per item (under three) or per rater: a rater's K² numbers then rest on a handful of votes. Use
 * `oneCoin` for those. It takes raters' errors as independent given the true value: shared mistakes look like truth.
 *
 * @param ratings R ratings; repeats of a rater on an item all count.
 * @returns Posteriors, labels, prior, confusion matrices, log-likelihood, and whether the fit converged. Started at vote shares,
 *   hence deterministic. `reason` `no-ratings` if there are none.
 * @throws StatsError `range` for negative smoothing.
 *
 * Source: Dawid & Skene (1979), Applied Statistics 28(1), 20–28, doi:10.2307/2346806. O(R·K) per round. Checked against the paper's
 *   45 patients.
 *
 * @example
 * dawidSkene(ratingsFromTable([[1, 1, 1], [2, 2, 2], [1, 1, 2], [2, 2, 2]])).labels // => Int32Array.of(0, 1, 0, 1)
 */
export function dawidSkene(ratings: Ratings, options: DawidSkeneOptions = {}): Consensus | NoConsensus {
  const { smoothing = 1e-6 } = options
  checkNumber('smoothing', smoothing, 0)
  const votes = readVotes(ratings, ratings.valueNames.length ** 2)
  if ('reason' in votes) return votes
  const { items, raters, categories: K, start, rater, value, shares } = votes
  const posteriors = shares.slice()
  // Entry (rater, said, true): the K entries that one vote touches lie together, from `cellOf` on.
  const confusion = new Float64Array(raters * K * K)
  const counts = new Float64Array(raters * K * K).fill(smoothing)
  const logs = new Float64Array(raters * K * K)
  // What is lost when it is added to the pseudo-count, of which every cell has one.
  const negligible = smoothing * 1e-17
  const cellOf = new Int32Array(rater.length)
  for (let j = 0; j < rater.length; j += 1) cellOf[j] = (rater[j]! * K + value[j]!) * K
  let prior: Float64Array = new Float64Array(K)
  let logLikelihood = 0

  /** Adds the posterior of an item to the counts of its votes. */
  const count = (i: number) => {
    const [first, last] = [start[i]!, start[i + 1]!]
    for (let k = 0; k < K; k += 1) {
      const chance = posteriors[i * K + k]!
      if (chance > negligible) for (let j = first; j < last; j += 1) counts[cellOf[j]! + k]! += chance
    }
  }

  const maximise = () => {
    let penalty = 0
    for (let r = 0; r < raters; r += 1) {
      for (let k = 0; k < K; k += 1) {
        let sum = 0
        for (let v = 0; v < K; v += 1) sum += counts[(r * K + v) * K + k]!
        for (let v = 0; v < K; v += 1) {
          const cell = (r * K + v) * K + k
          confusion[cell] = sum > 0 ? counts[cell]! / sum : 1 / K
          // The floor stands for a zero: a cell that no vote supports.
          logs[cell] = Math.log(Math.max(confusion[cell]!, 1e-300))
          penalty += smoothing * logs[cell]
        }
      }
    }
    prior = meanPosterior(votes, posteriors)
    return penalty
  }

  // One pass over the votes a round: each item's new posterior goes into the counts for the next round at once.
  const round = () => {
    const penalty = maximise()
    const logPrior = prior.map((share) => Math.log(Math.max(share, 1e-300)))
    logLikelihood = 0
    counts.fill(smoothing)
    for (let i = 0; i < items; i += 1) {
      const at = i * K
      const [first, last] = [start[i]!, start[i + 1]!]
      for (let k = 0; k < K; k += 1) {
        let log = logPrior[k]!
        for (let j = first; j < last; j += 1) log += logs[cellOf[j]! + k]!
        posteriors[at + k] = log
      }
      logLikelihood += normaliseLogs(posteriors, at, K)
      count(i)
    }
    return logLikelihood + penalty
  }

  for (let i = 0; i < items; i += 1) count(i)
  const status = fit(round, options)
  return describeConsensus(ratings, votes, posteriors, {
    method: 'dawid-skene',
    prior,
    logLikelihood,
    ...status,
    confusion: (r) => Array.from({ length: K }, (_, k) => Array.from({ length: K }, (__, v) => confusion[(r * K + v) * K + k]!)),
  })
}
