import { TRAITS } from '../features/dense.ts'
import { type Embedding, vectorsFor } from '../features/embedding.ts'
import { featurizer } from '../features/featurizer.ts'
import { scaleTrait } from '../features/standardise.ts'
import { memberScorer, spreadOf } from './scorer.ts'
import type { RewardModel } from './reward-model.ts'

/** A part of the output, and how much lower the reward would be without it. */
export interface PassageContribution {
  /** Where it stands, in Unicode code points; `end` is exclusive. */
  start: number
  end: number
  text: string
  contribution: number
}

/** Where a reward comes from. */
export interface Explanation {
  reward: number
  std: number
  novelty: number
  /** What each trait adds beside an output that is average in it, the largest first; traits that add nothing are left out. */
  traits: { trait: string; value: number; contribution: number }[]
  /** The rest, from words and word pairs, beside an average output. */
  words: number
  /** What the vector of the whole output adds; null for a model of words alone. Passages leave it as it is. */
  vector: number | null
  sentences: PassageContribution[]
  /** The words that matter most, at most so many as were asked for. */
  tokens: PassageContribution[]
}

/** Words are tried one by one up to here; the reward of a longer output hangs on none of them. */
const MOST_TOKENS = 1_500

/**
 * Explains a reward: by traits exactly, since the reward is a sum; by passages as the change when a passage is taken out and everything else
 * stays. Contributions of passages need not add up, for a word also stands in pairs with its neighbours.
 */
export function explainReward(
  model: RewardModel,
  input: string,
  output: string,
  { tokens = 12, embedding }: { tokens?: number; embedding?: Embedding | undefined } = {},
): Explanation {
  const own = vectorsFor(model.features, embedding)?.(output)
  const score = memberScorer(model, own && (() => own))
  const { reward, std } = spreadOf(score(input, output))
  const novelty = score.novelty()
  const vector = own ? reward - memberScorer(model, () => own.map(() => 0))(input, output)[0]! : null
  const traits = traitContributions(model, input, output)
  const without = ({ start, end }: Range) => reward - score(input, output.slice(0, start) + output.slice(end))[0]!
  const contributions = (ranges: Range[]) => {
    const points = codePoints(output)
    return ranges.map((range) => ({
      start: points(range.start),
      end: points(range.end),
      text: output.slice(range.start, range.end),
      contribution: without(range),
    }))
  }
  const sentences = rangesOf(output, 'sentence')
  return {
    reward,
    std,
    novelty,
    traits: traits.filter(({ contribution }) => contribution !== 0).toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
    words: reward - (vector ?? 0) - traits.reduce((sum, { contribution }) => sum + contribution, 0),
    vector,
    sentences: sentences.length > 1 ? contributions(sentences) : [],
    tokens: contributions(rangesOf(output, 'word').slice(0, MOST_TOKENS))
      .toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
      .slice(0, tokens),
  }
}

function traitContributions({ bucketOf, weights, centre, scaling, features }: RewardModel, input: string, output: string) {
  const { traits } = featurizer(features)(input, output)
  const width = centre.length
  return TRAITS.map((trait, index) => ({
    trait,
    value: traits[index]!,
    contribution: scaleTrait(scaling, index, traits[index]!) * weights[(bucketOf.length + index) * width]!,
  }))
}

type Range = { start: number; end: number }

/** Sentences, or words, of a text in UTF-16 units. */
function rangesOf(text: string, granularity: 'sentence' | 'word'): Range[] {
  const segments = new Intl.Segmenter(undefined, { granularity }).segment(text)
  return [...segments]
    .filter(({ segment, isWordLike }) => (granularity === 'word' ? isWordLike === true : segment.trim() !== ''))
    .map(({ segment, index }) => ({ start: index, end: index + segment.length }))
}

/** From UTF-16 units to code points, for places asked in any order. */
function codePoints(text: string): (unit: number) => number {
  const before = new Int32Array(text.length + 1)
  for (let unit = 0, point = 0; unit < text.length; unit += 1) {
    before[unit] = point
    const isHigh = (text.charCodeAt(unit) & 0xfc00) === 0xd800 && (text.charCodeAt(unit + 1) & 0xfc00) === 0xdc00
    if (!isHigh) point += 1
    before[unit + 1] = point
  }
  return (unit) => before[unit]!
}
