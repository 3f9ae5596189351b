import { seededRandom } from '@plaudit/stats'
import { describe, expect, it } from 'vitest'
import type { DesignMatrix } from '../objective/design-matrix.ts'
import { RunWriter } from './run-writer.ts'
import { solveLogistic } from './solve-logistic.ts'
import { isWasmMemory } from './wasm-kernel.ts'
import { webAssembly } from './web-assembly.ts'

const ROWS = 400
const COLUMNS = 3000

/** Rows of two runs each, of thousands of entries: megabytes, which the memory must grow for. */
function write(memory?: ConstructorParameters<typeof RunWriter>[2]) {
  const random = seededRandom(2)
  const writer = new RunWriter(ROWS, 3, memory)
  for (let i = 0; i < ROWS; i += 1) {
    for (const value of [0.02, -0.03]) {
      const entries = 1000 + random.int(4000)
      writer.reserve(entries)
      for (let k = 0; k < entries; k += 1) writer.add(random.int(COLUMNS))
      writer.endRun(value)
      writer.endRun(7)
    }
    writer.endRow()
  }
  return writer.finish()
}

function solve({ rows }: ReturnType<typeof write>) {
  const matrix: DesignMatrix = { ...rows, rows: ROWS, columns: COLUMNS, width: 0, dense: new Float32Array(0) }
  return solveLogistic({ matrix, penalty: 1 }, { gap: 1e-6 })
}

describe('RunWriter', () => {
  const written = write()

  it('keeps every entry while memory grows, and leaves out runs without any', () => {
    const { runs, start, value, column } = written.rows
    expect(isWasmMemory(written.memory)).toBe(true)
    expect(runs).toHaveLength(ROWS + 1)
    expect([...value.subarray(0, 4)]).toEqual([0.02, -0.03, 0.02, -0.03].map(Math.fround))
    expect(value).toHaveLength(2 * ROWS)
    const random = seededRandom(2)
    for (let run = 0; run < 2 * ROWS; run += 1) {
      const entries = Int32Array.from({ length: 1000 + random.int(4000) }, () => random.int(COLUMNS))
      expect(column.subarray(start[run], start[run + 1])).toEqual(entries)
    }
  })

  it('takes four bytes an entry, and few beside', () => {
    const entries = written.rows.column.length
    expect(written.end).toBeLessThan(4 * entries + 100_000)
    expect(written.memory.buffer.byteLength).toBeLessThan(4 * entries + 5_000_000)
  })

  it('goes on in JavaScript where WebAssembly has no more memory, with the same bits and the same solution', () => {
    const wider = write(new webAssembly!.Memory({ initial: 1, maximum: 40, shared: true }))
    expect(isWasmMemory(wider.memory)).toBe(false)
    expect(wider.rows).toEqual(written.rows)
    expect(solve(wider)).toEqual(solve(written))
  })
})
