import type { LearningPart } from '../evaluation/learning-curve.ts'
import { LENGTH_TRAITS, TRAITS } from '../features/dense.ts'
import { mix } from '../features/hash.ts'
import { fitScaling } from '../features/standardise.ts'
import { fitLikelihood, type LikelihoodFit } from '../likelihood/fit-likelihood.ts'
import type { ScoringWeights } from '../model/reward-model.ts'
import { rowProduct, type DesignMatrix } from '../objective/design-matrix.ts'
import type { Arena } from '../solver/arena.ts'
import { type Choice, PENALTIES } from './choose-penalty.ts'
import { fitSlope } from './fit-slope.ts'
import { interleave, resampleGroups } from './members.ts'
import { outputsOf, scaledMatrix } from './observations.ts'
import type { TrainingSet } from './training-set.ts'

/** A piece of training that needs nothing but the training set and itself, so that it can be done anywhere, at any time, with the same result. */
export type Job =
  | { task: 'path'; inside: Int32Array; held: Int32Array; seed: number }
  | { task: 'judge'; inside: Int32Array; held: Int32Array; choice: Choice; seed: number; members: number }
  | { task: 'fit'; choice: Choice; seed: number; member: number }

/** Margins of held-out rows at every penalty, and their differences in length as the model sees it. */
export interface PathResult {
  margins: Float64Array[]
  length: Float64Array
}

/** What one fold's model, which chose everything inside its own training prompts, says of the prompts it never saw. */
export interface FoldResult {
  rows: Int32Array
  /** Log-odds that the first output is preferred. */
  margin: Float64Array
  lengthMargin: Float64Array
  controlledMargin: Float64Array
  /** The same margins by models trained on part of the other folds, from small to large. */
  learning: LearningPart[]
  /** The same margins by models trained without one kind of feedback, in the order of the training set's sources; none with one kind alone. */
  without: Float64Array[]
  trainedOn: number
  model: ScoringWeights
}

/** A fit to all rows, or to resampled prompts, with the calibration worked in. */
export interface FitResult {
  weights: Float64Array
  reliability: Float64Array
  cuts: Float64Array[]
}

export type JobResult = { path: PathResult; judge: FoldResult; fit: FitResult }

/** Relative duality gaps: where a fit is one of many that are compared, and where it is kept. */
const ROUGH = 1e-3
const FINE = 1e-4
/** Shares of the training pairs that the learning curve is measured at, beside all of them. */
const LEARNING_SHARES = [1 / 8, 1 / 4, 1 / 2]
/** A smaller part of the pairs is not worth a point. */
const FEWEST_LEARNT = 20
/** Turns of weights and nuisance in a fit that is one of many. */
const FEW_ROUNDS = 3
/** Along a path of penalties, where each fit starts from the last, every other one takes the nuisance over as it is. */
const PATH_ROUNDS = [2, 1]

/** Does a job. @param arena Where the solver works, which is left as it was; this thread's own by default. */
export function runJob<T extends Job>(set: TrainingSet, job: T, arena?: Arena): JobResult[T['task']]
export function runJob(set: TrainingSet, job: Job, arena?: Arena): PathResult | FoldResult | FitResult {
  const mark = arena?.mark
  try {
    if (job.task === 'path') return followPath(set, job, arena)
    if (job.task === 'judge') return judgeFold(set, job, arena)
    return fitAll(set, job, arena)
  } finally {
    if (mark !== undefined) arena?.rewind(mark)
  }
}

function fitAll(set: TrainingSet, { choice, seed, member }: Extract<Job, { task: 'fit' }>, arena?: Arena): FitResult {
  const { fit } = fitterOf(set, Int32Array.from(set.groups.keys()), arena)
  const weight = member === 0 ? set.weight : resampleGroups(set.groups, set.weight, seed + 7919 * member)
  const fitted = fit(weight, choice.penalty, { gap: FINE, seed: seed + member })
  return { weights: calibrated(set, fitted, choice), reliability: fitted.nuisance.reliability, cuts: fitted.nuisance.cuts }
}

/** Fits the rows inside at every penalty, from strong to weak, and gives the margins of those held out. */
function followPath(set: TrainingSet, { inside, held, seed }: Extract<Job, { task: 'path' }>, arena?: Arena): PathResult {
  const { matrix, fit } = fitterOf(set, inside, arena)
  const weight = weightOf(set, inside)
  let from: LikelihoodFit | undefined
  const margins = PENALTIES.map((penalty, index) => {
    from = fit(weight, penalty, { gap: ROUGH, seed, rounds: PATH_ROUNDS[index % 2]!, from })
    return marginsOf(matrix, held, from.weights)
  })
  return { margins, length: Float64Array.from(held, (row) => matrix.dense[row * matrix.width]!) }
}

