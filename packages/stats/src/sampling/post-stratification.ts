import { checkFraction, checkNumber, checkNumbers } from '../check.ts'
import { checkClusterSums, type ClusterSums } from '../inference/cluster-sums.ts'
import { describe, sumOfSquares } from '../inference/clustered-mean.ts'
import { StatsError } from '../error.ts'
import type { Estimate } from '../result.ts'
import { weightedInterval } from './weighted-interval.ts'
import { checkMoments, describeMoments, type WeightedMoments } from './weighted-moments.ts'

/** A stratum of the population that an estimate is for, with what was observed in it. */
export interface PostStratum {
  name: string
  /** Its share of the population, or its size there: at least 0. Shares are scaled to add up to 1. */
  share: number
  observations: ClusterSums
}

export interface PostStratificationDetails {
  /** Standard error; null if some stratum has a single cluster, so that nothing says how it varies. */
  se: number | null
  n: number
  clusters: number
  /** The mean as sampled, before strata are put in proportion. */
  asSampled: number
  /** Weight of an observation of each stratum, around 1: its share of the population over its share of the sample. */
  weights: { name: string; weight: number }[]
  /** Kish's effective sample size of these weights, and the factor by which they raise variances. */
  effective: number
  designEffect: number
  /** Strata of the population without any observation. */
  empty: string[]
}

/**
 * The mean of a population whose strata are known, from a sample that has them in other proportions: the means of the strata in the
 * population's proportions. In the values' unit.
 *
 * Misleads when a stratum was sampled unlike itself (only its complaints), and says nothing of what the strata do not capture. Strata with few
 * observations and a large share make it uncertain: look at `effective`.
 *
 * @param strata H strata with shares and observations by cluster (`sumByCluster`). A cluster must not fall in two strata.
 * @param options.proportion True if values are 0 and 1: the interval then stays within 0..1; false by default.
 * @param options.confidence 0.95 by default.
 * @returns `estimate` Σ share·mean with an interval from the clustered variances of the strata (factor G/(G−1)) and Satterthwaite's degrees; for a
 *   proportion Wilson's on effective trials. Null with `no-ratings` without any observation; with `empty-stratum` if a stratum with a share has
 *   none: `empty` names them; with `no-weight` if all shares are 0.
 * @throws StatsError `range` for negative shares, for sums and sizes as `clusteredMean`, for more successes than trials of a proportion; `shape` for
 *   two strata of one name.
 *
 * Source: Holt & Smith (1979), J. Royal Statistical Society A 142(1), doi:10.2307/2344652; Satterthwaite (1946), Biometrics Bulletin 2(6),
 *   doi:10.2307/3002019. O(clusters).
 *
 * @example
 * postStratifiedMean([
 *   { name: 'chat', share: 3, observations: { sums: [1, 1], sizes: [1, 1] } },
 *   { name: 'mail', share: 1, observations: { sums: [0, 1, 0, 1], sizes: [1, 1, 1, 1] } },
 * ]).estimate // => 0.875
 */
export function postStratifiedMean(
  strata: readonly PostStratum[],
  options: { proportion?: boolean; confidence?: number } = {},
): Estimate<PostStratificationDetails> {
  checkStrata(strata, options.proportion ?? false)
  const parts = strata.map(({ name, share, observations }) => {
    const { mean, deviations, n, clusters } = describe(name, observations, 'CR1')
    return { name, share, mean, n, clusters, variance: sumOfSquares(deviations) }
  })
  return inProportion(parts, options)
}

/**
 * `postStratifiedMean` from the moments of each stratum, where every unit (trace, item) counts once. In the values' unit.
 *
 * Misleads as `postStratifiedMean` does.
 *
 * @param strata H strata with shares and the moments of their units, of weight 1 each. A unit must not fall in two strata.
 * @param options.proportion True for values in 0..1; false by default. @param options.confidence 0.95 by default.
 * @returns As `postStratifiedMean`, each unit its own cluster.
 * @throws StatsError `range` for negative shares or moments that cannot be; `shape` for two strata of one name.
 *
 * Source: Holt & Smith (1979), J. Royal Statistical Society A 142(1), doi:10.2307/2344652. O(H).
 *
 * @example
 * postStratifiedMeanOfMoments([
 *   { name: 'chat', share: 3, moments: weightedMomentsOf([1, 1]) },
 *   { name: 'mail', share: 1, moments: weightedMomentsOf([0, 1, 0, 1]) },
 * ]).estimate // => 0.875
 */
