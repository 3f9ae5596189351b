import { webAssembly, type WasmMemory } from './web-assembly.ts'

const PAGE = 65_536
const MAXIMUM_PAGES = 65_536
/** What an index of 32 bits reaches. */
const PLAIN_BYTES = 2 ** 33
/** The kernel's own constants lie below. */
const FIRST_FREE = PAGE

type NumberArray = Int32Array | Float32Array | Float64Array

type NumberArrayType<T> = new (buffer: SharedArrayBuffer, at: number, length: number) => T

/**
 * Memory that the WebAssembly kernel works in. What must stay (the observations, perhaps shared between threads) is placed first; each solution
 * takes the space behind it afresh.
 */
export class Arena {
  readonly memory: WasmMemory
  private at: number
  private readonly to: number | null

  /** @param to Where the space ends; null for memory that grows when it is needed. */
  constructor(memory: WasmMemory, from = FIRST_FREE, to: number | null = memory.buffer.byteLength) {
    this.memory = memory
    this.at = from
    this.to = to
  }

  /** Where the next array will lie; give it to `rewind` to free all that is placed from now on. */
  get mark(): number {
    return this.at
  }

  rewind(mark: number): void {
    this.at = mark
  }

  /** Makes sure that so many bytes more fit; false if they cannot. */
  reserve(bytes: number): boolean {
    const missing = this.at + bytes - (this.to ?? this.memory.buffer.byteLength)
    if (missing <= 0) return true
    if (this.to !== null) return false
    try {
      this.memory.grow(Math.ceil(missing / PAGE))
      return true
    } catch {
      return false
    }
  }

  /** The address of an array: where it lies already, or where it is copied to. Space must be reserved. */
  place(array: NumberArray): number {
    if (array.buffer === this.memory.buffer) return array.byteOffset
    const copy = this.make(array.constructor as NumberArrayType<NumberArray>, array.length)
    copy.set(array as never)
    return copy.byteOffset
  }

  /** A new array, whatever it holds. Space must be reserved. */
  make<T extends NumberArray>(Type: NumberArrayType<T>, length: number): T {
    return new Type(this.memory.buffer, this.take(length * (Type as unknown as { BYTES_PER_ELEMENT: number }).BYTES_PER_ELEMENT), length)
  }

  /** The address of so many bytes, whatever they hold. */
  take(bytes: number): number {
    const address = this.at
    this.at += aligned(bytes)
    return address
  }
}

/** Bytes that an array of so many bytes takes in an arena. */
export function aligned(bytes: number): number {
  return Math.ceil(bytes / 16) * 16
}

/** Memory of at least so many bytes; null where WebAssembly is missing, or gives no more than less. */
export function newMemory(bytes: number): WasmMemory | null {
  const pages = Math.max(1, Math.ceil((FIRST_FREE + bytes) / PAGE))
  if (webAssembly === undefined || pages > MAXIMUM_PAGES) return null
  try {
    return new webAssembly.Memory({ initial: pages, maximum: MAXIMUM_PAGES, shared: true })
  } catch {
    return null
  }
}

/** Memory of the same kind in JavaScript, for where WebAssembly is missing, or its 4 GiB do not suffice. */
export function plainMemory(bytes: number): WasmMemory {
  const buffer = new SharedArrayBuffer(FIRST_FREE + bytes, { maxByteLength: PLAIN_BYTES })
  return {
    buffer,
    grow(pages) {
      const before = buffer.byteLength / PAGE
      buffer.grow(buffer.byteLength + pages * PAGE)
      return before
    },
  }
}
