import type { Level } from './disagreement.ts'
import type { Influences } from './influence-interval.ts'
import type { Patterns } from './pattern.ts'

/**
 * Krippendorff's alpha, and how much one item more of each pattern would move it: the derivative of 1 − D_o / D_e by the pattern's weight. On the
 * ordinal level an item also moves the midranks of all categories from its own upwards. O(R + V), on the ratio level O(R + V²).
 *
 * @param scale Numbers of the values on the interval and ratio levels; null otherwise. @param values Number of categories.
 */
export function alphaInfluences(patterns: Patterns, level: Level, scale: Float64Array | null, values: number): Omit<Influences, 'real'> {
  const { start, codes, counts, sizes, multiplicities: weights } = patterns
  const totals = new Float64Array(values)
  let n = 0
  for (let p = 0; p < sizes.length; p += 1) {
    n += weights[p]! * sizes[p]!
    for (let j = start[p]!; j < start[p + 1]!; j += 1) totals[codes[j]!]! += weights[p]! * counts[j]!
  }
  const metric =
    level === 'nominal' ? unequal(totals, n) : level === 'ratio' ? ratios(totals, scale!) : squares(totals, n, scale ?? midranks(totals))
  // Σ n_c n_k δ², what one rating more of a category adds to it, and Σ n_c n_k δ² / (m − 1) inside items.
  let [expected, observed] = [0, 0]
  for (let c = 0; c < values; c += 1) expected += totals[c]! * metric.distance[c]!
  const within = new Float64Array(sizes.length)
  for (let p = 0; p < sizes.length; p += 1) {
    within[p] = start[p + 1]! - start[p]! < 2 ? 0 : metric.within(codes, counts, start[p]!, start[p + 1]!, sizes[p]!) / (sizes[p]! - 1)
    observed += weights[p]! * within[p]!
  }
  const moved = level === 'ordinal' ? movedMidranks(patterns, totals, n) : null
  const [Do, De] = [observed / n, expected / (n * (n - 1))]
  const found = new Float64Array(sizes.length)
  for (let p = 0; p < sizes.length; p += 1) {
    let [seen, chance] = [within[p]!, 0]
    for (let j = start[p]!; j < start[p + 1]!; j += 1) {
      const c = codes[j]!
      chance += counts[j]! * (2 * metric.distance[c]! + (moved === null ? 0 : moved.expected[c]!))
      if (moved !== null) seen += counts[j]! * moved.observed[c]!
    }
    const byObserved = (seen - Do * sizes[p]!) / n
    const byExpected = chance / (n * (n - 1)) - (De * sizes[p]! * (2 * n - 1)) / (n * (n - 1))
    found[p] = (Do * byExpected) / (De * De) - byObserved / De
  }
  return { center: 1 - Do / De, values: found, weights }
}

/** Σ n_k δ²(c, k) of each category, and Σ n_c n_k δ² of an item's counts. */
interface Metric {
  distance: Float64Array
  within: (codes: Int32Array, counts: Int32Array, from: number, to: number, size: number) => number
}

function unequal(totals: Float64Array, n: number): Metric {
  return {
    distance: totals.map((count) => n - count),
    within: (_codes, counts, from, to, size) => {
      let sum = 0
      for (let j = from; j < to; j += 1) sum += counts[j]! * (size - counts[j]!)
      return sum
    },
  }
}

function squares(totals: Float64Array, n: number, positions: Float64Array): Metric {
  const mean = weightedMean(totals, n, positions)
  let spread = 0
  for (let c = 0; c < totals.length; c += 1) spread += totals[c]! * (positions[c]! - mean) ** 2
  return {
    distance: positions.map((x) => n * (x - mean) ** 2 + spread),
    within: (codes, counts, from, to, size) => {
      let [own, sum] = [0, 0]
      for (let j = from; j < to; j += 1) own += (counts[j]! * positions[codes[j]!]!) / size
      for (let j = from; j < to; j += 1) sum += counts[j]! * (positions[codes[j]!]! - own) ** 2
      return 2 * size * sum
    },
  }
}

function ratios(totals: Float64Array, scale: Float64Array): Metric {
  const apart = (x: number, y: number) => (x + y === 0 ? 0 : ((x - y) / (x + y)) ** 2)
  const distance = new Float64Array(totals.length)
  for (let c = 0; c < totals.length; c += 1)
    for (let k = 0; k < c; k += 1) {
      const d = apart(scale[c]!, scale[k]!)
      distance[c]! += totals[k]! * d
      distance[k]! += totals[c]! * d
    }
  return {
    distance,
    within: (codes, counts, from, to) => {
      let sum = 0
      for (let j = from + 1; j < to; j += 1)
        for (let k = from; k < j; k += 1) sum += 2 * counts[j]! * counts[k]! * apart(scale[codes[j]!]!, scale[codes[k]!]!)
      return sum
    },
  }
}

/** What one rating more of each category adds to both disagreements by moving midranks: its own by a half, those above it by one. */
function movedMidranks({ start, codes, counts, sizes, multiplicities }: Patterns, totals: Float64Array, n: number) {
  const positions = midranks(totals)
  const mean = weightedMean(totals, n, positions)
  const observed = new Float64Array(totals.length)
  const expected = totals.map((count, c) => 4 * n * count * (positions[c]! - mean))
  for (let p = 0; p < sizes.length; p += 1) {
    if (start[p + 1]! - start[p]! < 2) continue
    let own = 0
    for (let j = start[p]!; j < start[p + 1]!; j += 1) own += (counts[j]! * positions[codes[j]!]!) / sizes[p]!
    const factor = (4 * multiplicities[p]! * sizes[p]!) / (sizes[p]! - 1)
    for (let j = start[p]!; j < start[p + 1]!; j += 1) observed[codes[j]!]! += factor * counts[j]! * (positions[codes[j]!]! - own)
  }
  return { observed: fromAbove(observed), expected: fromAbove(expected) }
}

function fromAbove(slopes: Float64Array): Float64Array {
  let above = 0
  const moved = slopes.slice()
  for (let c = slopes.length - 1; c >= 0; c -= 1) {
    moved[c] = slopes[c]! / 2 + above
    above += slopes[c]!
  }
  return moved
}

function midranks(totals: Float64Array): Float64Array {
  let below = 0
  return totals.map((count) => (below += count) - count / 2)
}

function weightedMean(totals: Float64Array, n: number, positions: Float64Array): number {
  return totals.reduce((sum, count, c) => sum + (count * positions[c]!) / n, 0)
}
