import { BUCKETS, TRAIT_CLIP, TRAIT_SCALE } from '../features/specification.ts'
import { aligned, Arena, newMemory } from '../solver/arena.ts'
import { instantiate } from '../solver/web-assembly.ts'
import type { RowSums, WeightRows } from './weight-rows.ts'
import { kernelBase64 } from './row-sums.gen.ts'

interface Kernel {
  standardise: (values: number, mean: number, deviation: number, count: number, clip: number, scale: number) => void
  sumRows: (rowOf: number, rows: number, buckets: number, count: number, lanes: number, sums: number) => void
  addDense: (rows: number, values: number, count: number, lanes: number, sums: number) => void
}

/** Sums in WebAssembly, the same to the last bit, over a copy of the rows in a memory of their own. Null where there is none. */
export function wasmSums({ lanes, rowOf, words, dense, scaling }: WeightRows): RowSums | null {
  const columns = dense.length / lanes
  const { mean, deviation } = scaling
  const scratch = aligned(4 * BUCKETS) + aligned(8 * columns) + aligned(8 * lanes)
  const memory = newMemory([rowOf, words, dense, mean, deviation].reduce((sum, array) => sum + aligned(array.byteLength), scratch))
  if (memory === null) return null
  const { buffer } = memory
  const arena = new Arena(memory)
  const { sumRows, standardise, addDense } = instantiate(kernelBase64, memory, {}) as Kernel
  const [rowOfAt, wordsAt, denseAt] = [arena.place(rowOf), arena.place(words), arena.place(dense)]
  const [meanAt, deviationAt] = [arena.place(mean), arena.place(deviation)]
  const [sumsAt, valuesAt, bucketsAt] = [arena.take(8 * lanes), arena.take(8 * columns), arena.take(4 * BUCKETS)]
  const ownBuckets = new Uint32Array(buffer, bucketsAt, BUCKETS)
  const ownValues = new Float64Array(buffer, valuesAt, columns)
  return {
    sums: new Float64Array(buffer, sumsAt, lanes),
    sumRows(buckets, count) {
      for (let k = 0; k < count; k += 1) ownBuckets[k] = buckets[k]!
      sumRows(rowOfAt, wordsAt, bucketsAt, count, lanes, sumsAt)
    },
    addTraits(traits) {
      for (let j = 0; j < traits.length; j += 1) ownValues[j] = traits[j]!
      standardise(valuesAt, meanAt, deviationAt, traits.length, TRAIT_CLIP, TRAIT_SCALE)
      addDense(denseAt, valuesAt, traits.length, lanes, sumsAt)
    },
    addVector(vector) {
      for (let j = 0; j < vector.length; j += 1) ownValues[j] = vector[j]!
      addDense(denseAt + 4 * mean.length * lanes, valuesAt, vector.length, lanes, sumsAt)
    },
  }
}
