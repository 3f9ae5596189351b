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

export interface MaceOptions extends FitOptions {
  /** Pseudo-count of every chance that the model estimates; 0.1 by default. */
  smoothing?: number
}

export interface MaceConsensus extends Consensus {
  /** For each entry of `raters`: the chance that the rater answers by knowledge and not by habit, in 0..1. */
  competence: number[]
}

/**
 * MACE: the values of items where each rater either knows the value or falls back on a habit of his own, whatever the item.
 *
 * Misleads when good raters err on hard items: an honest mistake counts as spam. Its strength is finding raters who click one answer.
 *
 * @param ratings R ratings; repeats of a rater on an item all count.
 * @returns Posteriors, labels and, per rater, `competence`. True values are equally likely beforehand, as in the paper. Started at
 *   vote shares, hence deterministic (the paper draws random starts). `reason` `no-ratings` if there are none.
 * @throws StatsError `range` for negative smoothing.
 *
 * Source: Hovy, Berg-Kirkpatrick, Vaswani & Hovy (2013), Learning whom to trust with MACE, NAACL-HLT, N13-1132: the model of §2
 *   fitted by EM with additive smoothing. O(R + I·K) per round.
 *
 * @example
 * mace(ratingsFromTable([[1, 1, 1], [2, 2, 1], [1, 1, 1], [2, 2, 1]])).labels // => Int32Array.of(0, 1, 0, 1)
 */
export function mace(ratings: Ratings, options: MaceOptions = {}): MaceConsensus | NoConsensus {
  const { smoothing = 0.1 } = options
  checkNumber('smoothing', smoothing, 0)
  const votes = readVotes(ratings, ratings.valueNames.length ** 2)
  if ('reason' in votes) return votes
  const { items, raters, categories: K, start, rater, value, shares } = votes
  const posteriors = shares.slice()
  const knows = new Float64Array(raters).fill(0.5)
  const habit = new Float64Array(raters * K).fill(1 / K)
  const knew = new Float64Array(raters)
  const guessed = new Float64Array(raters * K)
  let logLikelihood = 0

  const maximise = () => {
    knew.fill(smoothing)
    guessed.fill(smoothing)
    for (let i = 0; i < items; i += 1) {
      for (let j = start[i]!; j < start[i + 1]!; j += 1) {
        const r = rater[j]!
        const cell = r * K + value[j]!
        const byHabit = (1 - knows[r]!) * habit[cell]!
        // Naming the true value comes from knowledge or, by luck, from habit; naming another one only from habit.
        const known = (posteriors[i * K + value[j]!]! * knows[r]!) / (knows[r]! + byHabit || 1)
        knew[r]! += known
        guessed[cell]! += 1 - known
      }
    }
    let penalty = 0
    for (let r = 0; r < raters; r += 1) {
      let sum = 0
      for (let v = 0; v < K; v += 1) sum += guessed[r * K + v]!
      for (let v = 0; v < K; v += 1) {
        habit[r * K + v] = sum > 0 ? guessed[r * K + v]! / sum : 1 / K
        penalty += smoothing * Math.log(Math.max(habit[r * K + v]!, 1e-300))
      }
      // The pseudo-counts of the habits are not spam.
      const spam = sum - K * smoothing + smoothing
      knows[r] = knew[r]! + spam > 0 ? knew[r]! / (knew[r]! + spam) : 0.5
      penalty += smoothing * (Math.log(Math.max(knows[r]!, 1e-300)) + Math.log(Math.max(1 - knows[r]!, 1e-300)))
    }
    return penalty
  }

  const round = () => {
    const penalty = maximise()
    logLikelihood = 0
    for (let i = 0; i < items; i += 1) {
      const at = i * K
      posteriors.fill(-Math.log(K), at, at + K)
      for (let j = start[i]!; j < start[i + 1]!; j += 1) {
        const r = rater[j]!
        const byHabit = Math.max((1 - knows[r]!) * habit[r * K + value[j]!]!, 1e-300)
        const other = Math.log(byHabit)
        logLikelihood += other
        posteriors[at + value[j]!]! += Math.log(knows[r]! + byHabit) - other
      }
      logLikelihood += normaliseLogs(posteriors, at, K)
    }
    return logLikelihood + penalty
  }

  const status = fit(round, options)
  const prior = meanPosterior(votes, posteriors)
  const consensus = describeConsensus(ratings, votes, posteriors, {
    method: 'mace',
    prior,
    logLikelihood,
    ...status,
    confusion: (r) =>
      Array.from({ length: K }, (_, k) =>
        Array.from({ length: K }, (__, v) => (k === v ? knows[r]! : 0) + (1 - knows[r]!) * habit[r * K + v]!),
      ),
  })
  const codeOf = new Map(ratings.raterNames.map((name, code) => [name, code]))
  return { ...consensus, competence: consensus.raters.map(({ rater }) => knows[codeOf.get(rater)!]!) }
}
