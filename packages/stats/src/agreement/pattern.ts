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
  const { start: from, positions } = groupBy(ratings.items, ratings.itemNames.length)
  const own = positions
  for (let j = 0; j < own.length; j += 1) own[j] = ratings.values[own[j]!]!
  const items = from.length - 1
  const start = new Int32Array(items + 1)
  const sizes = new Int32Array(items)
  const counts = new Int32Array(own.length)
  let [at, kept] = [0, 0]
  for (let i = 0; i < items; i += 1) {
    const [first, last] = [from[i]!, from[i + 1]!]
    if (last - first < Math.max(1, minimum)) continue
    sortRange(own, first, last)
    // Codes are written over the ratings that were read before: there are never more of them.
    for (let j = first, previous = -1; j < last; j += 1) {
      const code = own[j]!
      if (code === previous) counts[at - 1]! += 1
      else {
        own[at] = code
        counts[at] = 1
        at += 1
        previous = code
      }
    }
    sizes[kept] = last - first
    kept += 1
    start[kept] = at
  }
  return {
    start: start.slice(0, kept + 1),
    codes: own.slice(0, at),
    counts: counts.slice(0, at),
    sizes: sizes.slice(0, kept),
    multiplicities: new Float64Array(kept).fill(1),
  }
}

/** Sorts entries `first` up to before `last` in place: by insertion where they are few, which spares a view for each item. */
function sortRange(values: Int32Array, first: number, last: number): void {
  if (last - first > 32) {
    values.subarray(first, last).sort()
    return
  }
  for (let j = first + 1; j < last; j += 1) {
    const value = values[j]!
    let k = j
    for (; k > first && values[k - 1]! > value; k -= 1) values[k] = values[k - 1]!
    values[k] = value
  }
}

/** The distinct patterns with their multiplicities: a resample over items then costs their number, not the number of items. */
export function collapsePatterns(patterns: Patterns): Patterns {
  const { start, codes, counts } = patterns
  const n = patterns.sizes.length
  // A hash table with open addresses, at most half full: slots hold a pattern's place among those kept, plus one.
  let slots = 16
  while (slots < 2 * n) slots *= 2
  const table = new Int32Array(slots)
  const kept = new Int32Array(n)
  const multiplicities = new Float64Array(n)
  let found = 0
  for (let p = 0; p < n; p += 1) {
    let hash = 0
    for (let j = start[p]!; j < start[p + 1]!; j += 1) {
      hash = Math.imul(hash ^ codes[j]!, 0x85ebca6b)
      hash = Math.imul((hash ^ (hash >>> 15)) + counts[j]!, 0xc2b2ae35)
    }
    let slot = (hash ^ (hash >>> 16)) & (slots - 1)
    while (table[slot] !== 0 && !sameRange(codes, counts, start, kept[table[slot]! - 1]!, p)) slot = (slot + 1) & (slots - 1)
    if (table[slot] === 0) {
      kept[found] = p
      found += 1
      table[slot] = found
    }
    multiplicities[table[slot]! - 1]! += patterns.multiplicities[p]!
  }
  return pickPatterns(patterns, kept.subarray(0, found), multiplicities.slice(0, found))
}

function sameRange(codes: Int32Array, counts: Int32Array, start: Int32Array, p: number, q: number): boolean {
  const length = start[p + 1]! - start[p]!
  if (start[q + 1]! - start[q]! !== length) return false
  for (let j = start[p]!, k = start[q]!; j < start[p + 1]!; j += 1, k += 1) {
    if (codes[j] !== codes[k] || counts[j] !== counts[k]) return false
  }
  return true
}

function pickPatterns({ start, codes, counts, sizes }: Patterns, kept: Int32Array, multiplicities: Float64Array): Patterns {
  const starts = new Int32Array(kept.length + 1)
  for (let q = 0; q < kept.length; q += 1) starts[q + 1] = starts[q]! + start[kept[q]! + 1]! - start[kept[q]!]!
  const pick = (values: Int32Array) => {
    const picked = new Int32Array(starts[kept.length]!)
    for (let q = 0; q < kept.length; q += 1) {
      for (let j = start[kept[q]!]!, at = starts[q]!; at < starts[q + 1]!; j += 1, at += 1) picked[at] = values[j]!
    }
    return picked
  }
  return { start: starts, codes: pick(codes), counts: pick(counts), sizes: kept.map((p) => sizes[p]!), multiplicities }
}
