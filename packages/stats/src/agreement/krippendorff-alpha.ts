import { StatsError } from '../error.ts'
import { clusterBootstrap, type BootstrapOptions } from '../numeric/bootstrap.ts'
import type { Estimate } from '../result.ts'
import { distinctPatterns, type Patterns } from './pattern.ts'
import { filterRatings, type Ratings } from './ratings.ts'
import { unanimousInterval } from './unanimous-interval.ts'

export type Level = 'nominal' | 'ordinal' | 'interval' | 'ratio'

export interface AlphaOptions extends BootstrapOptions {
  /** How far apart two values are; `nominal` (equal or not) by default. */
  level?: Level
}

export interface AlphaDetails {
  level: Level
  /** Share of agreeing pairs of ratings, in 0..1, not corrected for chance. */
  percent: number
  /** Observed and expected disagreement, in squared units of the level. */
  observed: number
  expected: number
  /** Items with at least two ratings, and the ratings on them. */
  items: number
  ratings: number
}

/**
 * Krippendorff's alpha: reliability of ratings beyond chance, for any number of raters, with missing ratings. 1 is perfect
 * agreement, 0 is chance, below 0 is systematic disagreement; from 0.8 it is commonly called reliable, from 0.667 tentative.
 *
 * Misleads when one category is nearly always right: a handful of disagreements then drive it to 0 although the raters agree on
 * most items. Show `percent` with it.
 *
 * @param ratings R ratings. Items with fewer than two ratings drop out. A rater who rates an item twice counts as two.
 * @param options.level `nominal`; `ordinal` needs an order of the categories; `interval` and `ratio` need numbers, `ratio` none below 0.
 * @returns `estimate`, with a bootstrap interval over items (BCa, 1000 seeded resamples; where no item has a disagreement, Wilson's
 *   bound on the share of items rated at random), and `percent`, `observed`, `expected`. `estimate` is null with reason `no-ratings`,
 *   `no-pairs` (no item has two ratings), `no-variation` (one value only: 0/0) or `too-many-values` (over 50,000 on the ratio level).
 * @throws StatsError `unsupported` for a level that the values do not have; `range` for negative values on the ratio level.
 *
 * Source: Krippendorff (2011), Computing Krippendorff's alpha-reliability; (2019) Content Analysis, ch. 12. The ordinal metric is the
 *   squared difference of midranks. O(R + V) time for V values, O(R + V²) on the ratio level. Checked against its examples A and C.
 *
 * @example
 * krippendorffAlpha(ratingsFromTable([[1, 1], [2, 2], [1, 2], [2, 2]])).estimate // => 8 / 15
 */
export function krippendorffAlpha(ratings: Ratings, options: AlphaOptions = {}): Estimate<AlphaDetails> {
  const level = options.level ?? 'nominal'
  const scale = scaleOf(ratings, level)
  if (ratings.items.length === 0) return { estimate: null, reason: 'no-ratings', level }
  const patterns = distinctPatterns(ratings, 2)
  const items = patterns.multiplicities.reduce((sum, count) => sum + count, 0)
  if (items === 0) return { estimate: null, reason: 'no-pairs', level }
  const metric = metricOf(patterns, level, scale, ratings.valueNames.length)
  if (metric === null) return { estimate: null, reason: 'too-many-values', level, items }

  const { observed, expected, pairable } = disagreement(patterns, patterns.multiplicities, metric)
  const disagreeing = pairShare(patterns)
  const details = { level, percent: 1 - disagreeing, observed, expected, items, ratings: pairable }
  if (!(expected > 0)) return { estimate: null, reason: 'no-variation', ...details }
  if (options.resamples === 0) return { estimate: 1 - observed / expected, ...details }
  if (disagreeing === 0 && options.part === undefined) return { estimate: 1, ...unanimousInterval(items, options.confidence), ...details }

  const resampled = metricOf(patterns, level, scale, ratings.valueNames.length, metric.totals)!
  const interval = clusterBootstrap({
    ...options,
    clusters: patterns.sizes.length,
    multiplicities: patterns.multiplicities,
    over: 'items',
    statistic: (draws) => {
      const found = disagreement(patterns, draws, resampled)
      return found.expected > 0 ? 1 - found.observed / found.expected : null
    },
  })
  return { estimate: 1 - observed / expected, ...interval, ...details }
}

