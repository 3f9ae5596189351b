import type { DesignMatrix } from '../objective/design-matrix.ts'
import { aligned, Arena, newMemory, plainMemory } from './arena.ts'
import type { WasmMemory } from './web-assembly.ts'

/** The sparse rows of a matrix. */
export type SparseRows = Pick<DesignMatrix, 'runs' | 'start' | 'value' | 'column'>

/** Bytes that memory grows by. */
const STEP = 1 << 22

/**
 * Writes the sparse rows of a matrix one after the other, there where the solver works on them: what may take gigabytes is never copied, and takes
 * four bytes an entry from the beginning.
 */
export class RunWriter {
  private arena: Arena
  private readonly sizes: { rows: number; runs: number }
  private rows!: SparseRows
  private row = 0
  private run = 0
  private entry = 0

  /** @param mostRuns The most runs that a row may have. @param memory Where rows are written: the WebAssembly kernel's kind where there is one. */
  constructor(rows: number, mostRuns: number, memory?: WasmMemory) {
    this.sizes = { rows, runs: rows * mostRuns }
    const bytes = aligned(4 * (rows + 1)) + aligned(4 * (this.sizes.runs + 1)) + aligned(4 * this.sizes.runs)
    this.arena = new Arena(memory ?? newMemory(bytes) ?? plainMemory(bytes), undefined, null)
    this.room(bytes)
    this.look()
    this.rows.runs[0] = 0
    this.rows.start[0] = 0
  }

  /** Makes room for so many entries more. */
  reserve(entries: number): void {
    if (this.entry + entries <= this.rows.column.length) return
    this.room(this.rows.column.byteOffset + 4 * (this.entry + entries) - this.arena.mark + STEP)
    this.look()
  }

  /** An entry of the run that is being written. There must be room for it. */
  add(column: number): void {
    this.rows.column[this.entry++] = column
  }

  /** Ends a run, which is left out if it has no entries. */
  endRun(value: number): void {
    if (this.entry === this.rows.start[this.run]) return
    this.rows.value[this.run++] = value
    this.rows.start[this.run] = this.entry
  }

  endRow(): void {
    this.rows.runs[(this.row += 1)] = this.run
  }

  /** The rows, the memory that they lie in, and the address of the first byte behind them. */
  finish(): { rows: SparseRows; memory: WasmMemory; end: number } {
    const { runs, start, value, column } = this.rows
    return {
      rows: { runs, start: start.subarray(0, this.run + 1), value: value.subarray(0, this.run), column: column.subarray(0, this.entry) },
      memory: this.arena.memory,
      end: column.byteOffset + aligned(4 * this.entry),
    }
  }

  /** Makes room in the memory, or in a wider one that only JavaScript can work in. */
  private room(bytes: number): void {
    if (this.arena.reserve(bytes)) return
    const { memory, mark } = this.arena
    const wider = plainMemory(mark + bytes)
    new Uint8Array(wider.buffer).set(new Uint8Array(memory.buffer))
    this.arena = new Arena(wider, mark, null)
  }

  /** Looks at the memory, which may have grown: its first arrays have their full size, and the last one takes what is left. */
  private look(): void {
    const { rows, runs } = this.sizes
    const { mark, memory } = this.arena
    this.rows = {
      runs: this.arena.make(Int32Array, rows + 1),
      start: this.arena.make(Int32Array, runs + 1),
      value: this.arena.make(Float32Array, runs),
      column: new Int32Array(memory.buffer, this.arena.mark, Math.floor((memory.buffer.byteLength - this.arena.mark) / 4)),
    }
    this.arena.rewind(mark)
  }
}
