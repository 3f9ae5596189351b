import { seededRandom, type Random } from '@plaudit/stats'
import { logisticLoss } from '../objective/logistic.ts'
import { rowProduct, type SparseMatrix } from '../objective/sparse-matrix.ts'

/** A logistic regression without a constant: every row is a difference, oriented so that its margin should be positive. */
export interface LogisticProblem {
  matrix: SparseMatrix
  /** Strength λ of the penalty λ/2·|w|²; positive. */
  penalty: number
  /** How much each row counts, at least 0; 1 by default. */
  weight?: ArrayLike<number>
  /** Added to each row's margin; 0 by default. */
  offset?: ArrayLike<number>
}

export interface SolverOptions {
  /** Relative duality gap to reach; 1e-3 by default. */
  gap?: number
  /** Passes over the rows after which the solver gives up; 1000 by default. */
  maximumEpochs?: number
  /** Seed of the order of the rows; 1 by default. */
  seed?: number
  /** Dual variables of an earlier solution with the same rows and weights and at least this penalty, as a warm start. */
  from?: Float64Array
}

export interface LogisticSolution {
  weights: Float64Array
  /** The dual variables, each between 0 and its row's weight divided by the penalty. */
  dual: Float64Array
  /** Σ weight·loss + penalty/2·|w|². */
  objective: number
  /** (primal − dual) / primal of the returned weights, computed in a pass of its own: no weights can do better by more than this. */
  gap: number
  epochs: number
  converged: boolean
}

const block = 16

/**
 * Minimises Σ cᵢ·log(1 + exp(−(w·xᵢ + oᵢ))) + λ/2·|w|² by coordinate descent on the dual, one row at a time. Rows are visited in blocks of
 * neighbours whose order is drawn anew each pass: a fixed order stalls, and a fully random one wastes the memory cache.
 *
 * @returns The weights with the duality gap that certifies them; `converged` is false if `maximumEpochs` did not suffice.
 *
 * Source: Yu, Huang & Lin (2011), Dual coordinate descent methods for logistic regression, Machine Learning 85, 41–75,
 * doi:10.1007/s10994-010-5221-8, Algorithm 5 (the method of LIBLINEAR's solver 7), with offsets and a stop by the duality gap.
 */
export function solveLogistic(problem: LogisticProblem, options: SolverOptions = {}): LogisticSolution {
  const { matrix, penalty, weight, offset } = problem
  const { gap: wantedGap = 1e-3, maximumEpochs = 1000, seed = 1, from } = options
  const { rows, columns, start, column, value } = matrix
  const random = seededRandom(seed)
  const weights = new Float64Array(columns)
  // A dual variable and its distance to the upper bound are kept apart: near a bound their difference would lose all digits.
  const lower = new Float64Array(rows)
  const upper = new Float64Array(rows)
  const norm = new Float64Array(rows)
  for (let i = 0; i < rows; i += 1) {
    const bound = (weight?.[i] ?? 1) / penalty
    if (bound === 0) continue
    const begun = from?.[i] ?? 0
    lower[i] = begun > 0 && begun < bound ? begun : Math.min(0.001 * bound, 1e-8)
    upper[i] = bound - lower[i]!
    const step = lower[i]!
    let square = 0
    for (let k = start[i]!, end = start[i + 1]!; k < end; k += 1) {
      square += value[k]! * value[k]!
      weights[column[k]!]! += step * value[k]!
    }
    norm[i] = square
  }

  const order = Int32Array.from({ length: Math.ceil(rows / block) }, (_, i) => i)
  let innerTolerance = 1e-2
  let epochs = 0
  let certificate = certify(problem, weights, lower, upper)
  while (certificate.gap > wantedGap && epochs < maximumEpochs) {
    shuffle(order, random)
    let newtonSteps = 0
    for (let b = 0; b < order.length; b += 1) {
      const first = order[b]! * block
      for (let i = first, last = Math.min(first + block, rows); i < last; i += 1) {
        const bound = lower[i]! + upper[i]!
        if (bound === 0) continue
        const begin = start[i]!
        const end = start[i + 1]!
        let margin = offset?.[i] ?? 0
        for (let k = begin; k < end; k += 1) margin += value[k]! * weights[column[k]!]!
        const a = norm[i]!
        // Work on whichever side is the smaller at the solution, where the logarithm is steep.
        const sign = 0.5 * a * (upper[i]! - lower[i]!) + margin < 0 ? -1 : 1
        const old = sign === 1 ? lower[i]! : upper[i]!
        let z = old
        if (bound - z < 0.5 * bound) z *= 0.1
        let gradient = a * (z - old) + sign * margin + Math.log(z / (bound - z))
        let steps = 0
        while (Math.abs(gradient) >= innerTolerance && steps < 100) {
          const next = z - gradient / (a + bound / (bound - z) / z)
          z = next <= 0 ? 0.1 * z : next
          gradient = a * (z - old) + sign * margin + Math.log(z / (bound - z))
          steps += 1
        }
        if (steps === 0) continue
        newtonSteps += steps
        lower[i] = sign === 1 ? z : bound - z
        upper[i] = sign === 1 ? bound - z : z
        const change = sign * (z - old)
        for (let k = begin; k < end; k += 1) weights[column[k]!]! += change * value[k]!
      }
    }
    epochs += 1
    if (newtonSteps <= rows / 10) innerTolerance = Math.max(1e-8, 0.1 * innerTolerance)
    if (epochs < 4 || epochs % 2 === 0) certificate = certify(problem, weights, lower, upper)
  }
  return {
    weights,
    dual: lower,
    objective: certificate.primal * penalty,
    gap: certificate.gap,
    epochs,
    converged: certificate.gap <= wantedGap,
  }
}

/** The primal and dual values, in units where the penalty is ½·|w|², and their relative gap. */
function certify({ matrix, penalty, weight, offset }: LogisticProblem, weights: Float64Array, lower: Float64Array, upper: Float64Array) {
  let half = 0
  for (const w of weights) half += w * w
  half /= 2
  let loss = 0
  let entropy = 0
  for (let i = 0; i < matrix.rows; i += 1) {
    const bound = (weight?.[i] ?? 1) / penalty
    if (bound === 0) continue
    const shift = offset?.[i] ?? 0
    loss += bound * logisticLoss(rowProduct(matrix, i, weights) + shift)
    const [low, high] = [lower[i]!, upper[i]!]
    entropy -= low * Math.log(low / bound) + high * Math.log(high / bound) + low * shift
  }
  const primal = half + loss
  return { primal, gap: primal > 0 ? (primal - (entropy - half)) / primal : 0 }
}

function shuffle(order: Int32Array, random: Random): void {
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = random.int(i + 1)
    const swapped = order[i]!
    order[i] = order[j]!
    order[j] = swapped
  }
}