/**
 * Intra-rater agreement: Krippendorff's alpha of each rater with himself, over the items that he was shown more than once.
 *
 * @param ratings R ratings; a hidden repeat is a second rating of the same item by the same rater.
 * @returns One result per rater, in the order of `raterNames`; reason `no-pairs` for a rater without repeats.
 * @throws StatsError as `krippendorffAlpha`.
 */
export function intraRaterAlpha(ratings: Ratings, options: AlphaOptions = {}): { rater: string; alpha: Estimate<AlphaDetails> }[] {
  return ratings.raterNames.map((rater, code) => ({
    rater,
    alpha: krippendorffAlpha(
      filterRatings(ratings, (j) => ratings.raters[j] === code),
      options,
    ),
  }))
}

/** The numbers whose squared differences the level measures: null where the level needs none, or makes them itself (midranks). */
function scaleOf(ratings: Ratings, level: Level): Float64Array | null {
  const refuse = (expected: string, received: unknown, code: 'unsupported' | 'range' = 'unsupported') =>
    new StatsError({ code, argument: 'level', expected: `${expected} for level ${level}`, received })
  if (level === 'nominal') return null
  if (level === 'ordinal') {
    if (ratings.order === 'none') throw refuse('values with a declared order', ratings.valueNames.join(', '))
    return null
  }
  if (ratings.numbers === null) throw refuse('numbers', ratings.valueNames.join(', '))
  const lowest = ratings.numbers.reduce((low, value) => Math.min(low, value), Infinity)
  if (level === 'ratio' && lowest < 0) throw refuse('numbers of at least 0', lowest, 'range')
  return ratings.numbers
}

/** Numbers of distinct values beyond which resamples take the ratio metric's expectation by its first derivative, or it is not computed. */
const MANY_VALUES = 300
const MOST_VALUES = 50_000

/** How far values are apart, and what need not be computed again for every resample. */
interface Metric {
  /** Σ n_c n_k δ² / (size − 1) inside each pattern; null where δ² depends on how often values are used (ordinal). */
  inside: Float64Array | null
  /** The value of each category on the scale; midranks on the ordinal level, null on the nominal one. */
  positions: Float64Array | null
  /** Scratch space: how often each category is used. */
  totals: Float64Array
  level: Level
  /** Σ n_k δ²(c, k) / n of each category c in the whole sample, and its mean over ratings; null where sums are exact. */
  linear: { distance: Float64Array; mean: number } | null
}

/** Null if there are too many values to compare each with each. `whole`: how often the sample uses each value, for its resamples. */
function metricOf(patterns: Patterns, level: Level, scale: Float64Array | null, values: number, whole?: Float64Array): Metric | null {
  if (level === 'ratio' && values > MOST_VALUES) return null
  const metric: Metric = { inside: null, positions: scale, totals: new Float64Array(values), level, linear: null }
  if (level === 'ordinal') return { ...metric, positions: new Float64Array(values) }
  const inside = new Float64Array(patterns.sizes.length)
  for (let p = 0; p < inside.length; p += 1) inside[p] = insidePattern(patterns, p, metric)
  const linear = level === 'ratio' && values > MANY_VALUES && whole !== undefined ? distances(scale!, whole) : null
  return { ...metric, inside, linear }
}

/** Observed and expected disagreement when pattern p occurs `weights[p]` times. */
function disagreement(patterns: Patterns, weights: Float64Array, metric: Metric) {
  const { start, codes, counts, sizes } = patterns
  const { totals, inside } = metric
  totals.fill(0)
  let pairable = 0
  let sum = 0
  for (let p = 0; p < weights.length; p += 1) {
    const weight = weights[p]!
    if (weight === 0) continue
    pairable += weight * sizes[p]!
    if (inside !== null) sum += weight * inside[p]!
    for (let j = start[p]!; j < start[p + 1]!; j += 1) totals[codes[j]!]! += weight * counts[j]!
  }
  if (inside === null) {
    midranks(totals, metric.positions!)
    for (let p = 0; p < weights.length; p += 1) if (weights[p] !== 0) sum += weights[p]! * insidePattern(patterns, p, metric)
  }
  return { observed: sum / pairable, expected: expectedDisagreement(metric, pairable), pairable }
}

