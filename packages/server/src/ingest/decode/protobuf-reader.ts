/** Bytes that are not the Protocol Buffers message they should be. */
export class ProtobufError extends Error {
  override readonly name = 'ProtobufError'
}

const CACHE_SLOTS = 4_096
const LONGEST_CACHED = 64

/**
 * Reads the fields of Protocol Buffers messages straight from the bytes, without generated code. Every read is checked against the end of
 * the message it is in, so hostile lengths end in a ProtobufError and never in a read elsewhere.
 */
export class ProtobufReader {
  readonly #bytes: Buffer
  /** Texts that come again and again (the names of attributes), by a hash of their bytes: comparing is cheaper than decoding. */
  readonly #cache: (string | undefined)[]
  #at: number
  #end: number

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#cache = sharedCache
    this.#at = 0
    this.#end = bytes.byteLength
  }

  /** The next field's number and wire type as one number (`field << 3 | type`), or 0 at the end of the message. */
  tag(): number {
    if (this.#at >= this.#end) return 0
    const tag = this.varint()
    if (tag < 8 || tag > 0xffff_ffff) throw new ProtobufError('a field number is not valid')
    return tag
  }

  /** Enters the message in the field just named; returns the end of the one around it, for `leave`. */
  enter(): number {
    const length = this.#length()
    const outer = this.#end
    this.#end = this.#at + length
    return outer
  }

  /** Leaves a message, read to its end or not. */
  leave(outer: number): void {
    this.#at = this.#end
    this.#end = outer
  }

  /** Where the message in the field just named lies, without entering it. */
  range(): { start: number; end: number } {
    const length = this.#length()
    const start = this.#at
    this.#at += length
    return { start, end: this.#at }
  }

  /** Goes to a range that `range` returned. */
  goTo({ start, end }: { start: number; end: number }): void {
    this.#at = start
    this.#end = end
  }

  /** An unsigned varint, as far as a number is exact; above it is rounded. */
  varint(): number {
    let value = 0
    let scale = 1
    for (let count = 0; count < 10; count++) {
      if (this.#at >= this.#end) throw new ProtobufError('it ends inside a number')
      const byte = this.#bytes[this.#at++] as number
      if (byte < 0x80) return value + byte * scale
      value += (byte & 0x7f) * scale
      scale *= 128
    }
    throw new ProtobufError('a number has more than ten bytes')
  }

  /** A signed 64-bit integer: a number where that is exact, decimal text otherwise. */
  int64(): number | string {
    const start = this.#at
    const value = this.varint()
    if (value <= Number.MAX_SAFE_INTEGER) return value
    this.#at = start
    let exact = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.#bytes[this.#at++] as number
      exact |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) break
    }
    const signed = BigInt.asIntN(64, exact)
    return signed >= -9_007_199_254_740_991n && signed <= 9_007_199_254_740_991n ? Number(signed) : signed.toString()
  }

  /** Nanoseconds in a fixed64, as milliseconds. Exact to a quarter of a microsecond. */
  nanosecondsAsMs(): number {
    const at = this.#fixed(8)
    return (this.#bytes.readUInt32LE(at + 4) * 4_294_967_296 + this.#bytes.readUInt32LE(at)) / 1e6
  }

  double(): number {
    return this.#bytes.readDoubleLE(this.#fixed(8))
  }

  /** Text in UTF-8. What is not valid in it becomes U+FFFD. */
  text(): string {
    const length = this.#length()
    const start = this.#at
    this.#at += length
    return this.#bytes.toString('utf8', start, this.#at)
  }

  /** Text that is likely to come again. */
  name(): string {
    const length = this.#length()
    const start = this.#at
    const end = start + length
    this.#at = end
    if (length > LONGEST_CACHED) return this.#bytes.toString('utf8', start, end)
    let hash = length
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + (this.#bytes[at] as number)) | 0
    const slot = (hash ^ (hash >>> 15)) & (CACHE_SLOTS - 1)
    const cached = this.#cache[slot]
    if (cached !== undefined && this.#isAscii(cached, start, length)) return cached
    return (this.#cache[slot] = this.#bytes.toString('utf8', start, end))
  }

  hex(): string {
    const { start, end } = this.range()
    return this.#bytes.toString('hex', start, end)
  }

  base64(): string {
    const { start, end } = this.range()
    return this.#bytes.toString('base64', start, end)
  }

  /** Skips the field with this tag. */
  skip(tag: number): void {
    switch (tag & 7) {
      case 0:
        this.varint()
        return
      case 1:
        this.#fixed(8)
        return
      case 2:
        this.range()
        return
      case 5:
        this.#fixed(4)
        return
      default:
        throw new ProtobufError('a field has a type that is not in use')
    }
  }

  #length(): number {
    const length = this.varint()
    if (length > this.#end - this.#at) throw new ProtobufError('a field is longer than what is left')
    return length
  }

  #fixed(width: number): number {
    const at = this.#at
    if (width > this.#end - at) throw new ProtobufError('it ends inside a number')
    this.#at += width
    return at
  }

  #isAscii(text: string, start: number, length: number): boolean {
    if (text.length !== length) return false
    for (let index = 0; index < length; index++) {
      const code = text.charCodeAt(index)
      if (code !== this.#bytes[start + index] || code > 0x7f) return false
    }
    return true
  }
}

const sharedCache: (string | undefined)[] = Array.from({ length: CACHE_SLOTS }, () => undefined)
