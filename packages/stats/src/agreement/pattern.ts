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
  /** How many items show this pattern, or the weight of the one item that it is of. */
  readonly multiplicities: Float64Array
}

/**
 * One pattern per item with at least `minimum` ratings. O(R) plus the sorting of each item's few ratings.
 * @param itemWeights Of the items, 1 each by default; an item of weight 0 has no pattern.
 */
export function itemPatterns(ratings: Ratings, minimum: number, itemWeights?: ArrayLike<number>): Patterns {
  const { start: from, positions } = groupBy(ratings.items, ratings.itemNames.length)
  const own = positions
  for (let j = 0; j < own.length; j += 1) own[j] = ratings.values[own[j]!]!
  const items = from.length - 1
  const start = new Int32Array(items + 1)
  const sizes = new Int32Array(items)
  const multiplicities = new Float64Array(items)
  const counts = new Int32Array(own.length)
  let [at, kept] = [0, 0]
  for (let i = 0; i < items; i += 1) {
    const [first, last] = [from[i]!, from[i + 1]!]
    const weight = itemWeights === undefined ? 1 : itemWeights[i]!
    if (last - first < Math.max(1, minimum) || weight === 0) continue
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
    multiplicities[kept] = weight
    kept += 1
    start[kept] = at
  }
  return {
    start: start.slice(0, kept + 1),
    codes: own.slice(0, at),
    counts: counts.slice(0, at),
    sizes: sizes.slice(0, kept),
    multiplicities: multiplicities.slice(0, kept),
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

/**
 * The distinct patterns of items with at least `minimum` ratings, in the order in which they first appear, with their multiplicities: a
 * resample over items then costs their number, not the number of items. Linear time.
 */
export function distinctPatterns(ratings: Ratings, minimum: number): Patterns {
  const [items, values] = [ratings.itemNames.length, ratings.valueNames.length]
  // A table of items × values, where it is not much larger than the ratings themselves, spares grouping and sorting.
  return items * values <= 8 * ratings.items.length + 1024
    ? distinctRows(ratings, minimum)
    : collapsePatterns(itemPatterns(ratings, minimum))
}

function distinctRows(ratings: Ratings, minimum: number): Patterns {
  const [items, values] = [ratings.itemNames.length, ratings.valueNames.length]
  const table = new Int32Array(items * values)
  for (let j = 0; j < ratings.items.length; j += 1) table[ratings.items[j]! * values + ratings.values[j]!]! += 1
  const least = Math.max(1, minimum)
  const distinct = distinctKeys((a, b) => {
    for (let k = 0; k < values; k += 1) if (table[a * values + k] !== table[b * values + k]) return false
    return true
  })
  for (let i = 0, at = 0; i < items; i += 1) {
    let [hash, size] = [0, 0]
    for (let k = 0; k < values; k += 1, at += 1) {
      const count = table[at]!
      size += count
      hash = (Math.imul(hash, 0x9e3779b1) + count) | 0
    }
    if (size >= least) distinct.add(i, hash, 1)
  }
  const { kept, multiplicities } = distinct.done()
  const start = new Int32Array(kept.length + 1)
  const sizes = new Int32Array(kept.length)
  const codes: number[] = []
  const counts: number[] = []
  for (const [p, i] of kept.entries()) {
    for (let k = 0; k < values; k += 1) {
      const count = table[i * values + k]!
      if (count === 0) continue
      codes.push(k)
      counts.push(count)
      sizes[p]! += count
    }
    start[p + 1] = codes.length
  }
  return { start, codes: Int32Array.from(codes), counts: Int32Array.from(counts), sizes, multiplicities }
}

function collapsePatterns(patterns: Patterns): Patterns {
  const { start, codes, counts, sizes } = patterns
  const distinct = distinctKeys((p, q) => {
    const length = start[p + 1]! - start[p]!
    if (start[q + 1]! - start[q]! !== length) return false
    for (let j = start[p]!, k = start[q]!; j < start[p + 1]!; j += 1, k += 1) {
      if (codes[j] !== codes[k] || counts[j] !== counts[k]) return false
    }
    return true
  })
  for (let p = 0; p < sizes.length; p += 1) {
    let hash = 0
    for (let j = start[p]!; j < start[p + 1]!; j += 1) {
      hash = Math.imul(hash ^ codes[j]!, 0x85ebca6b)
      hash = Math.imul((hash ^ (hash >>> 15)) + counts[j]!, 0xc2b2ae35)
    }
    distinct.add(p, hash, patterns.multiplicities[p]!)
  }
  const { kept, multiplicities } = distinct.done()
  return pickPatterns(patterns, kept, multiplicities)
}

/** Finds the distinct ones among things that are told apart by `same`: a hash table with open addresses, grown when half full. */
function distinctKeys(same: (a: number, b: number) => boolean) {
  // A slot holds the place of a thing among those kept, plus one.
  let slots = new Int32Array(1024)
  const kept: number[] = []
  const hashes: number[] = []
  const multiplicities: number[] = []
  const grow = () => {
    slots = new Int32Array(4 * slots.length)
    const mask = slots.length - 1
    for (let q = 0; q < kept.length; q += 1) {
      let slot = spread(hashes[q]!) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = q + 1
    }
  }
  return {
    add(thing: number, hash: number, weight: number) {
      const mask = slots.length - 1
      let slot = spread(hash) & mask
      for (; ; slot = (slot + 1) & mask) {
        const known = slots[slot]! - 1
        if (known < 0) break
        if (hashes[known] === hash && same(kept[known]!, thing)) {
          multiplicities[known]! += weight
          return
        }
      }
      kept.push(thing)
      hashes.push(hash)
      multiplicities.push(weight)
      slots[slot] = kept.length
      if (2 * kept.length > slots.length) grow()
    },
    done: () => ({ kept: Int32Array.from(kept), multiplicities: Float64Array.from(multiplicities) }),
  }
}

function spread(hash: number): number {
  return (hash ^ (hash >>> 16)) >>> 0
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
