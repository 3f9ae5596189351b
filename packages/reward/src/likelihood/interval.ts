import { logisticLoss, sigmoid } from '../objective/logistic.ts'

/** log P of an interval of a logistic variable around t, with its slopes and curvatures. */
export interface IntervalLikelihood {
  value: number
  slopeT: number
  slopeLow: number
  slopeHigh: number
  /** Minus the second derivative along t; along the lower end, the upper end, and both. */
  curvatureT: number
  curvatureLow: number
  curvatureHigh: number
  curvatureBoth: number
}

/**
 * log[σ(high − t) − σ(low − t)] by the identity log σ(high − t) + log σ(t − low) + log(1 − e^(low − high)), of which the last term does not hold
 * t: for fixed ends an interval is one or two rows of a logistic regression.
 */
export function intervalLikelihood(t: number, low: number, high: number): IntervalLikelihood {
  const upper = sigmoid(t - high)
  const lower = sigmoid(low - t)
  const width = high - low
  // Of log(1 − e^−width): its slope along the width, and minus its curvature.
  const slopeWidth = width === Infinity ? 0 : 1 / Math.expm1(width)
  const curvatureWidth = width === Infinity ? 0 : slopeWidth * (1 + slopeWidth)
  const value =
    (high === Infinity ? 0 : -logisticLoss(high - t)) +
    (low === -Infinity ? 0 : -logisticLoss(t - low)) +
    (width === Infinity ? 0 : Math.log(-Math.expm1(-width)))
  const bendHigh = upper * (1 - upper)
  const bendLow = lower * (1 - lower)
  return {
    value,
    slopeT: lower - upper,
    slopeLow: -lower - slopeWidth,
    slopeHigh: upper + slopeWidth,
    curvatureT: bendHigh + bendLow,
    curvatureLow: bendLow + curvatureWidth,
    curvatureHigh: bendHigh + curvatureWidth,
    // Along low and high moved together or apart: ∂²/∂low∂high is +curvatureWidth.
    curvatureBoth: curvatureWidth,
  }
}
