import { LENGTH_TRAITS, TRAITS } from '../features/dense.ts'
import { featurizer } from '../features/featurizer.ts'
import { type Embedding, vectorsFor } from '../features/embedding.ts'
import { unitVector, type VectorOf } from '../features/specification.ts'
import type { ScoreItem } from '../pair.ts'
import type { RewardModel, ScoringWeights } from './reward-model.ts'
import { weightTable } from './weight-table.ts'

/** The reward of an output. The difference of two rewards is the log-odds of preference; 0 is an average training output. */
export interface Score {
  reward: number
  /** Standard deviation of the reward over models fitted to resampled prompts. */
  std: number
  /** Share of the output's words and word pairs that the model never saw, by their weight in its features; 0 to 1. */
  novelty: number
}

export interface Scorer {
  model: RewardModel
  /** The vectors that it was given. */
  embedding: Embedding | undefined
  /** Scores outputs in one synchronous pass, in the order given. */
  score(items: readonly ScoreItem[]): Score[]
}

/**
 * A scorer of a model. It keeps scratch space of its own: make one and use it again.
 *
 * @param embedding The vectors of outputs, for a model that asks for them.
 * @throws RewardError `embedding` where they are missing, or another encoder's.
 */
export function createScorer(model: RewardModel, embedding?: Embedding): Scorer {
  const rewards = memberScorer(model, vectorsFor(model.features, embedding))
  return {
    model,
    embedding,
    score: (items) =>
      items.map(({ input, output }) => {
        const { reward, std } = spreadOf(rewards(input, output))
        return { reward, std, novelty: rewards.novelty() }
      }),
  }
}

/** The reward of the main fit, with the spread of the members around it. */
export function spreadOf(rewards: ArrayLike<number>): Pick<Score, 'reward' | 'std'> {
  const members = rewards.length - 1
  let mean = 0
  for (let member = 1; member <= members; member += 1) mean += rewards[member]! / members
  let square = 0
  for (let member = 1; member <= members; member += 1) square += (rewards[member]! - mean) ** 2
  return { reward: rewards[0]!, std: members > 1 ? Math.sqrt(square / (members - 1)) : 0 }
}

/** The model with the traits that grow with length taken out of its rewards. */
export function withoutLength(model: RewardModel): RewardModel {
  const weights = model.weights.slice()
  const width = model.centre.length
  TRAITS.forEach((trait, index) => {
    const place = (model.bucketOf.length + index) * width
    if (LENGTH_TRAITS.includes(trait)) weights.fill(0, place, place + width)
  })
  return { ...model, weights }
}

/** Scores one output after the other; `novelty` tells of the last one. */
export interface MemberScorer {
  (input: string, output: string): Float64Array
  novelty(): number
}

/** The rewards of an output by the main fit and each member; the array is reused. */
export function memberScorer(model: ScoringWeights, vectorOf?: VectorOf): MemberScorer {
  const { centre, features } = model
  const width = centre.length
  const featurize = featurizer(features)
  const { embedding } = features
  const { sums, sumRows, addTraits, addVector } = weightTable(model)
  const rewards = new Float64Array(width)
  let unseen = 0

  const score = (input: string, output: string) => {
    const { buckets, value, count, traits } = featurize(input, output)
    sumRows(buckets, count)
    // The values of an output have length 1 together, so that their squares are shares.
    unseen = (count - sums[width]!) * value * value
    for (let member = 0; member < width; member += 1) sums[member] = value * sums[member]! - centre[member]!
    addTraits(traits)
    if (embedding !== null) addVector(unitVector(vectorOf!(output)))
    for (let member = 0; member < width; member += 1) rewards[member] = sums[member]!
    return rewards
  }
  return Object.assign(score, { novelty: () => Math.min(1, unseen) })
}
