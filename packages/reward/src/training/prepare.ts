import { type CandidateSet, candidateSets } from '../evaluation/candidate-set.ts'
import { RewardError } from '../error.ts'
import type { Judgment } from '../evidence.ts'
import type { Pair } from '../pair.ts'
import { type Cleaning, cleanPairs } from './clean-pairs.ts'
import { dealFolds } from './fold.ts'
import type { CheckedOptions } from './train.ts'
import { type TrainingSet, trainingSet } from './training-set.ts'

/** The verdicts of models are no judgments of people: they train, but never judge. */
const MODEL_SOURCE = 'model'

/** With more pairs, words alone tell as much, and need a third of the memory. */
const MOST_WITH_CHARACTERS = 50_000

/** Folds inside the training part of each fold, to choose the penalty by. */
export const INNER_FOLDS = 4

/** All that training needs, measured once. */
export interface Prepared {
  options: CheckedOptions
  /** The pairs as they came, and those that models are judged on. */
  given: readonly Pair[]
  decided: readonly Pair[]
  removed: Cleaning
  set: TrainingSet
  folds: number
  /** The fold of each row. */
  dealt: Int8Array
  candidates: CandidateSet[]
}

/** Cleans and measures what a model is to be trained on. @throws RewardError `pairs`, `range`. */
export function prepareTraining(given: readonly Pair[], options: CheckedOptions): Prepared {
  const byPeople = given.filter(({ source }) => source !== MODEL_SOURCE)
  if (options.judgments.length > 0 && !byPeople.some(({ tie }) => tie !== true))
    throw new RewardError(
      'pairs',
      'There is no comparison by people with an order among the feedback. Ratings and thumbs train a model, but its accuracy, its advantage over length, its calibration and the best of n are measured on comparisons alone, so that nothing could be said of it: collect comparisons of outputs for at least two inputs.',
    )
  const { pairs: decided, removed } = cleanPairs(byPeople)
  const isUsable = ({ weight, chosen, rejected }: Pair) => weight !== 0 && chosen.trim() !== rejected.trim()
  const others = given.filter((pair) => (pair.tie === true ? options.ties : pair.source === MODEL_SOURCE) && isUsable(pair))
  for (const judgment of options.judgments) checkJudgment(judgment)
  const set = trainingSet(
    decided,
    others,
    options.judgments.filter(({ weight }) => weight !== 0),
    {
      characters: options.characters ?? given.length <= MOST_WITH_CHARACTERS,
      embedding: options.embedding ? { model: options.embedding.model, dimension: options.embedding.dimension } : null,
    },
    options.embedding?.vectorOf,
  )
  const prompts = new Set(set.groups.subarray(0, decided.length)).size
  const folds = Math.min(options.folds, prompts)
  return {
    options,
    given,
    decided,
    removed,
    set,
    folds,
    dealt: dealFolds(set.groups, set.groups.keys(), folds, options.seed, decided.length),
    candidates: candidateSets(byPeople),
  }
}

function checkJudgment({ level, levels }: Judgment): void {
  if (!Number.isInteger(levels) || levels < 2 || !Number.isInteger(level) || level < 0 || level >= levels)
    throw new RewardError(
      'range',
      `A judgment of level ${level} on a scale of ${levels} levels: expected 0 to levels − 1, and 2 levels or more.`,
    )
}
