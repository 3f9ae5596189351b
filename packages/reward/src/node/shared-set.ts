import { TRAITS } from '../features/dense.ts'
import { aligned, Arena, keepIn, newMemory } from '../solver/arena.ts'
import { scratchBytes } from '../solver/wasm-kernel.ts'
import type { WasmMemory } from '../solver/web-assembly.ts'
import type { TrainingSet } from '../training/training-set.ts'

/** A training set in memory that threads share, with a place for each of them to work in. */
export interface SharedSet {
  set: TrainingSet
  /** The solver's memory, with the words of all rows in it; null where it is missing or too small, and each thread must make do. */
  memory: WasmMemory | null
  /** Where each thread's own part of the memory begins and ends. */
  parts: { from: number; to: number }[]
}

/** Puts a training set where `threads` threads can read it without copies. */
export function shareSet(set: TrainingSet, threads: number): SharedSet {
  const { matrix, vectors } = set.observations
  const width = TRAITS.length + (vectors?.width ?? 0)
  const words = [matrix.start, matrix.column, matrix.value]
  const wordBytes = words.reduce((sum, array) => sum + aligned(array.byteLength), 0)
  // Every event is at most two logistic rows; the words are there already.
  const each = scratchBytes({
    matrix: { ...matrix, width, dense: { byteLength: 4 * matrix.rows * width } },
    source: { length: 2 * matrix.rows },
  })
  const space = Math.ceil((each - wordBytes) / 65_536) * 65_536 + 65_536
  const memory = newMemory(wordBytes + threads * space)
  const arena = memory && new Arena(memory)
  const [start, column, value] = arena
    ? [keepIn(arena, matrix.start), keepIn(arena, matrix.column), keepIn(arena, matrix.value)]
    : [shared(matrix.start), shared(matrix.column), shared(matrix.value)]
  const parts = Array.from({ length: threads }, (_, i) => {
    const from = (arena?.mark ?? 0) + i * space
    return { from, to: from + space }
  })
  const { observations, events } = set
  return {
    memory,
    parts,
    set: {
      ...set,
      observations: {
        ...observations,
        matrix: { ...matrix, start, column, value },
        traits: shared(observations.traits),
        bucketOf: shared(observations.bucketOf),
        single: shared(observations.single),
        vectors: vectors && { ...vectors, values: shared(vectors.values) },
      },
      groups: shared(set.groups),
      weight: shared(set.weight),
      sourceOf: shared(set.sourceOf),
      events: { ...events, scale: shared(events.scale), level: shared(events.level), author: shared(events.author) },
    },
  }
}

function shared<T extends Int32Array | Float32Array | Float64Array | Uint8Array>(array: T): T {
  const Type = array.constructor as new (buffer: SharedArrayBuffer) => T
  const copy = new Type(new SharedArrayBuffer(array.byteLength))
  copy.set(array as never)
  return copy
}
