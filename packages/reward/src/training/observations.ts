import { TRAITS } from '../features/dense.ts'
import { featurizer } from '../features/featurizer.ts'
import { BUCKETS, denseWidth, type FeatureOptions, unitVector, type VectorOf } from '../features/specification.ts'
import { scaleTrait, type TraitScaling } from '../features/standardise.ts'
import type { DesignMatrix } from '../objective/design-matrix.ts'
import { sortEntries } from '../objective/sort-entries.ts'
import type { Arena } from '../solver/arena.ts'
import { RunWriter } from '../solver/run-writer.ts'
import type { WasmMemory } from '../solver/web-assembly.ts'

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
  /** The memory that the words lie in, and where it is free from. */
  memory: WasmMemory
  end: number
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

/** Marks of a bucket. */
const HERE = 1
const IN_BOTH = 2

/**
 * Measures observations one after the other. Columns are numbered from the most frequent bucket down, so that the busiest weights lie together.
 * What grows with the observations lies in memory that threads share.
 */
export function observe(observed: Iterable<Observed>, count: number, options: FeatureOptions, vectorOf?: VectorOf): Observations {
  const width = TRAITS.length
  const featurize = featurizer(options)
  const traits = sharedFloats(2 * count * width)
  const single = new Uint8Array(new SharedArrayBuffer(count))
  const vectorWidth = denseWidth(options) - width
  const vectors = vectorOf && vectorWidth > 0 ? { width: vectorWidth, values: sharedFloats(count * vectorWidth) } : null
  const words = new RunWriter(count, 3)
  const marks = new Uint8Array(BUCKETS)
  const frequency = new Int32Array(BUCKETS)
  const write = (bucket: number) => {
    words.add(bucket)
    frequency[bucket]! += 1
  }
  const measure = (prompt: string, output: string, row: number) => {
    const features = featurize(prompt, output)
    traits.set(features.traits, row * width)
    return features
  }

  let i = 0
  let own = new Uint32Array(4096)
  for (const { prompt, output, against } of observed) {
    const features = measure(prompt, output, 2 * i)
    const { count: n, value } = features
    words.reserve(n)
    if (against === undefined) {
      single[i] = 1
      for (let k = 0; k < n; k += 1) write(features.buckets[k]!)
      words.endRun(value)
    } else {
      if (own.length < n) own = new Uint32Array(2 * n)
      for (let k = 0; k < n; k += 1) marks[(own[k] = features.buckets[k]!)] = HERE
      const other = measure(prompt, against, 2 * i + 1)
      words.reserve(n + other.count)
      for (let k = 0; k < other.count; k += 1) {
        const bucket = other.buckets[k]!
        if (marks[bucket] === HERE) marks[bucket] = IN_BOTH
        else write(bucket)
      }
      words.endRun(-other.value)
      for (let k = 0; k < n; k += 1) if (marks[own[k]!] === HERE) write(own[k]!)
      words.endRun(value)
      // In outputs of as many words, what both have makes no difference.
      const difference = value - other.value
      if (difference !== 0) for (let k = 0; k < n; k += 1) if (marks[own[k]!] === IN_BOTH) write(own[k]!)
      words.endRun(difference)
      for (let k = 0; k < n; k += 1) marks[own[k]!] = 0
    }
    words.endRow()
    if (vectors) {
      unitVector(vectorOf!(output)).forEach((v, j) => (vectors.values[i * vectorWidth + j]! += v))
      if (against !== undefined) unitVector(vectorOf!(against)).forEach((v, j) => (vectors.values[i * vectorWidth + j]! -= v))
    }
    i += 1
  }

  const bucketOf = Int32Array.from(frequency.keys())
    .filter((b) => frequency[b]! > 0)
    .sort((a, b) => frequency[b]! - frequency[a]! || a - b)
  const columnOf = new Int32Array(BUCKETS)
  bucketOf.forEach((b, column) => (columnOf[b] = column))
  const { rows, memory, end } = words.finish()
  const { column } = rows
  for (let k = 0; k < column.length; k += 1) column[k] = columnOf[column[k]!]!
  sortEntries(rows, bucketOf.length)
  return {
    matrix: { ...rows, rows: count, columns: bucketOf.length, width: 0, dense: new Float32Array(0) },
    memory,
    end,
    bucketOf,
    traits,
    vectors,
    single,
    support: bucketOf.map((b) => frequency[b]!),
  }
}

function sharedFloats(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(4 * length))
}

/** The matrix with its traits under a scaling, as its dense block, which lies in the arena if there is room. Shares everything else. */
export function scaledMatrix({ matrix, traits, single, vectors }: Observations, scaling: TraitScaling, arena?: Arena): DesignMatrix {
  const count = TRAITS.length
  const width = count + (vectors?.width ?? 0)
  const size = matrix.rows * width
  const dense = arena?.reserve(4 * size) === true ? arena.make(Float32Array, size) : new Float32Array(size)
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
