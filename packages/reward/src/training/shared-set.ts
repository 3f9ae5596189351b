import { TRAITS } from '../features/dense.ts'
import { Arena } from '../solver/arena.ts'
import { isWasmMemory, scratchBytes } from '../solver/wasm-kernel.ts'
import type { TrainingSet } from './training-set.ts'

/** A training set that threads share without copies. */
export interface SharedSet {
  set: TrainingSet
  /** Where each thread works: a part of the memory that the words lie in, or, if there is none, whatever the thread finds for itself. */
  parts: (Part | null)[]
}

export interface Part {
  from: number
  to: number
}

/**
 * Makes room behind the words of a training set for `threads` threads, or for as many as there is room for: with fewer, the solver still works where
 * the words are, and nobody copies them.
 */
export function shareSet(set: TrainingSet, threads: number): SharedSet {
  const { observations, events } = set
  const { matrix, memory, end, vectors } = observations
  const space = spaceOf(set)
  let count = isWasmMemory(memory) ? threads : 0
  while (count > 0 && !new Arena(memory, end, null).reserve(count * space)) count -= 1
  // A memory that has grown is another buffer: its kernel knows only arrays of that one.
  const again = <T extends Int32Array | Float32Array>(array: T): T => {
    const Type = array.constructor as new (buffer: SharedArrayBuffer, at: number, length: number) => T
    return new Type(memory.buffer, array.byteOffset, array.length)
  }
  return {
    parts:
      count > 0
        ? Array.from({ length: count }, (_, i) => ({ from: end + i * space, to: end + (i + 1) * space }))
        : Array.from({ length: threads }, () => null),
    set: {
      ...set,
      observations: {
        ...observations,
        matrix: {
          ...matrix,
          runs: again(matrix.runs),
          start: again(matrix.start),
          value: again(matrix.value),
          column: again(matrix.column),
        },
        bucketOf: shared(observations.bucketOf),
        vectors,
      },
      groups: shared(set.groups),
      weight: shared(set.weight),
      sourceOf: shared(set.sourceOf),
      events: { ...events, scale: shared(events.scale), level: shared(events.level), author: shared(events.author) },
    },
  }
}

/** The part of the memory that a thread works in. */
export function arenaOf({ observations }: TrainingSet, part: Part | null): Arena | undefined {
  return part === null ? undefined : new Arena(observations.memory, part.from, part.to)
}

/** Bytes that one thread needs: the dense block, and what belongs to the logistic rows, of which an event has two at most. */
function spaceOf({ observations: { matrix, vectors } }: TrainingSet): number {
  const width = TRAITS.length + (vectors?.width ?? 0)
  const nothing = { byteLength: 0 }
  const needed = scratchBytes({
    matrix: {
      columns: matrix.columns,
      width,
      runs: nothing,
      start: nothing,
      value: nothing,
      column: nothing,
      dense: { byteLength: 4 * matrix.rows * width },
    },
    source: { length: 2 * matrix.rows },
  })
  return Math.ceil(needed / 65_536) * 65_536
}

function shared<T extends Int32Array | Float64Array>(array: T): T {
  const Type = array.constructor as new (buffer: SharedArrayBuffer) => T
  const copy = new Type(new SharedArrayBuffer(array.byteLength))
  copy.set(array as never)
  return copy
}
