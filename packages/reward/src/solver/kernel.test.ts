import { seededRandom } from '@plaudit/stats'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { DesignMatrix } from '../objective/design-matrix.ts'
import { Arena, newMemory } from './arena.ts'
import { sourceSha256 } from './descent.gen.ts'
import { RunWriter } from './run-writer.ts'
import { solveLogistic } from './solve-logistic.ts'
import { wasmKernel } from './wasm-kernel.ts'

/** Random rows of words and a dense block. */
function simulate(rows: number, columns: number, width: number, seed: number): DesignMatrix {
  const random = seededRandom(seed)
  const writer = new RunWriter(rows, 3)
  for (let i = 0; i < rows; i += 1) {
    for (let run = random.int(4); run > 0; run -= 1) {
      const entries = random.int(12)
      writer.reserve(entries)
      for (let k = 0; k < entries; k += 1) writer.add(random.int(columns))
      writer.endRun(random.normal())
    }
    writer.endRow()
  }
  const written = writer.finish().rows
  const dense = Float32Array.from({ length: rows * width }, () => 0.1 * random.normal())
  return { rows, columns, ...written, width, dense }
}

describe('the WebAssembly kernel', () => {
  it('was built from the source beside it', () => {
    const source = readFileSync(new URL('../../kernel/descent.ts', import.meta.url))
    expect(createHash('sha256').update(source).digest('hex')).toBe(sourceSha256)
  })

  it.each([
    [0, 0],
    [8, 1],
    [84, 2],
  ])('gives the same bits as JavaScript, with %i dense columns', (width, seed) => {
    const matrix = simulate(300, 50, width, seed)
    const random = seededRandom(9)
    const rows = 500
    const problem = {
      matrix,
      penalty: 0.3,
      source: Int32Array.from({ length: rows }, () => random.int(300)),
      scale: Float64Array.from({ length: rows }, () => random.normal()),
      offset: Float64Array.from({ length: rows }, () => random.normal()),
      weight: Float64Array.from({ length: rows }, () => random.int(3)),
    }
    const wasm = solveLogistic(problem, { gap: 1e-7, kernel: 'wasm' })
    expect(wasm.converged).toBe(true)
    expect(solveLogistic(problem, { gap: 1e-7, kernel: 'javascript' })).toEqual(wasm)
  })

  it('takes no room for what lies in its memory already', () => {
    const matrix = simulate(5000, 50, 0, 1)
    const arena = new Arena(newMemory(1_200_000)!)
    const keep = <T extends Int32Array | Float32Array>(array: T): T => {
      const copy = arena.make(array.constructor as new (buffer: SharedArrayBuffer, at: number, length: number) => T, array.length)
      copy.set(array)
      return copy
    }
    const { runs, start, value, column } = matrix
    const resident = { ...matrix, runs: keep(runs), start: keep(start), value: keep(value), column: keep(column) }
    const zeros = new Float64Array(5000)
    const rows = { source: new Int32Array(5000), scale: zeros, offset: zeros, bound: zeros, lower: zeros, upper: zeros }
    expect(wasmKernel({ matrix: resident, ...rows }, new Arena(arena.memory, arena.mark, arena.mark + 291_000))).not.toBeNull()
    expect(wasmKernel({ matrix, ...rows }, new Arena(arena.memory, arena.mark, arena.mark + 291_000))).toBeNull()
  })

  it('is not given where its memory does not suffice', () => {
    const matrix = simulate(5000, 50, 84, 1)
    const rows = Int32Array.from({ length: 5000 }, (_, i) => i)
    const zeros = new Float64Array(5000)
    const dualRows = { matrix, source: rows, scale: zeros, offset: zeros, bound: zeros, lower: zeros, upper: zeros }
    expect(wasmKernel(dualRows, new Arena(newMemory(100_000)!))).toBeNull()
    expect(wasmKernel(dualRows, new Arena(newMemory(10_000_000)!))).not.toBeNull()
    expect(newMemory(2 ** 33)).toBeNull()
  })
})

describe('the optimum', () => {
  const reference = JSON.parse(readFileSync(new URL('../../reference/optimum.json', import.meta.url), 'utf8')) as {
    rows: [number, number][][]
    columns: number
    solutions: { penalty: number; weights: number[] }[]
  }
  const entries = reference.rows.flat()
  const start = new Int32Array(reference.rows.length + 1)
  reference.rows.forEach((row, i) => (start[i + 1] = start[i]! + row.length))
  const matrix: DesignMatrix = {
    rows: reference.rows.length,
    columns: reference.columns,
    runs: start,
    start: Int32Array.from({ length: entries.length + 1 }, (_, k) => k),
    value: Float32Array.from(entries, ([, value]) => value),
    column: Int32Array.from(entries, ([column]) => column),
    width: 0,
    dense: new Float32Array(0),
  }

  it.each(reference.solutions)('is that of LIBLINEAR -s 7 at the penalty $penalty', ({ penalty, weights }) => {
    const solution = solveLogistic({ matrix, penalty }, { gap: 1e-12 })
    weights.forEach((weight, j) => expect(solution.weights[j]).toBeCloseTo(weight, 5))
  })
})