/** Trains on every fold but one and judges that one. Penalty, calibration, trait scaling and the length baseline come from the other folds alone. */
function judgeFold(set: TrainingSet, { inside, held, choice, seed, members }: Extract<Job, { task: 'judge' }>, arena?: Arena): FoldResult {
  const { matrix, scaling, fit } = fitterOf(set, inside, arena)
  const weight = weightOf(set, inside)
  const main = fit(weight, choice.penalty, { gap: FINE, seed })
  const weights = calibrated(set, main, choice)
  const judgedInside = inside.filter((row) => row < set.judged)
  const lengths = (rows: Int32Array) => Float64Array.from(rows, (row) => lengthDifference(set, row))
  const slope = fitSlope(
    lengths(judgedInside),
    Float64Array.from(judgedInside, (row) => set.weight[row]!),
  )
  const lengthFree = weights.slice()
  for (const trait of lengthTraitColumns(set.observations.bucketOf.length)) lengthFree[trait] = 0
  const again = (rows: Int32Array) =>
    marginsOf(matrix, held, calibrated(set, fit(weightOf(set, rows), choice.penalty, { gap: ROUGH, seed, rounds: FEW_ROUNDS }), choice))
  const learning = LEARNING_SHARES.map((share) => partOf(set.groups, inside, share, seed))
    .filter((part) => part.length >= FEWEST_LEARNT)
    .map((part): LearningPart => ({ trainedOn: part.length, margin: again(part) }))
  const resampled = Array.from({ length: members }, (_, member) =>
    calibrated(
      set,
      fit(resampleGroups(set.groups, weight, seed + 7919 * (member + 1)), choice.penalty, { gap: ROUGH, seed: seed + member + 1 }),
      choice,
    ),
  )
  return {
    rows: held,
    learning,
    without: set.sources.length > 1 ? set.sources.map((_, source) => again(inside.filter((row) => set.sourceOf[row] !== source))) : [],
    trainedOn: inside.length,
    model: {
      features: set.features,
      bucketOf: set.observations.bucketOf,
      weights: interleave([weights, ...resampled]),
      scaling,
      centre: new Float64Array(1 + members),
    },
    controlledMargin: marginsOf(matrix, held, lengthFree),
    margin: marginsOf(matrix, held, weights),
    lengthMargin: lengths(held).map((difference) => slope * difference),
  }
}

type FitOptions = { gap: number; seed: number; rounds?: number; from?: LikelihoodFit | undefined }

/** What fits share that scale traits by the same rows. */
function fitterOf({ observations, events, groups }: TrainingSet, inside: Int32Array, arena?: Arena) {
  const scaling = fitScaling(observations.traits, TRAITS.length, outputsOf(observations, inside))
  const matrix = scaledMatrix(observations, scaling, arena)
  const fit = (weight: Float64Array, penalty: number, { from, ...options }: FitOptions): LikelihoodFit =>
    fitLikelihood({ matrix, events, weight, penalty, groups }, { ...options, ...(arena && { arena }), ...(from && { from }) })
  return { scaling, matrix, fit }
}

/** The weights of a fit with the calibration worked in: all times the temperature, and length counts more or less. */
function calibrated({ observations }: TrainingSet, { weights }: LikelihoodFit, { temperature, lengthBoost }: Choice): Float64Array {
  const scaled = weights.map((weight) => temperature * weight)
  scaled[observations.bucketOf.length]! += lengthBoost
  return scaled
}

function marginsOf(matrix: DesignMatrix, rows: Int32Array, weights: Float64Array): Float64Array {
  return Float64Array.from(rows, (row) => rowProduct(matrix, row, weights))
}

/** The weight of the rows inside; all others count nothing. */
function weightOf(set: TrainingSet, inside: Int32Array): Float64Array {
  const weight = new Float64Array(set.weight.length)
  for (const row of inside) weight[row] = set.weight[row]!
  return weight
}

/** Log length of a row's output minus that of the one it is compared with. */
function lengthDifference({ observations: { traits } }: TrainingSet, row: number): number {
  return traits[2 * row * TRAITS.length]! - traits[(2 * row + 1) * TRAITS.length]!
}

/** Whole groups, in an order given by the seed, up to a share of the rows: a smaller part lies within a larger one. */
function partOf(groups: Int32Array, rows: Int32Array, share: number, seed: number): Int32Array {
  const rank = (group: number) => mix(Math.imul(group + 1, 0x85ebca6b) ^ Math.imul(seed + 1, 0x9e3779b1))
  const sorted = rows.toSorted((a, b) => rank(groups[a]!) - rank(groups[b]!) || groups[a]! - groups[b]!)
  let end = Math.round(share * rows.length)
  while (end > 0 && end < sorted.length && groups[sorted[end]!] === groups[sorted[end - 1]!]) end += 1
  return sorted.subarray(0, end)
}

/** The columns of the traits that grow with length, given the first trait's column. */
function lengthTraitColumns(firstTrait: number): number[] {
  return TRAITS.flatMap((trait, index) => (LENGTH_TRAITS.includes(trait) ? [firstTrait + index] : []))
}
