import type { DesignMatrix } from '../objective/design-matrix.ts'

/** Rows in units where the penalty is ½·|w|². Row i has the margin scale[i]·(w·x[source[i]]) + offset[i]. */
export interface DualRows {
  matrix: DesignMatrix
  /** The observation of each row. */
  source: Int32Array
  scale: Float64Array
  offset: Float64Array
  /** Weight divided by the penalty: what the two dual variables of a row sum to. Rows with 0 are passed over. */
  bound: Float64Array
  /**
   * A dual variable and its distance to the upper bound are kept apart: near a bound their difference would lose all digits.
   */
  lower: Float64Array
  upper: Float64Array
}

/** The solver's inner loops over some rows. */
export interface Kernel {
  /** Sets the weights to those that belong to the dual variables, or to `from` where these are known to be them. */
  begin(from?: Float64Array): void
  /** One pass over blocks of rows in the order given: the Newton steps that it took, and about how much the dual rose. */
  sweep(order: Int32Array, block: number, tolerance: number): { newtonSteps: number; rise: number }
  /** Σ bound·loss at the present weights. */
  loss(): number
  /** The dual's value without −½·|w|². */
  entropy(): number
  /** ½·|w|² of the present weights, the penalty. */
  half(): number
  /** The present weights and dual variables, which stay the kernel's own. */
  weights(): Float64Array
  lower(): Float64Array
}
