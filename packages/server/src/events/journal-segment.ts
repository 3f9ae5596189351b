import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { encodeJournalRecord, type JournalRecord } from './journal-record.ts'

/** One file of a journal: records that are inserted together, whatever happens in between, and then removed together. */
export type JournalSegment = ReturnType<typeof newSegment>

/** Names sort in the order in which the segments began, and no two are ever the same: they are the tokens of their inserts. */
export const segmentSuffix = '.journal'

/** A segment that is being written. Its file is made at once, in the background. */
export function newSegment(dir: string) {
  const name = uuidv7()
  const path = join(dir, name + segmentSuffix)
  const records: JournalRecord[] = []
  let making = create(path, dir)
  // Whoever writes tries again, and hears of it.
  making.catch(() => {})
  const { promise: left, resolve: leave } = Promise.withResolvers<void>()
  let length = 0
  let writing: Promise<void> = Promise.resolve()

  async function append(record: JournalRecord): Promise<void> {
    const file = await making.catch(() => (making = create(path, dir)))
    const parts = encodeJournalRecord(record)
    // At the place where the last whole record ends: what a failed write left behind is overwritten.
    const { bytesWritten } = await file.writev(parts, length)
    const bytes = parts.reduce((sum, part) => sum + part.byteLength, 0)
    if (bytesWritten !== bytes) throw new Error(`${path}: ${bytesWritten} of ${bytes} bytes written`)
    await file.datasync()
    length += bytes
    records.push(record)
  }

  return {
    name,
    path,
    /** What is on disk. */
    records,
    /** Resolves once everything in it is in the store, or is left to the next start. */
    left,
    /** Resolves once it can be written. */
    ready: () => making,
    /** Resolves once the record is on disk. One at a time. */
    write(record: JournalRecord): Promise<void> {
      const written = append(record)
      writing = written.catch(() => {})
      return written
    },
    /** Resolves when nothing is being written any more. */
    idle: () => writing,
    /** Lets go of the file, and removes it when its records are in the store. */
    async close({ isInserted }: { isInserted: boolean }): Promise<void> {
      const file = await making.catch(() => null)
      await file?.close().catch(() => {})
      // One that cannot be removed is inserted once more at the next start, under the same tokens.
      if (isInserted || length === 0) await rm(path, { force: true }).catch(() => {})
      leave()
    },
  }
}

/** A new file, and its name in the directory, both on disk. */
async function create(path: string, dir: string): Promise<FileHandle> {
  const file = await open(path, 'w', 0o600)
  const directory = await open(dir)
  try {
    await directory.sync()
    return file
  } catch (error) {
    await file.close()
    throw error
  } finally {
    await directory.close()
  }
}
