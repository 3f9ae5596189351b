import { seededRandom, type Random } from '@plaudit/stats'
import type { DesignMatrix } from '../objective/design-matrix.ts'
import type { Arena } from './arena.ts'
import { javascriptKernel } from './javascript-kernel.ts'
import type { DualRows, Kernel } from './kernel.ts'
import { wasmKernel } from './wasm-kernel.ts'

/** A logistic regression without a constant: every row is oriented so that its margin should be positive. */
export interface LogisticProblem {
  matrix: DesignMatrix
  /** Strength λ of the penalty λ/2·|w|²; positive. */
  penalty: number
  /** How much each row counts, at least 0; 1 by default. */
  weight?: ArrayLike<number>
  /** Added to each row's margin; 0 by default. */
  offset?: ArrayLike<number>
  /** Multiplies each row's observation; 1 by default. */
  scale?: ArrayLike<number>
  /** The observation of each row; row i has observation i by default. */
  source?: Int32Array
}

export interface SolverOptions {
  /** Relative duality gap to reach; 1e-3 by default. */
  gap?: number
  /** Passes over the rows after which the solver gives up; 1000 by default. */
  maximumEpochs?: number
  /** Seed of the order of the rows; 1 by default. */
  seed?: number
  /** An earlier solution with the same rows, weights, scales and at least this penalty, as a warm start. */
  from?: Pick<LogisticSolution, 'dual'> & Partial<Pick<LogisticSolution, 'weights'>>
  /** The implementation of the inner loops; the fastest by default. Both give the same bits. */
  kernel?: 'wasm' | 'javascript'
  /** Where the WebAssembly kernel works; memory of this thread's own by default. */
  arena?: Arena
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
 * Minimises Σ cᵢ·log(1 + exp(−(sᵢ·w·xᵢ + oᵢ))) + λ/2·|w|² by coordinate descent on the dual, one row at a time. Rows are visited in blocks of
 * neighbours whose order is drawn anew each pass: a fixed order stalls, and a fully random one wastes the memory cache.
 *
 * @returns The weights with the duality gap that certifies them; `converged` is false if `maximumEpochs` did not suffice.
 *
 * Source: Yu, Huang & Lin (2011), Dual coordinate descent methods for logistic regression, Machine Learning 85, 41–75,
 * doi:10.1007/s10994-010-5221-8, Algorithm 5 (the method of LIBLINEAR's solver 7), with offsets and a stop by the duality gap. Checked against
 * LIBLINEAR 2.50 (reference/optimum.py).
 */
export function solveLogistic(problem: LogisticProblem, options: SolverOptions = {}): LogisticSolution {
  const { penalty } = problem
  const { gap: wantedGap = 1e-3, maximumEpochs = 1000, seed = 1 } = options
  const random = seededRandom(seed)
  const rows = dualRows(problem, options.from)
  const kernel = (options.kernel === 'javascript' ? null : wasmKernel(rows, options.arena)) ?? javascriptKernel(rows)
  kernel.begin(options.from?.weights)
  const order = new Int32Array(Math.ceil(rows.source.length / block)).map((_, i) => i)
  let innerTolerance = 1e-2
  let epochs = 0
  let certified = { primal: Infinity, gap: Infinity }
  let lastRise = Infinity
  // What a rise to come means for the gap; at first a guess from the objective without weights.
  let scale = 2 / (Math.LN2 * rows.bound.reduce((sum, bound) => sum + bound, 0))
  while (certified.gap > wantedGap && epochs < maximumEpochs) {
    shuffle(order, random)
    const { newtonSteps, rise } = kernel.sweep(order, block, innerTolerance)
    epochs += 1
    if (newtonSteps <= rows.source.length / 10) innerTolerance = Math.max(1e-8, 0.1 * innerTolerance)
    // Rises fall about geometrically, which tells what is still to come: the gap is computed when that may be little enough.
    const ratio = Math.min(0.9, rise / lastRise)
    const toCome = (rise * ratio) / (1 - ratio)
    lastRise = rise
    if (epochs < 2 || (toCome * scale > wantedGap && epochs % 8 !== 0 && epochs < maximumEpochs)) continue
    certified = certify(kernel)
    if (toCome > 0) scale = certified.gap / toCome
  }
  return {
    weights: kernel.weights().slice(),
    dual: kernel.lower().slice(),
    objective: certified.primal * penalty,
    gap: certified.gap,
    epochs,
    converged: certified.gap <= wantedGap,
  }
}

function dualRows(problem: LogisticProblem, from: SolverOptions['from']): DualRows {
  const { matrix, penalty, weight, offset, scale, source } = problem
  const rows = source?.length ?? matrix.rows
  const bound = new Float64Array(rows)
  const lower = new Float64Array(rows)
  const upper = new Float64Array(rows)
  for (let i = 0; i < rows; i += 1) {
    const high = (weight?.[i] ?? 1) / penalty
    if (high === 0) continue
    bound[i] = high
    lower[i] = Math.min(from?.dual[i] ?? 0, high)
    upper[i] = high - lower[i]!
  }
  return {
    matrix,
    source: source ?? new Int32Array(rows).map((_, i) => i),
    scale: scale ? Float64Array.from(scale) : new Float64Array(rows).fill(1),
    offset: offset ? Float64Array.from(offset) : new Float64Array(rows),
    bound,
    lower,
    upper,
  }
}

/** The primal and dual values, in units where the penalty is ½·|w|², and their relative gap. */
function certify(kernel: Kernel) {
  const half = kernel.half()
  const primal = half + kernel.loss()
  return { primal, gap: primal > 0 ? (primal - (kernel.entropy() - half)) / primal : 0 }
}

function shuffle(order: Int32Array, random: Random): void {
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = random.int(i + 1)
    const swapped = order[i]!
    order[i] = order[j]!
    order[j] = swapped
  }
}
