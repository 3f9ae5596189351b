import { BUCKETS } from '../features/specification.ts'
import type { ScoringWeights } from './reward-model.ts'

/** Weights that are read together: half a line of the memory cache. */
const LANES = 8

/**
 * A model's weights in rows that hold those of the main fit and of all members, and after them a 1, so that the sum of rows also tells how many
 * of them there were. Frequent words come first, as in the model, so that the busiest rows lie together.
 */
export interface WeightTable {
  /** Entries of a row; a multiple of `LANES`. */
  lanes: number
  /** Where the row of each bucket begins; those that the model does not know share a row of zeros. */
  rowOf: Int32Array
  words: Float32Array
  /** One row for each dense column. */
  dense: Float32Array
}

const tables = new WeakMap<Float32Array, WeightTable>()

/** The table of a model, made when it is first asked for. */
export function weightTable({ bucketOf, weights, centre }: Pick<ScoringWeights, 'bucketOf' | 'weights' | 'centre'>): WeightTable {
  const known = tables.get(weights)
  if (known !== undefined) return known
  const width = centre.length
  const columns = bucketOf.length
  const lanes = Math.ceil((width + 1) / LANES) * LANES
  const widened = (from: number, to: number) => {
    const rows = new Float32Array((to - from + 1) * lanes)
    for (let column = from; column < to; column += 1)
      rows.set(weights.subarray(column * width, (column + 1) * width), (column - from) * lanes)
    return rows
  }
  const words = widened(0, columns)
  const rowOf = new Int32Array(BUCKETS).fill(columns * lanes)
  bucketOf.forEach((bucket, column) => {
    rowOf[bucket] = column * lanes
    words[column * lanes + width] = 1
  })
  const table = { lanes, rowOf, words, dense: widened(columns, weights.length / width) }
  tables.set(weights, table)
  return table
}

/** The sum of the rows of the first `count` buckets, which are overwritten by where their rows begin. */
export function sumRows({ lanes, rowOf, words }: WeightTable, buckets: Uint32Array, count: number, sums: Float64Array): void {
  // The first lane by itself, in a loop so short that the processor fetches many rows at once, which the others then find in the cache.
  let first = 0
  for (let k = 0; k < count; k += 1) {
    const at = rowOf[buckets[k]!]!
    buckets[k] = at
    first += words[at]!
  }
  for (let lane = 0; lane < lanes; lane += LANES) {
    let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0]
    for (let k = 0; k < count; k += 1) {
      const at = buckets[k]! + lane
      a += words[at]!
      b += words[at + 1]!
      c += words[at + 2]!
      d += words[at + 3]!
      e += words[at + 4]!
      f += words[at + 5]!
      g += words[at + 6]!
      h += words[at + 7]!
    }
    put(sums, lane, lane === 0 ? first : a, b, c, d, e, f, g, h)
  }
}

/** Adds the rows of the dense columns from `first` on, times their values, to the sums. */
export function addDense({ lanes, dense }: WeightTable, first: number, values: Float64Array | Float32Array, sums: Float64Array): void {
  const count = values.length
  for (let lane = 0; lane < lanes; lane += LANES) {
    let [a, b, c, d] = [sums[lane]!, sums[lane + 1]!, sums[lane + 2]!, sums[lane + 3]!]
    let [e, f, g, h] = [sums[lane + 4]!, sums[lane + 5]!, sums[lane + 6]!, sums[lane + 7]!]
    for (let j = 0, at = first * lanes + lane; j < count; j += 1, at += lanes) {
      const value = values[j]!
      a += value * dense[at]!
      b += value * dense[at + 1]!
      c += value * dense[at + 2]!
      d += value * dense[at + 3]!
      e += value * dense[at + 4]!
      f += value * dense[at + 5]!
      g += value * dense[at + 6]!
      h += value * dense[at + 7]!
    }
    put(sums, lane, a, b, c, d, e, f, g, h)
  }
}

function put(sums: Float64Array, at: number, a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number): void {
  sums[at] = a
  sums[at + 1] = b
  sums[at + 2] = c
  sums[at + 3] = d
  sums[at + 4] = e
  sums[at + 5] = f
  sums[at + 6] = g
  sums[at + 7] = h
}
