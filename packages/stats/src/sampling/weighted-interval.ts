import { wilsonBounds } from '../inference/wilson-interval.ts'
import { studentQuantile } from '../numeric/quantile.ts'
import type { Interval } from '../result.ts'

/** What every estimate from a weighted sample can be asked for. */
export interface WeightedOptions {
  /** N names of clusters that observations fall in (items, traces); each observation stands alone by default. */
  clusters?: ArrayLike<string | number>
  /** True if values are 0 and 1, or shares: the interval then stays within 0..1. False by default. */
  proportion?: boolean
  /** Coverage of the interval; 0.95 by default. */
  confidence?: number
}

/** A t interval, or for a proportion Wilson's on the trials that have the same standard error; `most` of them if it is 0. */
export function weightedInterval(
  estimate: number,
  se: number,
  degrees: number,
  most: number,
  method: string,
  { proportion = false, confidence = 0.95 }: WeightedOptions,
): Interval {
  const t = studentQuantile((1 + confidence) / 2, degrees)
  if (!proportion) return { low: estimate - t * se, high: estimate + t * se, confidence, method: `${method}, t` }
  const p = Math.min(1, Math.max(0, estimate))
  const trials = se > 1e-12 && p > 0 && p < 1 ? (p * (1 - p)) / (se * se) : most
  return { ...wilsonBounds(p, trials, t), confidence, method: `Wilson score on ${trials.toFixed(1)} effective trials, ${method}` }
}
