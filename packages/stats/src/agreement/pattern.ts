import { groupBy, type Ratings } from './ratings.ts'

/**
 * What agreement statistics need to know of each item: how many raters chose each category. Pattern p has the categories
 * `codes[start[p]]` up to before `start[p + 1]`, ascending and distinct, with their `counts`; `sizes[p]` ratings in all.
 */
export interface Patterns {
  readonly start: Int32Array
  readonly codes: Int32Array
  readonly counts: Int32Array
  readonly sizes: Int32Array
  /** How many items show this pattern. */
  readonly multiplicities: Float64Array
}

/** One pattern per item with at least `minimum` ratings. O(R) plus the sorting of each item's few ratings. */
export function itemPatterns(ratings: Ratings, minimum: number): Patterns {
  const { start, positions } = groupBy(ratings.items, ratings.itemNames.length)
  const own = Int32Array.from(positions, (j) => ratings.values[j]!)
  const starts = [0]
  const sizes: number[] = []
  const codes = new Int32Array(own.length)
  const counts = new Int32Array(own.length)
  let at = 0
  for (let i = 0; i + 1 < start.length; i += 1) {
    const size = start[i + 1]! - start[i]!
    if (size < minimum) continue
    const sorted = own.subarray(start[i]!, start[i + 1]!).sort()
    let previous = -1
    for (let j = 0; j < size; j += 1) {
      const code = sorted[j]!
      if (code !== previous) {
        codes[at] = code
        at += 1
        previous = code
      }
      counts[at - 1]! += 1
    }
    starts.push(at)
    sizes.push(size)
  }
  return {
    start: Int32Array.from(starts),
    codes: codes.slice(0, at),
    counts: counts.slice(0, at),
    sizes: Int32Array.from(sizes),
    multiplicities: new Float64Array(sizes.length).fill(1),
  }
}

/** The distinct patterns with their multiplicities: a resample over items then costs their number, not the number of items. */
export function collapsePatterns(patterns: Patterns): Patterns {
  const seen = new Map<string, number>()
  const kept: number[] = []
  const multiplicities: number[] = []
  for (let p = 0; p < patterns.sizes.length; p += 1) {
    let key = ''
    for (let j = patterns.start[p]!; j < patterns.start[p + 1]!; j += 1) key += `${patterns.codes[j]!}:${patterns.counts[j]!} `
    const known = seen.get(key)
    if (known === undefined) {
      seen.set(key, kept.length)
      kept.push(p)
      multiplicities.push(patterns.multiplicities[p]!)
    } else multiplicities[known]! += patterns.multiplicities[p]!
  }
  const start = [0]
  const codes: number[] = []
  const counts: number[] = []
  for (const p of kept) {
    for (let j = patterns.start[p]!; j < patterns.start[p + 1]!; j += 1) {
      codes.push(patterns.codes[j]!)
      counts.push(patterns.counts[j]!)
    }
    start.push(codes.length)
  }
  return {
    start: Int32Array.from(start),
    codes: Int32Array.from(codes),
    counts: Int32Array.from(counts),
    sizes: Int32Array.from(kept, (p) => patterns.sizes[p]!),
    multiplicities: Float64Array.from(multiplicities),
  }
}
