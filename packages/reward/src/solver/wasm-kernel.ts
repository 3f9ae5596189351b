import { aligned, Arena, newMemory } from './arena.ts'
import { kernelBase64 } from './descent.gen.ts'
import type { DesignMatrix } from '../objective/design-matrix.ts'
import type { DualRows, Kernel } from './kernel.ts'
import { instantiate, webAssembly, type WasmMemory } from './web-assembly.ts'

interface Descent {
  bindObservations(runs: number, start: number, value: number, column: number, dense: number, width: number): void
  bindRows(source: number, scale: number, offset: number, bound: number, lower: number, upper: number, norm: number): void
  bindWeights(weights: number, denseWeights: number): void
  begin(rows: number): void
  sweep(rows: number, order: number, blocks: number, block: number, tolerance: number): number
  newtonSteps: { value: number }
  loss(rows: number): number
  entropy(rows: number): number
  half(size: number): number
}

/** The sizes of what a kernel works on. */
interface Sizes {
  matrix: Pick<DesignMatrix, 'columns' | 'width'> &
    Record<'runs' | 'start' | 'value' | 'column' | 'dense', { byteLength: number; buffer?: unknown }>
  source: { length: number }
}

const instances = new WeakMap<WasmMemory, Descent>()
let ownArena: Arena | null | undefined

/** The arena of this thread alone, made when it is first needed. */
export function threadArena(): Arena | null {
  if (ownArena === undefined) {
    const memory = newMemory(0)
    ownArena = memory && new Arena(memory, undefined, null)
  }
  return ownArena
}

/**
 * The inner loops in WebAssembly, the same to the last bit as in JavaScript, only faster. Arrays that do not lie in the arena are copied there.
 * The next kernel in the same arena takes the space of this one.
 *
 * @returns null where there is no WebAssembly, or not enough of its memory.
 */
export function wasmKernel(rows: DualRows, arena: Arena | null = threadArena()): Kernel | null {
  if (webAssembly === undefined || arena === null) return null
  const { matrix, source, scale, offset, bound, lower, upper } = rows
  const count = source.length
  const size = matrix.columns + matrix.width
  const mark = arena.mark
  if (!arena.reserve(scratchBytes(rows, arena.memory))) return null
  const descent = instanceOf(arena.memory)
  const observations = [matrix.runs, matrix.start, matrix.value, matrix.column, matrix.dense].map((array) => arena.place(array))
  const dual = [source, scale, offset, bound, lower, upper].map((array) => arena.place(array))
  const norm = arena.take(8 * count)
  const weights = arena.take(8 * size)
  const orderAt = arena.take(4 * count)
  arena.rewind(mark)
  const bind = () => {
    descent.bindObservations(observations[0]!, observations[1]!, observations[2]!, observations[3]!, observations[4]!, matrix.width)
    descent.bindRows(dual[0]!, dual[1]!, dual[2]!, dual[3]!, dual[4]!, dual[5]!, norm)
    descent.bindWeights(weights, weights + 8 * matrix.columns)
  }
  bind()
  const { buffer } = arena.memory
  const weightsView = new Float64Array(buffer, weights, size)
  return {
    weights: () => weightsView,
    lower: () => new Float64Array(buffer, dual[4], count),
    begin(from) {
      new Float64Array(buffer, norm, count).fill(0)
      if (from !== undefined) weightsView.set(from)
      else {
        weightsView.fill(0)
        if (lower.some((dual) => dual > 0)) descent.begin(count)
      }
    },
    sweep(order, block, tolerance) {
      new Int32Array(buffer, orderAt, order.length).set(order)
      const rise = descent.sweep(count, orderAt, order.length, block, tolerance)
      return { newtonSteps: descent.newtonSteps.value, rise }
    },
    loss: () => descent.loss(count),
    entropy: () => descent.entropy(count),
    half: () => descent.half(size),
  }
}

/** Bytes that a kernel of these rows takes in an arena, beside those of its arrays that lie there already. */
export function scratchBytes({ matrix, source }: Sizes, memory?: WasmMemory): number {
  const { runs, start, value, column, dense, columns, width } = matrix
  const copied = [runs, start, value, column, dense].filter((array) => memory === undefined || array.buffer !== memory.buffer)
  const copies = copied.reduce((sum, array) => sum + aligned(array.byteLength), 0)
  return copies + aligned(8 * (columns + width)) + 2 * aligned(4 * source.length) + 6 * aligned(8 * source.length)
}

/** Whether the kernel can work in a memory. */
export function isWasmMemory(memory: WasmMemory): boolean {
  return webAssembly !== undefined && memory instanceof webAssembly.Memory
}

function instanceOf(memory: WasmMemory): Descent {
  let descent = instances.get(memory)
  if (descent === undefined) {
    descent = instantiate(kernelBase64, memory, { descent: { log: Math.log, exp: Math.exp, log1p: Math.log1p } }) as Descent
    instances.set(memory, descent)
  }
  return descent
}