export function postStratifiedMeanOfMoments(
  strata: readonly { name: string; share: number; moments: WeightedMoments }[],
  options: { proportion?: boolean; confidence?: number } = {},
): Estimate<PostStratificationDetails> {
  checkShares(strata)
  const parts = strata.map(({ name, share, moments }) => {
    checkMoments(moments)
    const { units } = moments
    const { mean, variance } = describeMoments(moments)
    return { name, share, mean: units > 0 ? mean : null, n: units, clusters: units, variance }
  })
  return inProportion(parts, options)
}

/** A stratum's mean, and the variance of that mean. */
type Part = { name: string; share: number; mean: number | null; n: number; clusters: number; variance: number }

function inProportion(
  strata: readonly Part[],
  options: { proportion?: boolean; confidence?: number },
): Estimate<PostStratificationDetails> {
  checkFraction('confidence', options.confidence ?? 0.95)
  const total = strata.reduce((sum, { share }) => sum + share, 0)
  const parts = strata.map((part) => ({ ...part, share: part.share / total }))
  const n = parts.reduce((sum, part) => sum + part.n, 0)
  const clusters = parts.reduce((sum, part) => sum + part.clusters, 0)
  const empty = parts.filter((part) => part.mean === null && part.share > 0).map(({ name }) => name)
  if (n === 0) return { estimate: null, reason: 'no-ratings', n, clusters, empty }
  if (total === 0) return { estimate: null, reason: 'no-weight', n, clusters, empty: [] }
  const asSampled = parts.reduce((sum, part) => sum + (part.mean ?? 0) * part.n, 0) / n
  if (empty.length > 0) return { estimate: null, reason: 'empty-stratum', n, clusters, asSampled, empty }

  const counted = parts.filter((part) => part.share > 0)
  const estimate = counted.reduce((sum, part) => sum + part.share * part.mean!, 0)
  const weights = parts.map((part) => ({ name: part.name, weight: part.n > 0 ? (part.share * n) / part.n : 0 }))
  const squares = parts.reduce((sum, part, h) => sum + part.n * weights[h]!.weight ** 2, 0)
  // Σw = n by construction.
  const effective = (n * n) / squares
  const details = { n, clusters, asSampled, weights, effective, designEffect: n / effective, empty }
  if (counted.some((part) => part.clusters < 2)) return { estimate, ...details, se: null }

  let [variance, spread, fewest] = [0, 0, Infinity]
  for (const part of counted) {
    const own = part.share ** 2 * part.variance
    variance += own
    spread += own ** 2 / (part.clusters - 1)
    fewest = Math.min(fewest, part.clusters - 1)
  }
  const degrees = spread > 0 ? variance ** 2 / spread : fewest
  const method = `post-stratified over ${counted.length} strata, ${clusters} clusters`
  const most = Math.min(effective, clusters)
  return {
    estimate,
    ...weightedInterval(estimate, Math.sqrt(variance), degrees, most, method, options),
    ...details,
    se: Math.sqrt(variance),
  }
}

function checkShares(strata: readonly { name: string; share: number }[]): void {
  const names = new Set<string>()
  for (const { name, share } of strata) {
    checkNumber(`share of ${name}`, share, 0)
    if (names.has(name)) throw new StatsError({ code: 'shape', argument: 'strata', expected: 'one stratum of each name', received: name })
    names.add(name)
  }
}

function checkStrata(strata: readonly PostStratum[], proportion: boolean): void {
  checkShares(strata)
  for (const { name, observations } of strata) {
    checkClusterSums(name, observations)
    if (!proportion) continue
    for (let g = 0; g < observations.sums.length; g += 1) checkNumbers(`${name}.sums`, [observations.sums[g]!], 0, observations.sizes[g]!)
  }
}
