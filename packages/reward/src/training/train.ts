import { RewardError } from '../error.ts'
import { candidateSets } from '../evaluation/candidate-set.ts'
import { judgeExtras } from '../evaluation/judge-extras.ts'
import { joinLearning, meanOf } from '../evaluation/learning-curve.ts'
import { leakageBetweenGroups } from '../evaluation/leakage.ts'
import { reportCard, type ReportCard } from '../evaluation/report-card.ts'
import { TRAITS } from '../features/dense.ts'
import { fingerprint } from '../features/hash.ts'
import { SPECIFICATION_HASH } from '../features/specification.ts'
import { fitScaling } from '../features/standardise.ts'
import type { RewardModel } from '../model/reward-model.ts'
import { memberScorer } from '../model/scorer.ts'
import type { Pair } from '../pair.ts'
import { choosePenalty, outputsOf, type TrainingRows } from './choose-penalty.ts'
import { cleanPairs, promptHash } from './clean-pairs.ts'
import { type FoldResult, interleave, judgeFold, lengthDifferences, resampleGroups } from './cross-validate.ts'
import { solveLogistic } from '../solver/solve-logistic.ts'
import { fitSlope } from './fit-slope.ts'
import { dealFolds } from './fold.ts'
import { pairFeatures, scaledMatrix } from './pair-features.ts'

/** Folds inside the training part of each fold, to choose the penalty by. */
const innerFolds = 4

export interface TrainOptions {
  /** Folds of the grouped cross-validation behind the report card, at least 2; 5 by default, fewer where there are fewer prompts. */
  folds?: number
  /** Seed of folds, members and the solver; 1 by default. The same pairs, options and seed give the same model. */
  seed?: number
  /** Models fitted to resampled prompts, whose spread is the reward's uncertainty; 5 by default, at least 2. */
  members?: number
}

/** How far training has come: `step` of `steps`, and what is being done. */
export interface TrainProgress {
  step: number
  steps: number
  activity: 'features' | 'cross-validation' | 'fit'
}

/**
 * Fits a Bradley–Terry reward model to pairs and judges it on prompts it has not seen.
 *
 * The reward of an output is linear in its words and traits; the log-odds that one output is preferred to another is the difference of
 * their rewards. Rewards are centred on the training outputs, so that 0 is an average output.
 *
 * Misleads when used as the only target of a policy: surface words are easy to game. The card's verdict and warnings say how far to trust it.
 *
 * @param pairs Comparisons; ties, identical or empty outputs, copies and pairs of weight zero are left out and counted on the card.
 * @throws RewardError `pairs` if no pair can be used or all belong to one prompt; `range` for an option outside its domain.
 *
 * Source: Bradley & Terry (1952), Biometrika 39, 324–345, doi:10.1093/biomet/39.3-4.324, with features and a ridge penalty.
 */
export function trainRewardModel(
  pairs: readonly Pair[],
  options: TrainOptions = {},
  onProgress: (progress: TrainProgress) => void = () => {},
): { model: RewardModel; card: ReportCard } {
  const { folds: wantedFolds = 5, seed = 1, members = 5 } = options
  checkWhole('folds', wantedFolds, 2, 100)
  checkWhole('seed', seed, -(2 ** 31), 2 ** 31)
  checkWhole('members', members, 2, 100)
  const clean = cleanPairs(pairs)
  const prompts = clean.groups.reduce((most, group) => Math.max(most, group + 1), 0)
  const folds = Math.min(wantedFolds, prompts)
  const steps = folds + members + 3
  let step = 0
  const report = (activity: TrainProgress['activity']) => onProgress({ step: (step += 1), steps, activity })

  const training: TrainingRows = {
    features: pairFeatures(clean.pairs),
    groups: clean.groups,
    weight: Float64Array.from(clean.pairs, (pair) => pair.weight ?? 1),
  }
  report('features')
  const all = Int32Array.from(clean.pairs.keys())
  const lengthDifference = lengthDifferences(clean.pairs)
  const dealt = dealFolds(clean.groups, all, folds, seed)
  const margin = new Float64Array(all.length)
  const lengthMargin = new Float64Array(all.length)
  const controlledMargin = new Float64Array(all.length)
  const sets = candidateSets(pairs)
  const results: FoldResult[] = []
  for (let fold = 0; fold < folds; fold += 1) {
    // A choice among several outputs is also judged by the cautious reward, which needs the members of every fold.
    const result = judgeFold(training, lengthDifference, dealt, fold, innerFolds, seed, sets.length > 0 ? members : 0)
    results.push(result)
    result.rows.forEach((row, i) => {
      margin[row] = result.margin[i]!
      lengthMargin[row] = result.lengthMargin[i]!
      controlledMargin[row] = result.controlledMargin[i]!
    })
    report('cross-validation')
  }
  const foldOf = new Map(clean.pairs.map((pair, row) => [promptHash(pair), dealt[row]!]))
  const extras = judgeExtras(pairs, sets, results, (pair) => foldOf.get(promptHash(pair)) ?? promptHash(pair) % folds)
  const card = reportCard({
    pairs: clean.pairs,
    judged: pairs,
    groups: clean.groups,
    removed: clean.removed,
    margin,
    lengthMargin,
    controlledMargin,
    lengthDifference,
    ...extras,
    learning: joinLearning(results, all.length),
    trainedOn: meanOf(results.map(({ trainedOn }) => trainedOn)),
    leakage: leakageBetweenGroups(clean.pairs, clean.groups),
    folds,
    seed,
    kind: 'cross-validated',
  })

  const { penalty, temperature, tried } = choosePenalty(training, all, folds, seed)
  report('fit')
  const scaling = fitScaling(training.features.traits, TRAITS.length, outputsOf(all))
  const matrix = scaledMatrix(training.features, scaling)
  const fit = (weight: Float64Array, member: number) => {
    const { weights } = solveLogistic({ matrix, penalty, weight }, { seed: seed + member, gap: 1e-4 })
    report('fit')
    return weights
  }
  const fits = [fit(training.weight, 0)]
  for (let member = 1; member <= members; member += 1)
    fits.push(fit(resampleGroups(clean.groups, training.weight, seed + 7919 * member), member))
  const model: RewardModel = {
    about: {
      specification: SPECIFICATION_HASH,
      trainingSet: fingerprint(clean.pairs.flatMap((pair) => [pair.prompt, pair.chosen, pair.rejected])),
      seed,
      penalty,
      temperature,
      tried,
      lengthSlope: fitSlope(lengthDifference, training.weight),
      card,
    },
    members,
    bucketOf: training.features.bucketOf,
    weights: interleave(fits, temperature),
    scaling,
    centre: new Float64Array(1 + members),
    promptHashes: Uint32Array.from(new Set(clean.pairs.map(promptHash))).sort(),
  }
  model.centre = meanRewards(model, clean.pairs)
  return { model, card }
}

/** The mean reward of all training outputs, for the main fit and each member. */
function meanRewards(model: RewardModel, pairs: readonly Pair[]): Float64Array {
  const score = memberScorer(model)
  const sum = new Float64Array(model.centre.length)
  for (const { prompt, chosen, rejected } of pairs) {
    for (const output of [chosen, rejected]) score(prompt, output).forEach((reward, member) => (sum[member]! += reward))
  }
  return sum.map((total) => total / (2 * pairs.length))
}

function checkWhole(option: string, value: number, low: number, high: number): void {
  if (!Number.isInteger(value) || value < low || value > high)
    throw new RewardError('range', `${option}: expected a whole number from ${low} to ${high}, received ${value}.`)
}
