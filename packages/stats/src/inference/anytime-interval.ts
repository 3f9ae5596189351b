import { checkFraction, checkNumber } from '../check.ts'
import type { Estimate } from '../result.ts'

export interface AnytimeOptions {
  /** Coverage at all times together; 0.95 by default. */
  confidence?: number
  /** The number of clusters at which the interval shall be tightest; 200 by default. Choose it before looking. */
  tightestAt?: number
}

/**
 * An interval that stays valid however often people look and whenever they stop: for dashboards. It covers the truth at *all* times
 * together with the confidence asked for; being about 1.5 times as wide as a fixed interval is the price of peeking.
 *
 * Misleads with few clusters (under about 50), as it rests on the central limit theorem: for bounded values use
 * `bettingInterval`, which does not. Assumes that clusters arrive in an order that has nothing to do with their values.
 *
 * @param result Any result with `estimate`, `se` and `clusters`: of `clusteredMean`, `clusteredProportion`, `clusteredDifference`.
 * @param options.confidence 0.95 by default. @param options.tightestAt 200 clusters by default.
 * @returns The result with the interval replaced. Unchanged if it has no `estimate` or no `se`.
 * @throws StatsError `range` for a confidence outside (0, 1) or `tightestAt` below 1.
 *
 * Source: Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas (2024), Annals of Statistics 52(6), theorem 2.2 and equation 10 (normal mixture,
 *   asymptotic confidence sequence), doi:10.1214/24-AOS2408; time counts clusters.
 *
 * @example
 * anytimeInterval({ estimate: 0.5, se: null, clusters: 1 }).estimate // => 0.5
 */
export function anytimeInterval<Details extends { se: number | null; clusters: number }>(
  result: Estimate<Details>,
  options: AnytimeOptions = {},
): Estimate<Details> {
  const { confidence = 0.95, tightestAt = 200 } = options
  checkFraction('confidence', confidence)
  checkNumber('tightestAt', tightestAt, 1)
  if (result.estimate === null || result.se === null) return result
  const half = result.se * anytimeQuantile(1 - confidence, result.clusters, tightestAt)
  const method = `anytime-valid (normal mixture over ${result.clusters} clusters, tightest at ${tightestAt})`
  return { ...result, low: result.estimate - half, high: result.estimate + half, confidence, method }
}

/** How many standard errors an anytime-valid interval reaches at time `t` when it is tightest at `tightestAt`. */
export function anytimeQuantile(alpha: number, t: number, tightestAt: number): number {
  const log = -2 * Math.log(alpha)
  const growth = (t * (log + Math.log(log) + 1)) / tightestAt
  // For alpha near 1 the paper's choice of growth is not positive; any positive one is valid.
  const g = growth > 0 ? growth : t / tightestAt
  return Math.sqrt(((2 * (g + 1)) / g) * Math.log(Math.sqrt(g + 1) / alpha))
}
