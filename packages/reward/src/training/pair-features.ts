import { TRAITS } from '../features/dense.ts'
import { featurizer, type Features } from '../features/featurizer.ts'
import { BUCKETS } from '../features/specification.ts'
import { scaleTrait, type TraitScaling } from '../features/standardise.ts'
import type { SparseMatrix } from '../objective/sparse-matrix.ts'
import type { Pair } from '../pair.ts'

/**
 * The features of all pairs. Rows are differences chosen − rejected; each row's last entries are the traits in which its outputs differ, whose
 * values `scaledMatrix` fills in.
 */
export interface PairFeatures {
  matrix: SparseMatrix
  /** Where the traits begin in each row. */
  traitStart: Int32Array
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
  const traitStart = new Int32Array(pairs.length)
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
    if (at + touched.length + width > bucket.length) {
      bucket = grown(bucket, new Int32Array(2 * (at + touched.length + width)))
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
    traitStart[i] = at
    const [chosen, rejected] = [2 * i * width, (2 * i + 1) * width]
    for (let j = 0; j < width; j += 1) if (traits[chosen + j] !== traits[rejected + j]) bucket[at++] = j
    start[i + 1] = at
  })

  const bucketOf = Int32Array.from(frequency.keys())
    .filter((b) => frequency[b]! > 0)
    .sort((a, b) => frequency[b]! - frequency[a]! || a - b)
  const columnOf = new Int32Array(BUCKETS)
  bucketOf.forEach((b, column) => (columnOf[b] = column))
  const column = bucket.slice(0, at)
  for (let i = 0; i < pairs.length; i += 1) {
    const firstTrait = traitStart[i]!
    for (let k = start[i]!; k < firstTrait; k += 1) column[k] = columnOf[column[k]!]!
    for (let k = firstTrait, end = start[i + 1]!; k < end; k += 1) column[k]! += bucketOf.length
  }
  return {
    matrix: { rows: pairs.length, columns: bucketOf.length + width, start, column, value: value.slice(0, at) },
    traitStart,
    bucketOf,
    traits,
    support: bucketOf.map((b) => frequency[b]!),
  }
}

/** The matrix with its traits under a scaling. Shares everything but the values. */
export function scaledMatrix({ matrix, traitStart, traits, bucketOf }: PairFeatures, scaling: TraitScaling): SparseMatrix {
  const width = TRAITS.length
  const value = matrix.value.slice()
  for (let i = 0; i < matrix.rows; i += 1) {
    const chosen = 2 * i * width
    for (let k = traitStart[i]!, end = matrix.start[i + 1]!; k < end; k += 1) {
      const j = matrix.column[k]! - bucketOf.length
      value[k] = scaleTrait(scaling, j, traits[chosen + j]!) - scaleTrait(scaling, j, traits[chosen + width + j]!)
    }
  }
  return { ...matrix, value }
}

function grown<T extends Int32Array | Float32Array>(from: T, into: T): T {
  into.set(from)
  return into
}
