import { LENGTH_TRAITS, TRAITS } from '../features/dense.ts'
import { fitScaling } from '../features/standardise.ts'
import { rowProduct } from '../objective/sparse-matrix.ts'
import { choosePenalty, outputsOf, type TrainingRows } from './choose-penalty.ts'
import { solveLogistic } from './dual-coordinate-descent.ts'
import { fitSlope } from './fit-slope.ts'
import { scaledMatrix } from './pair-features.ts'

/** What one fold's model, which chose everything inside its own training prompts, says of the prompts it never saw. */
export interface FoldResult {
  rows: Int32Array
  margin: Float64Array
  lengthMargin: Float64Array
  controlledMargin: Float64Array
  penalty: number
  temperature: number
}

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
): FoldResult {
  const all = Int32Array.from(dealt.keys())
  const inside = all.filter((row) => dealt[row] !== fold)
  const rows = all.filter((row) => dealt[row] === fold)
  const { penalty, temperature } = choosePenalty(training, inside, innerFolds, seed + 1)
  const weight = Float64Array.from(all, (row) => (dealt[row] === fold ? 0 : training.weight[row]!))
  const matrix = scaledMatrix(training.features, fitScaling(training.features.traits, TRAITS.length, outputsOf(inside)))
  const { weights } = solveLogistic({ matrix, penalty, weight }, { seed, gap: 1e-4 })
  const slope = fitSlope(
    Float64Array.from(inside, (row) => lengthDifference[row]!),
    Float64Array.from(inside, (row) => training.weight[row]!),
  )
  const lengthFree = weights.slice()
  for (const trait of lengthTraitColumns(training.features.bucketOf.length)) lengthFree[trait] = 0
  return {
    rows,
    controlledMargin: Float64Array.from(rows, (row) => temperature * rowProduct(matrix, row, lengthFree)),
    margin: Float64Array.from(rows, (row) => temperature * rowProduct(matrix, row, weights)),
    lengthMargin: Float64Array.from(rows, (row) => slope * lengthDifference[row]!),
    penalty,
    temperature,
  }
}

/** The columns of the traits that grow with length, given the first trait's column. */
export function lengthTraitColumns(firstTrait: number): number[] {
  return TRAITS.flatMap((trait, index) => (LENGTH_TRAITS.includes(trait) ? [firstTrait + index] : []))
}
