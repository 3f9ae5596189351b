import { TRAITS } from '../features/dense.ts'
import { featurizer, type Features } from '../features/featurizer.ts'
import { BUCKETS, denseWidth, type FeatureOptions, unitVector, type VectorOf } from '../features/specification.ts'
import { scaleTrait, type TraitScaling } from '../features/standardise.ts'
import type { DesignMatrix } from '../objective/design-matrix.ts'
import { sortEntries } from '../objective/sort-entries.ts'

/** What feedback is about: an output, or the difference between it and another one for the same input. */
export interface Observed {
  prompt: string
  output: string
  /** The output that it is compared with. */
  against?: string
}

/** The features of observations, one row each: those of the output minus those of the other. `scaledMatrix` fills in the traits. */
export interface Observations {
  /** The words, without a dense block. */
  matrix: DesignMatrix
  /** The bucket of each column before the traits. */
  bucketOf: Int32Array
  /** Raw traits of every output: rows 2i, and 2i + 1 for the output compared with. */
  traits: Float32Array
  /** Vectors of outputs, differences like the words; null without an embedding model. */
  vectors: { width: number; values: Float32Array } | null
  /** 1 for observations of one output, 0 for differences. */
  single: Uint8Array
  /** How many observations hold each column. */
  support: Int32Array
}

/** Entries that are kept together: what grows is a list of blocks, so that nothing large is ever copied twice. */
const BLOCK = 1 << 20

/** Measures observations one after the other. Columns are numbered from the most frequent bucket down, so that the busiest weights lie together. */
export function observe(observed: Iterable<Observed>, count: number, options: FeatureOptions, vectorOf?: VectorOf): Observations {
  const width = TRAITS.length
  const featurize = featurizer(options)
  const traits = new Float32Array(2 * count * width)
  const single = new Uint8Array(count)
  const vectorWidth = denseWidth(options) - width
  const vectors = vectorOf && vectorWidth > 0 ? { width: vectorWidth, values: new Float32Array(count * vectorWidth) } : null
  const start = new Int32Array(count + 1)
  const blocks: { bucket: Int32Array; value: Float32Array; length: number }[] = []
  const scratch = new Float64Array(BUCKETS)
  const marked = new Uint8Array(BUCKETS)
  let touched = new Int32Array(4096)
  let touchedCount = 0
  const frequency = new Int32Array(BUCKETS)

  const add = (features: Features, sign: number, row: number) => {
    traits.set(features.traits, row * width)
    if (touched.length < touchedCount + features.count) {
      const longer = new Int32Array(2 * (touchedCount + features.count))
      longer.set(touched)
      touched = longer
    }
    const value = sign * features.value
    for (let k = 0; k < features.count; k += 1) {
      const b = features.buckets[k]!
      if (marked[b] === 0) {
        marked[b] = 1
        touched[touchedCount++] = b
      }
      scratch[b]! += value
    }
  }
  let i = 0
  for (const { prompt, output, against } of observed) {
    add(featurize(prompt, output), 1, 2 * i)
    if (against === undefined) single[i] = 1
    else add(featurize(prompt, against), -1, 2 * i + 1)
    if (vectors) {
      unitVector(vectorOf!(output)).forEach((value, j) => (vectors.values[i * vectorWidth + j]! += value))
      if (against !== undefined) unitVector(vectorOf!(against)).forEach((value, j) => (vectors.values[i * vectorWidth + j]! -= value))
    }
    let block = blocks.at(-1)
    if (block === undefined || block.length + touchedCount > block.bucket.length) {
      const size = Math.max(BLOCK, touchedCount)
      block = { bucket: new Int32Array(size), value: new Float32Array(size), length: 0 }
      blocks.push(block)
    }
    const from = block.length
    for (let k = 0; k < touchedCount; k += 1) {
      const b = touched[k]!
      const difference = scratch[b]!
      scratch[b] = 0
      marked[b] = 0
      if (difference === 0) continue
      block.bucket[block.length] = b
      block.value[block.length++] = difference
      frequency[b]! += 1
    }
    touchedCount = 0
    start[i + 1] = start[i]! + block.length - from
    i += 1
  }

  const bucketOf = Int32Array.from(frequency.keys())
    .filter((b) => frequency[b]! > 0)
    .sort((a, b) => frequency[b]! - frequency[a]! || a - b)
  const columnOf = new Int32Array(BUCKETS)
  bucketOf.forEach((b, column) => (columnOf[b] = column))
  const column = new Int32Array(start[count]!)
  const value = new Float32Array(column.length)
  let at = 0
  for (let block = blocks.shift(); block !== undefined; block = blocks.shift()) {
    for (let k = 0; k < block.length; k += 1) column[at + k] = columnOf[block.bucket[k]!]!
    value.set(block.value.subarray(0, block.length), at)
    at += block.length
  }
  sortEntries({ start, column, value }, bucketOf.length)
  return {
    matrix: { rows: count, columns: bucketOf.length, start, column, value, width: 0, dense: new Float32Array(0) },
    bucketOf,
    traits,
    vectors,
    single,
    support: bucketOf.map((b) => frequency[b]!),
  }
}

/** The matrix with its traits under a scaling, as its dense block. Shares everything else. */
export function scaledMatrix({ matrix, traits, single, vectors }: Observations, scaling: TraitScaling): DesignMatrix {
  const count = TRAITS.length
  const width = count + (vectors?.width ?? 0)
  const dense = new Float32Array(matrix.rows * width)
  for (let i = 0; i < matrix.rows; i += 1) {
    const [row, first] = [i * width, 2 * i * count]
    const isDifference = single[i] === 0
    for (let j = 0; j < count; j += 1)
      dense[row + j] = scaleTrait(scaling, j, traits[first + j]!) - (isDifference ? scaleTrait(scaling, j, traits[first + count + j]!) : 0)
    if (vectors) dense.set(vectors.values.subarray(i * vectors.width, (i + 1) * vectors.width), row + count)
  }
  return { ...matrix, width, dense }
}

/** The rows of the traits table that belong to the observations given. */
export function* outputsOf({ single }: Observations, rows: Iterable<number>): Generator<number> {
  for (const row of rows) {
    yield 2 * row
    if (single[row] === 0) yield 2 * row + 1
  }
}
