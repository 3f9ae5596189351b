import { StatsError } from '../error.ts'
import { clusterBootstrap, type BootstrapOptions } from '../numeric/bootstrap.ts'
import type { Estimate } from '../result.ts'
import { collapsePatterns, itemPatterns, type Patterns } from './pattern.ts'
import { filterRatings, type Ratings } from './ratings.ts'

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
 * @returns `estimate`, with a percentile bootstrap interval over items (1000 seeded resamples), and `percent`, `observed`, `expected`.
 *   `estimate` is null with reason `no-ratings`, `no-pairs` (no item has two ratings) or `no-variation` (one value only: 0/0).
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
  const patterns = itemPatterns(ratings, 2)
  const items = patterns.sizes.length
  if (items === 0) return { estimate: null, reason: 'no-pairs', level }
  const totals = new Float64Array(ratings.valueNames.length)

  const { observed, expected, pairable } = disagreement(patterns, patterns.multiplicities, level, scale, totals)
  const same = disagreement(patterns, patterns.multiplicities, 'nominal', null, totals)
  const details = { level, percent: 1 - same.observed, observed, expected, items, ratings: pairable }
  if (!(expected > 0)) return { estimate: null, reason: 'no-variation', ...details }

  const distinct = options.resamples === 0 ? patterns : collapsePatterns(patterns)
  const interval = clusterBootstrap({
    ...options,
    clusters: distinct.sizes.length,
    multiplicities: distinct.multiplicities,
    over: 'items',
    statistic: (draws) => {
      const resampled = disagreement(distinct, draws, level, scale, totals)
      return resampled.expected > 0 ? 1 - resampled.observed / resampled.expected : null
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

/** Observed and expected disagreement when pattern p occurs `weights[p]` times. `totals` is scratch space, one entry per category. */
function disagreement(patterns: Patterns, weights: Float64Array, level: Level, scale: Float64Array | null, totals: Float64Array) {
  totals.fill(0)
  let pairable = 0
  for (let p = 0; p < weights.length; p += 1) {
    const weight = weights[p]!
    if (weight === 0) continue
    pairable += weight * patterns.sizes[p]!
    for (let j = patterns.start[p]!; j < patterns.start[p + 1]!; j += 1) totals[patterns.codes[j]!]! += weight * patterns.counts[j]!
  }
  const positions = level === 'ordinal' ? midranks(totals) : scale
  const within = WITHIN[level]
  let sum = 0
  for (let p = 0; p < weights.length; p += 1) {
    const from = patterns.start[p]!
    const to = patterns.start[p + 1]!
    // One category only: no disagreement, exactly.
    if (to - from < 2 || weights[p] === 0) continue
    const size = patterns.sizes[p]!
    sum += (weights[p]! * within(patterns.codes, patterns.counts, from, to, size, positions)) / (size - 1)
  }
  const all = within(null, totals, 0, totals.length, pairable, positions)
  return { observed: sum / pairable, expected: all / (pairable * (pairable - 1)), pairable }
}

/** Half the ratings of the category itself plus all below it. */
function midranks(totals: Float64Array): Float64Array {
  let below = 0
  return totals.map((count) => {
    below += count
    return below - count / 2
  })
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
    sum += counts[j]! * (positions![codes === null ? j : codes[j]!]! - mean) ** 2
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
      if (x + y > 0) sum += counts[j]! * counts[k]! * ((x - y) / (x + y)) ** 2
    }
  }
  return 2 * sum
}