function expectedDisagreement({ level, totals, positions, linear }: Metric, pairable: number): number {
  if (linear !== null) {
    let sum = 0
    for (let c = 0; c < totals.length; c += 1) sum += totals[c]! * linear.distance[c]!
    return ((2 * sum) / pairable - linear.mean) * (pairable / (pairable - 1))
  }
  return WITHIN[level](null, totals, 0, totals.length, pairable, positions) / (pairable * (pairable - 1))
}

function insidePattern({ start, codes, counts, sizes }: Patterns, p: number, { level, positions }: Metric): number {
  const [from, to, size] = [start[p]!, start[p + 1]!, sizes[p]!]
  // One category only: no disagreement, exactly.
  return to - from < 2 ? 0 : WITHIN[level](codes, counts, from, to, size, positions) / (size - 1)
}

/** The share of disagreeing pairs of ratings, each item counted by its ratings. */
function pairShare({ start, counts, sizes, multiplicities }: Patterns): number {
  let [sum, ratings] = [0, 0]
  for (let p = 0; p < sizes.length; p += 1) {
    const size = sizes[p]!
    ratings += multiplicities[p]! * size
    if (start[p + 1]! - start[p]! > 1) sum += (multiplicities[p]! * unequal(null, counts, start[p]!, start[p + 1]!, size)) / (size - 1)
  }
  return sum / ratings
}

/** Half the ratings of the category itself plus all below it. */
function midranks(totals: Float64Array, into: Float64Array): void {
  let below = 0
  for (let c = 0; c < totals.length; c += 1) {
    below += totals[c]!
    into[c] = below - totals[c]! / 2
  }
}

function distances(scale: Float64Array, totals: Float64Array): { distance: Float64Array; mean: number } {
  const n = totals.reduce((sum, count) => sum + count, 0)
  const distance = new Float64Array(scale.length)
  for (let c = 0; c < scale.length; c += 1) {
    for (let k = 0; k < c; k += 1) {
      const d = ratioDistance(scale[c]!, scale[k]!) / n
      distance[c]! += totals[k]! * d
      distance[k]! += totals[c]! * d
    }
  }
  return { distance, mean: distance.reduce((sum, d, c) => sum + (totals[c]! * d) / n, 0) }
}

/** Σ n_c n_k δ²(c, k) over ordered pairs of categories with the given counts. `codes` null: entry j is category j. */
type PairSum = (
  codes: Int32Array | null,
  counts: ArrayLike<number>,
  from: number,
  to: number,
  size: number,
  positions: Float64Array | null,
) => number

const WITHIN: Record<Level, PairSum> = { nominal: unequal, ordinal: squaredDifferences, interval: squaredDifferences, ratio: squaredRatios }

function unequal(_codes: Int32Array | null, counts: ArrayLike<number>, from: number, to: number, size: number): number {
  let sum = 0
  for (let j = from; j < to; j += 1) sum += counts[j]! * (size - counts[j]!)
  return sum
}

/** By moments around the mean, so that one pass over the categories is enough. */
function squaredDifferences(
  codes: Int32Array | null,
  counts: ArrayLike<number>,
  from: number,
  to: number,
  size: number,
  positions: Float64Array | null,
): number {
  let mean = 0
  for (let j = from; j < to; j += 1) mean += counts[j]! * positions![codes === null ? j : codes[j]!]!
  mean /= size
  let sum = 0
  let used = 0
  for (let j = from; j < to; j += 1) {
    if (counts[j]! > 0) used += 1
    const deviation = positions![codes === null ? j : codes[j]!]! - mean
    sum += counts[j]! * deviation * deviation
  }
  return used < 2 ? 0 : 2 * size * sum
}

function squaredRatios(
  codes: Int32Array | null,
  counts: ArrayLike<number>,
  from: number,
  to: number,
  _size: number,
  positions: Float64Array | null,
): number {
  let sum = 0
  for (let j = from + 1; j < to; j += 1) {
    if (counts[j] === 0) continue
    const x = positions![codes === null ? j : codes[j]!]!
    for (let k = from; k < j; k += 1) {
      const y = positions![codes === null ? k : codes[k]!]!
      sum += counts[j]! * counts[k]! * ratioDistance(x, y)
    }
  }
  return 2 * sum
}

function ratioDistance(x: number, y: number): number {
  if (x + y === 0) return 0
  const ratio = (x - y) / (x + y)
  return ratio * ratio
}
