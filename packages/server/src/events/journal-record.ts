import { crc32 } from 'node:zlib'
import type { Rows } from './row-writer.ts'

/** Rows and where they go, as in `spans (name, …) FORMAT RowBinary`: whoever reads it later, perhaps a newer release, needs to know no more. */
export type JournalRecord = { into: string; rows: Rows }

const HEADER_BYTES = 16

/**
 * A record as it stands in a journal: bytes of `into`, number of rows, bytes of rows and a CRC-32 of all of these, each as UInt32 in little
 * endian; then `into` and the rows.
 */
export function encodeJournalRecord({ into, rows }: JournalRecord): Buffer[] {
  const text = Buffer.from(into)
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeUInt32LE(text.byteLength, 0)
  header.writeUInt32LE(rows.count, 4)
  header.writeUInt32LE(rows.bytes, 8)
  const parts = [header, text, ...rows.chunks]
  header.writeUInt32LE(checksum(parts), 12)
  return parts
}

/**
 * The whole records at the start of a journal. What is cut off at the end was being written, and so was never acknowledged. `isDamaged` where
 * a record has its length and not its checksum: what follows it cannot be told.
 */
export function decodeJournal(bytes: Buffer): { records: JournalRecord[]; isDamaged: boolean } {
  const records: JournalRecord[] = []
  let at = 0
  while (at + HEADER_BYTES <= bytes.byteLength) {
    const [textBytes, count, rowBytes, sum] = [0, 4, 8, 12].map((offset) => bytes.readUInt32LE(at + offset)) as [
      number,
      number,
      number,
      number,
    ]
    const [textAt, rowsAt] = [at + HEADER_BYTES, at + HEADER_BYTES + textBytes]
    const end = rowsAt + rowBytes
    if (textBytes === 0 || end > bytes.byteLength) break
    const header = Buffer.from(bytes.subarray(at, textAt))
    header.writeUInt32LE(0, 12)
    if (checksum([header, bytes.subarray(textAt, end)]) !== sum) return { records, isDamaged: true }
    records.push({ into: bytes.toString('utf8', textAt, rowsAt), rows: { chunks: [bytes.subarray(rowsAt, end)], bytes: rowBytes, count } })
    at = end
  }
  return { records, isDamaged: false }
}

const checksum = (parts: readonly Buffer[]): number => parts.reduce((sum, part) => crc32(part, sum), 0)
