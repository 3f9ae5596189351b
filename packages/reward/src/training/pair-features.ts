import { TRAITS } from '../features/dense.ts'
import { featurizer, type Features } from '../features/featurizer.ts'
import { BUCKETS } from '../features/specification.ts'
import { scaleTrait, type TraitScaling } from '../features/standardise.ts'
import type { DesignMatrix } from '../objective/design-matrix.ts'
import type { Pair } from '../pair.ts'

/** The features of all pairs. Rows are differences chosen − rejected; `scaledMatrix` fills in the traits. */
export interface PairFeatures {
  /** The words, without a dense block. */
  matrix: DesignMatrix
  /** The bucket of each column before the traits. */
  bucketOf: Int32Array
  /** Raw traits of every output: rows 2i (chosen) and 2i + 1 (rejected). */
  traits: Float32Array
  /** How many pairs hold each column, before the traits. */
  support: Int32Array
}

/** Measures all pairs. Columns are numbered from the most frequent bucket down, so that the busiest weights lie together. */
export function pairFeatures(pairs: readonly Pair[]): PairFeatures {
  const width = TRAITS.length
  const featurize = featurizer()
  const traits = new Float32Array(2 * pairs.length * width)
  const start = new Int32Array(pairs.length + 1)
  let bucket = new Int32Array(256 * pairs.length + 1024)
  let value = new Float32Array(bucket.length)
  const scratch = new Float64Array(BUCKETS)
  const marked = new Uint8Array(BUCKETS)
  const touched: number[] = []
  const frequency = new Int32Array(BUCKETS)
  let at = 0

  const add = (features: Features, sign: number, row: number) => {
    traits.set(features.traits, row * width)
    for (let k = 0; k < features.count; k += 1) {
      const b = features.buckets[k]!
      if (marked[b] === 0) {
        marked[b] = 1
        touched.push(b)
      }
      scratch[b]! += sign * features.values[k]!
    }
  }
  pairs.forEach((pair, i) => {
    add(featurize(pair.prompt, pair.chosen), 1, 2 * i)
    add(featurize(pair.prompt, pair.rejected), -1, 2 * i + 1)
    if (at + touched.length > bucket.length) {
      bucket = grown(bucket, new Int32Array(2 * (at + touched.length)))
      value = grown(value, new Float32Array(bucket.length))
    }
    for (const b of touched) {
      const difference = scratch[b]!
      scratch[b] = 0
      marked[b] = 0
      if (difference === 0) continue
      bucket[at] = b
      value[at] = difference
      frequency[b]! += 1
      at += 1
    }
    touched.length = 0
    start[i + 1] = at
  })

  const bucketOf = Int32Array.from(frequency.keys())
    .filter((b) => frequency[b]! > 0)
    .sort((a, b) => frequency[b]! - frequency[a]! || a - b)
  const columnOf = new Int32Array(BUCKETS)
  bucketOf.forEach((b, column) => (columnOf[b] = column))
  const column = bucket.slice(0, at)
  for (let k = 0; k < at; k += 1) column[k] = columnOf[column[k]!]!
  return {
    matrix: {
      rows: pairs.length,
      columns: bucketOf.length,
      start,
      column,
      value: value.slice(0, at),
      width: 0,
      dense: new Float32Array(0),
    },
    bucketOf,
    traits,
    support: bucketOf.map((b) => frequency[b]!),
  }
}

/** The matrix with its traits under a scaling, as its dense block. Shares everything else. */
export function scaledMatrix({ matrix, traits }: PairFeatures, scaling: TraitScaling): DesignMatrix {
  const width = TRAITS.length
  const dense = new Float32Array(matrix.rows * width)
  for (let i = 0; i < matrix.rows; i += 1) {
    const [row, chosen] = [i * width, 2 * i * width]
    for (let j = 0; j < width; j += 1)
      dense[row + j] = scaleTrait(scaling, j, traits[chosen + j]!) - scaleTrait(scaling, j, traits[chosen + width + j]!)
  }
  return { ...matrix, width, dense }
}

function grown<T extends Int32Array | Float32Array>(from: T, into: T): T {
  into.set(from)
  return into
}
