import { seededRandom } from '@plaudit/stats'
import type { LearningPart } from '../evaluation/learning-curve.ts'
import { LENGTH_TRAITS, TRAITS } from '../features/dense.ts'
import { mix } from '../features/hash.ts'
import { fitScaling } from '../features/standardise.ts'
import type { ScoringWeights } from '../model/reward-model.ts'
import { rowProduct } from '../objective/design-matrix.ts'
import { choosePenalty, outputsOf, type TrainingRows } from './choose-penalty.ts'
import { solveLogistic } from '../solver/solve-logistic.ts'
import { fitSlope } from './fit-slope.ts'
import { scaledMatrix } from './pair-features.ts'

/** What one fold's model, which chose everything inside its own training prompts, says of the prompts it never saw. */
export interface FoldResult {
  rows: Int32Array
  margin: Float64Array
  lengthMargin: Float64Array
  controlledMargin: Float64Array
  /** The same margins by models trained on part of the other folds, from small to large. */
  learning: LearningPart[]
  trainedOn: number
  penalty: number
  temperature: number
  model: ScoringWeights
}

/** Shares of the training pairs that the learning curve is measured at, beside all of them. */
const LEARNING_SHARES = [1 / 8, 1 / 4, 1 / 2]
/** A smaller part of the pairs is not worth a point. */
const FEWEST_LEARNT = 20

/** Log length of the chosen output minus that of the rejected one, for each pair. */
export function lengthDifferences(pairs: readonly { chosen: string; rejected: string }[]): Float64Array {
  return Float64Array.from(pairs, (pair) => Math.log1p(pair.chosen.length) - Math.log1p(pair.rejected.length))
}

/** Trains on every fold but one and judges that one. Penalty, temperature, trait scaling and the length baseline come from the other folds alone. */
export function judgeFold(
  training: TrainingRows,
  lengthDifference: Float64Array,
  dealt: Int8Array,
  fold: number,
  innerFolds: number,
  seed: number,
  members: number,
): FoldResult {
  const all = Int32Array.from(dealt.keys())
  const inside = all.filter((row) => dealt[row] !== fold)
  const rows = all.filter((row) => dealt[row] === fold)
  const { penalty, temperature } = choosePenalty(training, inside, innerFolds, seed + 1)
  const weight = Float64Array.from(all, (row) => (dealt[row] === fold ? 0 : training.weight[row]!))
  const scaling = fitScaling(training.features.traits, TRAITS.length, outputsOf(inside))
  const matrix = scaledMatrix(training.features, scaling)
  const marginsBy = (fitted: ArrayLike<number>) => Float64Array.from(rows, (row) => temperature * rowProduct(matrix, row, fitted))
  const { weights } = solveLogistic({ matrix, penalty, weight }, { seed, gap: 1e-4 })
  const slope = fitSlope(
    Float64Array.from(inside, (row) => lengthDifference[row]!),
    Float64Array.from(inside, (row) => training.weight[row]!),
  )
  const lengthFree = weights.slice()
  for (const trait of lengthTraitColumns(training.features.bucketOf.length)) lengthFree[trait] = 0
  const learning = LEARNING_SHARES.map((share) => partOf(training.groups, inside, share, seed))
    .filter((part) => part.length >= FEWEST_LEARNT)
    .map((part): LearningPart => {
      const partWeight = new Float64Array(weight.length)
      for (const row of part) partWeight[row] = weight[row]!
      return {
        trainedOn: part.length,
        margin: marginsBy(solveLogistic({ matrix, penalty, weight: partWeight }, { seed, gap: 1e-3 }).weights),
      }
    })
  const resampled = Array.from({ length: members }, (_, member) => {
    const drawn = resampleGroups(training.groups, weight, seed + 7919 * (member + 1))
    return solveLogistic({ matrix, penalty, weight: drawn }, { seed: seed + member + 1, gap: 1e-3 }).weights
  })
  return {
    rows,
    learning,
    trainedOn: inside.length,
    model: {
      bucketOf: training.features.bucketOf,
      weights: interleave([weights, ...resampled], temperature),
      scaling,
      centre: new Float64Array(1 + members),
    },
    controlledMargin: marginsBy(lengthFree),
    margin: marginsBy(weights),
    lengthMargin: Float64Array.from(rows, (row) => slope * lengthDifference[row]!),
    penalty,
    temperature,
  }
}

/** Whole groups, in an order given by the seed, up to a share of the rows: a smaller part lies within a larger one. */
function partOf(groups: Int32Array, rows: Int32Array, share: number, seed: number): Int32Array {
  const rank = (group: number) => mix(Math.imul(group + 1, 0x85ebca6b) ^ Math.imul(seed + 1, 0x9e3779b1))
  const sorted = rows.toSorted((a, b) => rank(groups[a]!) - rank(groups[b]!) || groups[a]! - groups[b]!)
  let end = Math.round(share * rows.length)
  while (end > 0 && end < sorted.length && groups[sorted[end]!] === groups[sorted[end - 1]!]) end += 1
  return sorted.subarray(0, end)
}

/** Each row's weight times how often its group occurs in a sample, with replacement, of the groups that have weight. */
export function resampleGroups(groups: Int32Array, weight: Float64Array, seed: number): Float64Array {
  const present = [...new Set(groups.filter((_, row) => weight[row]! > 0))]
  const random = seededRandom(seed)
  const draws = new Map<number, number>()
  for (let i = 0; i < present.length; i += 1) {
    const group = present[random.int(present.length)]!
    draws.set(group, (draws.get(group) ?? 0) + 1)
  }
  return weight.map((value, row) => value * (draws.get(groups[row]!) ?? 0))
}

/** The weights of several fits side by side, so that scoring finds all weights of a word together. */
export function interleave(fits: readonly ArrayLike<number>[], temperature: number): Float32Array {
  const columns = fits[0]?.length ?? 0
  const weights = new Float32Array(columns * fits.length)
  fits.forEach((fitted, member) => {
    for (let column = 0; column < columns; column += 1) weights[column * fits.length + member] = temperature * fitted[column]!
  })
  return weights
}

/** The columns of the traits that grow with length, given the first trait's column. */
export function lengthTraitColumns(firstTrait: number): number[] {
  return TRAITS.flatMap((trait, index) => (LENGTH_TRAITS.includes(trait) ? [firstTrait + index] : []))
}
