import { TRAITS } from '../features/dense.ts'
import { fitScaling } from '../features/standardise.ts'
import { logisticLoss } from '../objective/logistic.ts'
import { rowProduct } from '../objective/design-matrix.ts'
import { type LogisticSolution, solveLogistic } from '../solver/solve-logistic.ts'
import { fitSlope } from './fit-slope.ts'
import { dealFolds } from './fold.ts'
import { scaledMatrix, type PairFeatures } from './pair-features.ts'

/** Penalties tried, from strong to weak so that each solution starts the next. */
export const PENALTIES: readonly number[] = [160, 80, 40, 20, 10, 5, 2.5, 1.25, 0.6]

/** Below this many prompts there are more folds. */
const FEW_PROMPTS = 50

/** Taken where a single prompt leaves nothing to choose by. */
const defaultPenalty = 2.5

export interface ChosenPenalty {
  penalty: number
  /** Factor that makes held-out margins of this penalty into calibrated log-odds. */
  temperature: number
  /** Held-out log-loss of each penalty tried. */
  tried: { penalty: number; logLoss: number }[]
}

export interface TrainingRows {
  features: PairFeatures
  groups: Int32Array
  /** Weight of each pair. */
  weight: Float64Array
}

/** Chooses the penalty with the least log-loss on groups held out of the rows given (grouped cross-validation), and a temperature. */
export function choosePenalty({ features, groups, weight }: TrainingRows, rows: Int32Array, folds: number, seed: number): ChosenPenalty {
  // With few prompts, each fold leaves out much of what there is to learn from: more of them are then affordable, and steadier.
  const prompts = new Set(rows.map((row) => groups[row]!)).size
  const foldCount = prompts < FEW_PROMPTS ? Math.min(prompts, 3 * folds) : folds
  const dealt = dealFolds(groups, rows, foldCount, seed)
  const parts = Array.from({ length: foldCount }, (_, fold) => {
    const inside = rows.filter((row) => dealt[row] !== fold)
    const held = rows.filter((row) => dealt[row] === fold)
    const partWeight = new Float64Array(weight.length)
    for (const row of inside) partWeight[row] = weight[row]!
    const matrix = scaledMatrix(features, fitScaling(features.traits, TRAITS.length, outputsOf(inside)))
    return { held, matrix, weight: partWeight, solution: undefined as LogisticSolution | undefined }
  }).filter((part) => part.held.length > 0 && part.held.length < rows.length)
  if (parts.length === 0) return { penalty: defaultPenalty, temperature: 1, tried: [] }
  const tried: ChosenPenalty['tried'] = []
  let best = { penalty: PENALTIES[0]!, temperature: 1, logLoss: Infinity }
  for (const penalty of PENALTIES) {
    const margins: number[] = []
    const weights: number[] = []
    for (const part of parts) {
      const { matrix } = part
      const solution = solveLogistic(
        { matrix, penalty, weight: part.weight },
        { seed, gap: 1e-3, ...(part.solution && { from: part.solution }) },
      )
      part.solution = solution
      for (const row of part.held) {
        margins.push(rowProduct(matrix, row, solution.weights))
        weights.push(weight[row]!)
      }
    }
    const total = weights.reduce((sum, c) => sum + c, 0)
    const logLoss = margins.reduce((sum, margin, i) => sum + weights[i]! * logisticLoss(margin), 0) / total
    tried.push({ penalty, logLoss })
    if (logLoss < best.logLoss) best = { penalty, temperature: Math.max(0.05, fitSlope(margins, weights)), logLoss }
    else if (tried.length > 2) break
  }
  return { penalty: best.penalty, temperature: best.temperature, tried }
}

/** The rows of a traits table that belong to the pairs given. */
export function* outputsOf(pairs: Iterable<number>): Generator<number> {
  for (const pair of pairs) {
    yield 2 * pair
    yield 2 * pair + 1
  }
}
