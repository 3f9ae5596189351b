import type { Ratings } from '../agreement/ratings.ts'
import { describeConsensus, meanPosterior, readVotes, type Consensus, type NoConsensus } from './consensus.ts'

/**
 * Majority vote: each item's most frequent value, with the vote shares as posteriors.
 *
 * Misleads when raters differ in skill or share a bias: it trusts all equally. For display until a model can be fitted.
 *
 * @param ratings R ratings. Ties go to the value that is more frequent overall, then to the first; the shares show them.
 * @returns The consensus; `reason` `no-ratings` if there are none.
 */
export function majorityVote(ratings: Ratings): Consensus | NoConsensus {
  const votes = readVotes(ratings)
  if ('reason' in votes) return votes
  const prior = meanPosterior(votes, votes.shares)
  return describeConsensus(ratings, votes, votes.shares, { method: 'majority', prior, logLikelihood: null, iterations: 0, converged: true })
}
