import { solvePositiveDefinite } from '../numeric/cholesky.ts'
import type { Quadrature } from '../numeric/normal-grid.ts'
import { categoryChances, type Scale } from './rasch-scale.ts'

export interface Expectation {
  /** Items × points: where each item probably lies. Rows sum to 1; the population's weights for an item without ratings. */
  posteriors: Float64Array
  logLikelihood: number
}

/** Where each item probably lies, given the parameters. O(R · points). */
export function expectation(scale: Scale, { points, weights }: Quadrature, parameters: Float64Array): Expectation {
  const { start, rater, value, raters, categories } = scale
  const Q = points.length
  const spread = parameters[raters + categories - 1]!
  const logs = new Float64Array(raters * categories * Q)
  const [chances, tails] = [new Float64Array(categories), new Float64Array(categories)]
  for (let r = 0; r < raters; r += 1) {
    for (let q = 0; q < Q; q += 1) {
      categoryChances(spread * points[q]! - parameters[r]!, parameters, scale, chances, tails)
      for (let k = 0; k < categories; k += 1) logs[(r * categories + k) * Q + q] = Math.log(Math.max(chances[k]!, 1e-300))
    }
  }
  const logWeights = weights.map(Math.log)
  const posteriors = new Float64Array((start.length - 1) * Q)
  let logLikelihood = 0
  for (let i = 0; i + 1 < start.length; i += 1) {
    const at = i * Q
    posteriors.set(logWeights, at)
    for (let j = start[i]!; j < start[i + 1]!; j += 1) {
      const row = (rater[j]! * categories + value[j]!) * Q
      for (let q = 0; q < Q; q += 1) posteriors[at + q]! += logs[row + q]!
    }
    let top = -Infinity
    for (let q = 0; q < Q; q += 1) if (posteriors[at + q]! > top) top = posteriors[at + q]!
    let sum = 0
    for (let q = 0; q < Q; q += 1) {
      posteriors[at + q] = Math.exp(posteriors[at + q]! - top)
      sum += posteriors[at + q]!
    }
    for (let q = 0; q < Q; q += 1) posteriors[at + q]! /= sum
    if (start[i + 1]! > start[i]!) logLikelihood += top + Math.log(sum)
  }
  return { posteriors, logLikelihood }
}

/**
 * One step of Newton's method on the expected log-likelihood. Severities do not touch each other there, so that they are eliminated and the
 * thresholds and the spread solved for first.
 */
export function maximisation(
  scale: Scale,
  { points }: Quadrature,
  parameters: Float64Array,
  { posteriors }: Expectation,
  precision: number,
): Float64Array | null {
  const { start, rater, value, raters, categories, totals, atLeast } = scale
  const Q = points.length
  // How much of each rater's work lies at each point.
  const work = new Float64Array(raters * Q)
  let drive = 0
  for (let i = 0; i + 1 < start.length; i += 1) {
    let mean = 0
    for (let q = 0; q < Q; q += 1) mean += posteriors[i * Q + q]! * points[q]!
    for (let j = start[i]!; j < start[i + 1]!; j += 1) {
      drive += value[j]! * mean
      const row = rater[j]! * Q
      for (let q = 0; q < Q; q += 1) work[row + q]! += posteriors[i * Q + q]!
    }
  }
  // Thresholds, then the spread.
  const shared = new Float64Array(categories)
  for (let m = 1; m < categories; m += 1) shared[m - 1] = -atLeast[m]!
  shared[categories - 1] = drive
  const curve = new Float64Array(categories * categories)
  const own = new Float64Array(raters)
  const slope = Float64Array.from(totals, (total, r) => -total - precision * parameters[r]!)
  const cross = new Float64Array(raters * categories)
  const [chances, tails] = [new Float64Array(categories), new Float64Array(categories)]
  const spread = parameters[raters + categories - 1]!
  for (let r = 0; r < raters; r += 1) {
    own[r] = precision
    for (let q = 0; q < Q; q += 1) {
      const w = work[r * Q + q]!
      if (w < 1e-14) continue
      const z = points[q]!
      categoryChances(spread * z - parameters[r]!, parameters, scale, chances, tails)
      let [mean, square] = [0, 0]
      for (let m = 1; m < categories; m += 1) {
        mean += tails[m]!
        square += (2 * m - 1) * tails[m]!
      }
      const variance = square - mean * mean
      slope[r]! += w * mean
      own[r]! += w * variance
      shared[categories - 1]! -= w * z * mean
      curve[categories * categories - 1]! += w * z * z * variance
      cross[r * categories + categories - 1]! -= w * z * variance
      // Σ over categories at or above m, minus the mean: E[X·1(X ≥ m)] − E[X]·P(X ≥ m).
      let above = 0
      for (let m = categories - 1; m >= 1; m -= 1) {
        above += m * chances[m]!
        const covariance = above - mean * tails[m]!
        shared[m - 1]! += w * tails[m]!
        cross[r * categories + m - 1]! += w * covariance
        curve[(m - 1) * categories + categories - 1]! -= w * z * covariance
        for (let l = 1; l <= m; l += 1) curve[(l - 1) * categories + m - 1]! += w * tails[m]! * (1 - tails[l]!)
      }
    }
  }
  for (let a = 0; a < categories; a += 1) for (let b = 0; b < a; b += 1) curve[a * categories + b] = curve[b * categories + a]!
  for (let r = 0; r < raters; r += 1) {
    for (let a = 0; a < categories; a += 1) {
      const factor = cross[r * categories + a]! / own[r]!
      shared[a]! -= factor * slope[r]!
      for (let b = 0; b < categories; b += 1) curve[a * categories + b]! -= factor * cross[r * categories + b]!
    }
  }
  const common = solvePositiveDefinite(curve, shared)
  if (common === null) return null
  const step = new Float64Array(parameters.length)
  for (let r = 0; r < raters; r += 1) {
    let left = slope[r]!
    for (let a = 0; a < categories; a += 1) left -= cross[r * categories + a]! * common[a]!
    step[r] = left / own[r]!
  }
  step.set(common, raters)
  return step
}
