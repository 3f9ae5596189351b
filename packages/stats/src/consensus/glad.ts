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

export interface GladConsensus extends Consensus {
  /** For each entry of `raters`: ability α; 0 guesses, below 0 is misleading, about 1 is average. */
  abilities: number[]
  /** For each item: ease β > 0; near 0, even able raters guess. */
  ease: Float64Array
}

/**
 * GLAD: the values of items, each rater's ability and each item's ease. A rating is right with chance σ(ability · ease).
 *
 * Misleads with few ratings per item: ease then rests on its prior. Wrong values are taken as equally likely.
 *
 * @param ratings R ratings; repeats of a rater on an item all count.
 * @param options.tolerance 1e-8 by default: the last digits of the objective come slowly and do not move labels.
 * @returns Posteriors, labels, abilities and ease. Values are equally likely beforehand; ability and log-ease have the paper's
 *   normal priors of mean 1 and variance 1. Deterministic. `reason` `no-ratings` if there are none.
 *
 * Source: Whitehill, Wu, Bergsma, Movellan & Ruvolo (2009), Whose vote should count more, NIPS 22. The maximisation step takes one
 *   ascent step per round, bounded by the curvature (generalised EM). O(R + I·K) per round.
 *
 * @example
 * glad(ratingsFromTable([[1, 1, 1], [2, 2, 2], [1, 1, 2], [2, 2, 2]])).labels // => Int32Array.of(0, 1, 0, 1)
 */
export function glad(ratings: Ratings, options: FitOptions = {}): GladConsensus | NoConsensus {
  const votes = readVotes(ratings)
  if ('reason' in votes) return votes
  const { items, raters, categories: K, start, rater, value, shares } = votes
  const posteriors = shares.slice()
  const ability = new Float64Array(raters).fill(1)
  const logEase = new Float64Array(items).fill(1)
  const ease = logEase.map(Math.exp)
  const logOthers = K > 1 ? Math.log(K - 1) : 0
  let logLikelihood = 0

  const improveAbilities = () => {
    const slope = ability.map((a) => 1 - a)
    const curvature = new Float64Array(raters).fill(1)
    for (let i = 0; i < items; i += 1) {
      for (let j = start[i]!; j < start[i + 1]!; j += 1) {
        const r = rater[j]!
        slope[r]! += (posteriors[i * K + value[j]!]! - sigmoid(ability[r]! * ease[i]!)) * ease[i]!
        // σ' is at most 1/4, so that this step can only climb.
        curvature[r]! += (ease[i]! * ease[i]!) / 4
      }
    }
    for (let r = 0; r < raters; r += 1) ability[r]! += slope[r]! / curvature[r]!
  }

  const improveEase = () => {
    for (let i = 0; i < items; i += 1) {
      let pull = 0
      let curvature = 1
      for (let j = start[i]!; j < start[i + 1]!; j += 1) {
        const logit = ability[rater[j]!]! * ease[i]!
        pull += (posteriors[i * K + value[j]!]! - sigmoid(logit)) * logit
        curvature += (logit * logit) / 4
      }
      const step = (pull + 1 - logEase[i]!) / (curvature + Math.abs(pull))
      logEase[i]! += Math.max(-1, Math.min(1, step))
      ease[i] = Math.exp(logEase[i]!)
    }
  }

  const round = () => {
    logLikelihood = 0
    for (let i = 0; i < items; i += 1) {
      const at = i * K
      posteriors.fill(-Math.log(K), at, at + K)
      for (let j = start[i]!; j < start[i + 1]!; j += 1) {
        const logit = ability[rater[j]!]! * ease[i]!
        logLikelihood -= softplus(logit) + logOthers
        posteriors[at + value[j]!]! += logit + logOthers
      }
      logLikelihood += normaliseLogs(posteriors, at, K)
    }
    let penalty = 0
    for (const a of ability) penalty -= (a - 1) ** 2 / 2
    for (const b of logEase) penalty -= (b - 1) ** 2 / 2
    improveAbilities()
    improveEase()
    return logLikelihood + penalty
  }

  const status = fit(round, { tolerance: 1e-8, ...options })
  const consensus = describeConsensus(ratings, votes, posteriors, {
    method: 'glad',
    prior: meanPosterior(votes, posteriors),
    logLikelihood,
    ...status,
  })
  const codeOf = new Map(ratings.raterNames.map((name, code) => [name, code]))
  return { ...consensus, abilities: consensus.raters.map(({ rater: name }) => ability[codeOf.get(name)!]!), ease }
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

/** log(1 + exp(x)) without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))
}
