import { solvePositiveDefinite } from '../numeric/cholesky.ts'
import { logSigmoid, sigmoid, type OutcomeModel } from './outcome-model.ts'

/** Comparisons to fit: equal ones are one cell with a weight, unless each has covariates of its own. */
export interface Cells {
  readonly left: Int32Array
  readonly right: Int32Array
  /** 0 left, 1 right, 2 tie. */
  readonly outcome: Uint8Array
  readonly weight: Float64Array
  /** Cells × covariates, row by row; null without covariates. */
  readonly covariates: Float64Array | null
}

/** Where each parameter stands: strengths first, then tie, position and covariates, as far as there are any. */
export interface Layout {
  readonly systems: number
  /** -1 if absent. */
  readonly tie: number
  readonly position: number
  readonly covariates: number
  readonly covariateCount: number
  readonly size: number
}

export interface StrengthFit {
  parameters: Float64Array
  /** Negative second derivatives of the objective, with the gauge where there is no prior: positive definite. */
  information: Float64Array
  logLikelihood: number
  iterations: number
  converged: boolean
  /** True if ties, position or a covariate decide so much that their effect has no bound; the fit then stops. */
  separated: boolean
}

/** Log-odds of ties, a position or a covariate beyond which it is taken to grow without bound: odds of 3 million to 1. */
const UNBOUNDED = 15
const MOST_ITERATIONS = 100

/**
 * Newton's method on the log-likelihood of a model of paired comparisons, which is concave. `prior` gives each system that many ties
 * against one of strength 0; without it, the term 11ᵀ holds the strengths' mean at 0. Null if the parameters are not determined.
 */
export function fitStrengths(cells: Cells, layout: Layout, model: OutcomeModel, tieShare: number, prior: number): StrengthFit | null {
  let parameters: Float64Array = new Float64Array(layout.size)
  if (layout.tie >= 0) parameters[layout.tie] = model.start(tieShare)
  const firstFree = layout.position >= 0 ? layout.position : layout.covariates
  let current = evaluate(cells, layout, model, parameters, prior)
  for (let iterations = 1; ; iterations += 1) {
    const step = solvePositiveDefinite(current.information, current.gradient)
    if (step === null) return null
    const decrement = step.reduce((sum, move, j) => sum + move * current.gradient[j]!, 0)
    let scale = 1
    let next = current
    let moved = parameters
    for (let halving = 0; halving < 50; halving += 1, scale /= 2) {
      moved = parameters.map((value, j) => value + scale * step[j]!)
      next = evaluate(cells, layout, model, moved, prior)
      if (next.objective >= current.objective - 1e-9 * Math.abs(current.objective)) break
    }
    parameters = moved
    current = next
    // Ties may be as rare as comparisons are many, but not that common.
    const separated =
      (layout.tie >= 0 && parameters[layout.tie]! > UNBOUNDED) ||
      parameters.subarray(firstFree).some((value) => Math.abs(value) > UNBOUNDED)
    const converged = !separated && (scale * Math.max(...step.map(Math.abs)) < 1e-10 || decrement < 1e-20)
    if (converged || separated || iterations === MOST_ITERATIONS)
      return { parameters, information: current.information, logLikelihood: current.logLikelihood, iterations, converged, separated }
  }
}

/** η of a cell. */
export function leadOf(cells: Cells, layout: Layout, parameters: Float64Array, c: number): number {
  let eta = parameters[cells.left[c]!]! - parameters[cells.right[c]!]!
  if (layout.position >= 0) eta += parameters[layout.position]!
  for (let k = 0; k < layout.covariateCount; k += 1)
    eta += parameters[layout.covariates + k]! * cells.covariates![c * layout.covariateCount + k]!
  return eta
}

function evaluate(cells: Cells, layout: Layout, model: OutcomeModel, parameters: Float64Array, prior: number) {
  const { systems, tie, position, covariates, covariateCount, size } = layout
  const gradient = new Float64Array(size)
  const information = new Float64Array(size * size)
  const out = new Float64Array(6)
  const tau = tie >= 0 ? parameters[tie]! : 0
  let logLikelihood = 0
  // The parameters beside the two strengths that a cell touches, with the factor at which each moves η.
  const extras: number[] = []
  if (position >= 0) extras.push(position)
  for (let k = 0; k < covariateCount; k += 1) extras.push(covariates + k)
  const factors = new Float64Array(extras.length).fill(1)
  const firstCovariate = extras.length - covariateCount

  for (let c = 0; c < cells.left.length; c += 1) {
    const weight = cells.weight[c]!
    model.read(leadOf(cells, layout, parameters, c), tau, cells.outcome[c]!, out)
    logLikelihood += weight * out[0]!
    const l = cells.left[c]!
    const r = cells.right[c]!
    const slope = weight * out[1]!
    const curve = weight * out[3]!
    gradient[l]! += slope
    gradient[r]! -= slope
    information[l * size + l]! += curve
    information[r * size + r]! += curve
    information[l * size + r]! -= curve
    information[r * size + l]! -= curve
    if (tie >= 0) {
      const cross = weight * out[4]!
      gradient[tie]! += weight * out[2]!
      information[tie * size + tie]! += weight * out[5]!
      addPair(information, size, tie, l, cross)
      addPair(information, size, tie, r, -cross)
      for (let e = 0; e < extras.length; e += 1) addPair(information, size, extras[e]!, tie, cross * factorOf(e, c))
    }
    for (let e = 0; e < extras.length; e += 1) {
      const factor = factorOf(e, c)
      gradient[extras[e]!]! += slope * factor
      addPair(information, size, extras[e]!, l, curve * factor)
      addPair(information, size, extras[e]!, r, -curve * factor)
      information[extras[e]! * size + extras[e]!]! += curve * factor * factor
      for (let f = 0; f < e; f += 1) addPair(information, size, extras[e]!, extras[f]!, curve * factor * factorOf(f, c))
    }
  }
  function factorOf(e: number, c: number): number {
    return e < firstCovariate ? factors[e]! : cells.covariates![c * covariateCount + e - firstCovariate]!
  }

  let penalty = 0
  let diagonal = 0
  for (let i = 0; i < systems; i += 1) {
    if (prior > 0) {
      const p = sigmoid(parameters[i]!)
      penalty += prior * (logSigmoid(parameters[i]!) - parameters[i]! / 2)
      gradient[i]! += prior * (0.5 - p)
      information[i * size + i]! += prior * p * (1 - p)
    }
    diagonal += information[i * size + i]!
  }
  // Without a prior the likelihood does not change when all strengths move together: 11ᵀ pins their mean, which starts at 0.
  const gauge = prior > 0 ? 0 : Math.max(diagonal, 1e-12) / (systems * systems)
  for (let i = 0; i < systems; i += 1) for (let j = 0; j < systems; j += 1) information[i * size + j]! += gauge
  return { objective: logLikelihood + penalty, logLikelihood, gradient, information }
}

function addPair(matrix: Float64Array, size: number, i: number, j: number, value: number): void {
  matrix[i * size + j]! += value
  matrix[j * size + i]! += value
}
