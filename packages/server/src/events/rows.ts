const FIRST_CHUNK_BYTES = 8_192
const LARGEST_CHUNK_BYTES = 1_048_576

/** Rows for a table: lines of JSON in UTF-8, each with its line feed, in chunks of whole lines. */
export type Rows = { chunks: Buffer[]; bytes: number; count: number }

/**
 * Encodes lines as they are made. Bytes wait for their insert outside the garbage-collected heap; as texts they would be moved about in it.
 */
export function encodeRows(lines: Iterable<string>): Rows {
  const rows: Rows = { chunks: [], bytes: 0, count: 0 }
  let chunk: Buffer | null = null
  let nextBytes = FIRST_CHUNK_BYTES
  let used = 0
  for (const given of lines) {
    const line = given.includes('\\ud') ? withoutHalves(given) : given
    // A UTF-16 unit takes at most three bytes.
    const most = line.length * 3 + 1
    if (chunk === null || chunk.byteLength - used < most) {
      if (chunk !== null) rows.chunks.push(chunk.subarray(0, used))
      chunk = Buffer.allocUnsafeSlow(Math.max(nextBytes, most))
      nextBytes = Math.min(nextBytes * 2, LARGEST_CHUNK_BYTES)
      used = 0
    }
    const start = used
    used += chunk.write(line, used)
    chunk[used++] = 0x0a
    rows.bytes += used - start
    rows.count += 1
  }
  if (chunk !== null) rows.chunks.push(chunk.subarray(0, used))
  return rows
}

/** Rows after rows, as one. */
export function joinRows(list: readonly Rows[]): Rows {
  return {
    chunks: list.flatMap(({ chunks }) => chunks),
    bytes: list.reduce((sum, { bytes }) => sum + bytes, 0),
    count: list.reduce((sum, { count }) => sum + count, 0),
  }
}

/**
 * Half of a surrogate pair, as a text that was cut ends with, is written as an escape that the engine refuses together with all rows around
 * it. It becomes U+FFFD. An escaped backslash is read as a whole, so that the text `\\ud83d` stays what it is.
 */
function withoutHalves(line: string): string {
  return line.replace(/\\(\\|ud[89a-f][0-9a-f]{2})/g, (escape) => (escape === '\\\\' ? escape : '\\ufffd'))
}
