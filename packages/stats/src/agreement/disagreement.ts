import type { Patterns } from './pattern.ts'

/** How far apart two values are: equal or not, by rank, by difference, by ratio. */
export type Level = 'nominal' | 'ordinal' | 'interval' | 'ratio'

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
  /** On the interval level, what each pattern adds to Σ x and Σ x², measured from the mean: no category need be counted. */
  moments: { sum: Float64Array; square: Float64Array } | null
  /** Σ n_k δ²(c, k) / n of each category c in the whole sample, and its mean over ratings; null where sums are exact. */
  linear: { distance: Float64Array; mean: number } | null
}

/** Null if there are too many values to compare each with each. `whole`: how often the sample uses each value, for its resamples. */
export function metricOf(
  patterns: Patterns,
  level: Level,
  scale: Float64Array | null,
  values: number,
  whole?: Float64Array,
): Metric | null {
  if (level === 'ratio' && values > MOST_VALUES) return null
  const metric: Metric = { inside: null, positions: scale, totals: new Float64Array(values), level, moments: null, linear: null }
  if (level === 'ordinal') return { ...metric, positions: new Float64Array(values) }
  const inside = new Float64Array(patterns.sizes.length)
  for (let p = 0; p < inside.length; p += 1) inside[p] = insidePattern(patterns, p, metric)
  const linear = level === 'ratio' && values > MANY_VALUES && whole !== undefined ? distances(scale!, whole) : null
  return { ...metric, inside, moments: level === 'interval' ? momentsOf(patterns, scale!) : null, linear }
}

/** Observed and expected disagreement when pattern p occurs `weights[p]` times. */
export function disagreement(patterns: Patterns, weights: Float64Array, metric: Metric) {
  const { start, codes, counts, sizes } = patterns
  const { totals, inside, moments } = metric
  if (moments !== null) return disagreementOfMoments(sizes, weights, inside!, moments)
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

/** The same on the interval level: Σ n_c n_k (c − k)² is 2 (n Σ x² − (Σ x)²). */
function disagreementOfMoments(
  sizes: Int32Array,
  weights: Float64Array,
  inside: Float64Array,
  { sum, square }: NonNullable<Metric['moments']>,
) {
  let [pairable, within, x, xx] = [0, 0, 0, 0]
  for (let p = 0; p < weights.length; p += 1) {
    const weight = weights[p]!
    pairable += weight * sizes[p]!
    within += weight * inside[p]!
    x += weight * sum[p]!
    xx += weight * square[p]!
  }
  const spread = xx - (x * x) / pairable
  // What rounding leaves of a single value is put back to zero.
  const expected = spread > 1e-12 * xx ? (2 * spread) / (pairable - 1) : 0
  return { observed: within / pairable, expected, pairable }
}

function momentsOf({ start, codes, counts, sizes, multiplicities }: Patterns, scale: Float64Array): NonNullable<Metric['moments']> {
  const sum = new Float64Array(sizes.length)
  const square = new Float64Array(sizes.length)
  let [total, ratings] = [0, 0]
  for (let p = 0; p < sizes.length; p += 1) {
    ratings += multiplicities[p]! * sizes[p]!
    for (let j = start[p]!; j < start[p + 1]!; j += 1) total += multiplicities[p]! * counts[j]! * scale[codes[j]!]!
  }
  for (let p = 0; p < sizes.length; p += 1) {
    for (let j = start[p]!; j < start[p + 1]!; j += 1) {
      const x = scale[codes[j]!]! - total / ratings
      sum[p]! += counts[j]! * x
      square[p]! += counts[j]! * x * x
    }
  }
  return { sum, square }
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
export function pairShare({ start, counts, sizes, multiplicities }: Patterns): number {
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
