import { checkInteger, checkNumber } from '../check.ts'
import { groupBy, type Ratings } from '../agreement/ratings.ts'

export interface RaterReliability {
  rater: string
  ratings: number
  /** Expected share of the rater's ratings that name the consensus, in 0..1. */
  accuracy: number
  /** `confusion[k][v]`: the chance that the rater says v where k is true; null if the method does not estimate it. */
  confusion: number[][] | null
}

/** What several raters together say about each item. The raw ratings stay what they are: this is an inference from them. */
export interface Consensus {
  method: string
  valueNames: readonly string[]
  itemNames: readonly string[]
  /** I × K, row by row: the probability of each value for each item. Rows sum to 1. */
  posteriors: Float64Array
  /** The most probable value of each item, as an index into `valueNames`; -1 for an item without ratings. */
  labels: Int32Array
  /** The values' shares, in 0..1. */
  prior: number[]
  raters: RaterReliability[]
  /** Log-likelihood of the ratings (natural logarithm); null for a method without a model. */
  logLikelihood: number | null
  iterations: number
  /** Whether the fit settled within `maxIterations`. */
  converged: boolean
}

/** There is nothing to infer from. */
export interface NoConsensus {
  labels: null
  reason: 'no-ratings' | 'too-many-values'
}

export interface FitOptions {
  /** At most so many rounds of expectation-maximisation; 1000 by default. */
  maxIterations?: number
  /** Stop when the objective grows by less than this share of itself; 1e-10 by default. */
  tolerance?: number
}

/** The ratings sorted by item, so that each round reads memory in order, and the vote shares to start from. */
export interface Votes {
  items: number
  raters: number
  categories: number
  /** Ratings of item i: from `start[i]` up to before `start[i + 1]`. */
  start: Int32Array
  rater: Int32Array
  value: Int32Array
  /** I × K shares of the votes; equal shares for an item without ratings. */
  shares: Float64Array
}

/** So many numbers fit in memory: 1.6 GB. */
const MOST_NUMBERS = 2e8

/**
 * @param perRater How many numbers a method keeps for each rater.
 * @returns Or why there is nothing to infer: no ratings, or more values than can be kept for every item and rater.
 */
export function readVotes(ratings: Ratings, perRater = 0): Votes | NoConsensus {
  if (ratings.items.length === 0) return { labels: null, reason: 'no-ratings' }
  const needed = ratings.itemNames.length * ratings.valueNames.length + ratings.raterNames.length * perRater
  if (needed > MOST_NUMBERS) return { labels: null, reason: 'too-many-values' }
  const items = ratings.itemNames.length
  const categories = ratings.valueNames.length
  const { start, positions } = groupBy(ratings.items, items)
  const rater = new Int32Array(positions.length)
  const value = new Int32Array(positions.length)
  for (let at = 0; at < positions.length; at += 1) {
    rater[at] = ratings.raters[positions[at]!]!
    value[at] = ratings.values[positions[at]!]!
  }
  const shares = new Float64Array(items * categories)
  for (let i = 0; i < items; i += 1) {
    const size = start[i + 1]! - start[i]!
    if (size === 0) shares.fill(1 / categories, i * categories, (i + 1) * categories)
    const share = 1 / size
    for (let j = start[i]!; j < start[i + 1]!; j += 1) shares[i * categories + value[j]!]! += share
  }
  return { items, raters: ratings.raterNames.length, categories, start, rater, value, shares }
}

/** The shares of the values over the items that have ratings. */
export function meanPosterior({ items, categories, start }: Votes, posteriors: Float64Array): Float64Array {
  const prior = new Float64Array(categories)
  let rated = 0
  for (let i = 0; i < items; i += 1) {
    if (start[i] === start[i + 1]) continue
    rated += 1
    for (let k = 0; k < categories; k += 1) prior[k]! += posteriors[i * categories + k]!
  }
  return prior.map((mass) => mass / rated)
}

/** Turns the K log-weights at `at` into probabilities in place and returns the log of their sum. */
export function normaliseLogs(logs: Float64Array, at: number, categories: number): number {
  let top = -Infinity
  for (let k = 0; k < categories; k += 1) if (logs[at + k]! > top) top = logs[at + k]!
  let sum = 0
  for (let k = 0; k < categories; k += 1) {
    const weight = Math.exp(logs[at + k]! - top)
    logs[at + k] = weight
    sum += weight
  }
  for (let k = 0; k < categories; k += 1) logs[at + k]! /= sum
  return top + Math.log(sum)
}

/** Repeats `round`, which returns the objective that it raises, until it settles. */
export function fit(
  round: () => number,
  { maxIterations = 1000, tolerance = 1e-10 }: FitOptions,
): { iterations: number; converged: boolean } {
  checkInteger('maxIterations', maxIterations, 1)
  checkNumber('tolerance', tolerance, 0)
  let previous = -Infinity
  for (let iterations = 1; iterations <= maxIterations; iterations += 1) {
    const objective = round()
    if (Math.abs(objective - previous) <= tolerance * Math.max(1, Math.abs(objective))) return { iterations, converged: true }
    previous = objective
  }
  return { iterations: maxIterations, converged: false }
}

/** Labels from posteriors: the most probable value, ties to the value with the larger prior, then to the first. */
export function chooseLabels({ items, categories, start }: Votes, posteriors: Float64Array, prior: ArrayLike<number>): Int32Array {
  const labels = new Int32Array(items).fill(-1)
  for (let i = 0; i < items; i += 1) {
    if (start[i] === start[i + 1]) continue
    let best = 0
    for (let k = 1; k < categories; k += 1) {
      const lead = posteriors[i * categories + k]! - posteriors[i * categories + best]!
      if (lead > 1e-12 || (lead > -1e-12 && prior[k]! > prior[best]! + 1e-12)) best = k
    }
    labels[i] = best
  }
  return labels
}

/** Each rater's expected share of ratings that name the consensus. */
export function raterAccuracies(votes: Votes, posteriors: Float64Array): { accuracy: Float64Array; ratings: Int32Array } {
  const accuracy = new Float64Array(votes.raters)
  const ratings = new Int32Array(votes.raters)
  for (let i = 0; i < votes.items; i += 1) {
    for (let j = votes.start[i]!; j < votes.start[i + 1]!; j += 1) {
      accuracy[votes.rater[j]!]! += posteriors[i * votes.categories + votes.value[j]!]!
      ratings[votes.rater[j]!]! += 1
    }
  }
  return { accuracy: accuracy.map((sum, r) => (ratings[r]! > 0 ? sum / ratings[r]! : 0)), ratings }
}

/** Puts a fitted model into the form that all methods share. Raters without ratings are left out. */
export function describeConsensus(
  ratings: Ratings,
  votes: Votes,
  posteriors: Float64Array,
  model: Pick<Consensus, 'method' | 'logLikelihood' | 'iterations' | 'converged'> & {
    prior: Float64Array
    confusion?: (rater: number, accuracy: number) => number[][]
  },
): Consensus {
  const { prior, confusion, ...rest } = model
  const { accuracy, ratings: counts } = raterAccuracies(votes, posteriors)
  return {
    ...rest,
    valueNames: ratings.valueNames,
    itemNames: ratings.itemNames,
    posteriors,
    labels: chooseLabels(votes, posteriors, prior),
    prior: [...prior],
    raters: ratings.raterNames.flatMap((rater, r) =>
      counts[r] === 0 ? [] : [{ rater, ratings: counts[r]!, accuracy: accuracy[r]!, confusion: confusion?.(r, accuracy[r]!) ?? null }],
    ),
  }
}
