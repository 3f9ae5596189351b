const FIRST_CHUNK_BYTES = 8_192
const LARGEST_CHUNK_BYTES = 1_048_576
/** Up to this length a text is copied character by character, which is cheaper than a call out of JavaScript. */
const SHORT_TEXT = 40

/** Rows of a table in ClickHouse's `RowBinary` format, in chunks that need not end where a row does. */
export type Rows = { chunks: Buffer[]; bytes: number; count: number }

/**
 * Writes rows in `RowBinary`: the columns of a row one after the other, without names. Nothing in it needs escaping, so that a text is
 * copied once, and the engine takes it as it is. Bytes wait for their insert outside the garbage-collected heap; as texts they would be
 * moved about in it.
 *
 * Source: ClickHouse's documentation of the format. A low-cardinality column is written as what is in it.
 */
export class RowWriter {
  #chunks: Buffer[] = []
  #chunk = Buffer.allocUnsafeSlow(FIRST_CHUNK_BYTES)
  #used = 0
  #fullBytes = 0

  /** String: its length in bytes, then UTF-8. Half of a surrogate pair, as a text that was cut ends with, becomes U+FFFD. */
  text(value: string): void {
    const { length } = value
    // A UTF-16 unit takes at most three bytes; a length has at most five.
    this.#reserve(length * 3 + 5)
    if (length <= SHORT_TEXT && this.#shortAscii(value, length)) return
    const chunk = this.#chunk
    // How many bytes the length takes is settled before it is known, so it may have leading zero bits, which is valid.
    const width = length * 3 < 0x80 ? 1 : length * 3 < 0x4000 ? 2 : length * 3 < 0x20_0000 ? 3 : length * 3 < 0x1000_0000 ? 4 : 5
    let bytes = chunk.write(value, this.#used + width)
    const end = this.#used + width + bytes
    for (let at = 0; at < width - 1; at++) {
      chunk[this.#used++] = (bytes & 0x7f) | 0x80
      bytes = Math.floor(bytes / 128)
    }
    chunk[this.#used] = bytes
    this.#used = end
  }

  #shortAscii(value: string, length: number): boolean {
    const chunk = this.#chunk
    let at = this.#used
    chunk[at++] = length
    for (let index = 0; index < length; index++) {
      const code = value.charCodeAt(index)
      if (code > 0x7f) return false
      chunk[at++] = code
    }
    this.#used = at
    return true
  }

  /** The number of what follows: the items of an array, the entries of a map. */
  count(value: number): void {
    this.#reserve(5)
    let rest = value
    while (rest >= 0x80) {
      this.#chunk[this.#used++] = (rest & 0x7f) | 0x80
      rest = Math.floor(rest / 128)
    }
    this.#chunk[this.#used++] = rest
  }

  /** Array(String). */
  texts(values: readonly string[]): void {
    this.count(values.length)
    for (const value of values) this.text(value)
  }

  /** Map(String, String). */
  map(record: Readonly<Record<string, string>>): void {
    const keys = Object.keys(record)
    this.count(keys.length)
    for (const key of keys) {
      this.text(key)
      this.text(record[key] as string)
    }
  }

  uint8(value: number): void {
    this.#reserve(1)
    this.#chunk[this.#used++] = value
  }

  float64(value: number): void {
    this.#reserve(8)
    this.#used = this.#chunk.writeDoubleLE(value, this.#used)
  }

  nullableFloat64(value: number | null): void {
    this.uint8(value === null ? 1 : 0)
    if (value !== null) this.float64(value)
  }

  uint32(value: number): void {
    this.#reserve(4)
    this.#used = this.#chunk.writeUInt32LE(value, this.#used)
  }

  nullableUint32(value: number | null): void {
    this.uint8(value === null ? 1 : 0)
    if (value !== null) this.uint32(value)
  }

  uint64(value: bigint): void {
    this.#reserve(8)
    this.#used = this.#chunk.writeBigUInt64LE(value, this.#used)
  }

  /** DateTime64(3): whole milliseconds since 1970 as Int64. */
  time(iso: string): void {
    const ms = Date.parse(iso)
    this.#reserve(8)
    const low = ms % 4_294_967_296
    this.#used = this.#chunk.writeInt32LE(
      Math.floor(ms / 4_294_967_296),
      this.#chunk.writeUInt32LE(low < 0 ? low + 4_294_967_296 : low, this.#used),
    )
  }

  /** What was written, as so many rows. The writer is spent. */
  finish(count: number): Rows {
    const last = this.#chunk.subarray(0, this.#used)
    // A row or two, which may wait for a while, would keep far more memory than they need.
    this.#chunks.push(last.byteLength * 2 < this.#chunk.byteLength ? Buffer.from(last) : last)
    return { chunks: this.#chunks, bytes: this.#fullBytes + this.#used, count }
  }

  #reserve(bytes: number): void {
    if (this.#chunk.byteLength - this.#used >= bytes) return
    this.#chunks.push(this.#chunk.subarray(0, this.#used))
    this.#fullBytes += this.#used
    this.#chunk = Buffer.allocUnsafeSlow(Math.max(bytes, Math.min(this.#chunk.byteLength * 2, LARGEST_CHUNK_BYTES)))
    this.#used = 0
  }
}

/** Rows after rows, as one. */
export function joinRows(list: readonly Rows[]): Rows {
  return {
    chunks: list.flatMap(({ chunks }) => chunks),
    bytes: list.reduce((sum, { bytes }) => sum + bytes, 0),
    count: list.reduce((sum, { count }) => sum + count, 0),
  }
}
