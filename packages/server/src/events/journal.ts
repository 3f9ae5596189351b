import { ApiError } from '@plaudit/protocol'
import { mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pRetry from 'p-retry'
import { groupCommit } from './group-commit.ts'
import { encodeJournalRecord, type JournalRecord } from './journal-record.ts'
import { newSegment, readSegment, segmentSuffix, type JournalSegment } from './journal-segment.ts'
import { joinRows, type Rows } from './row-writer.ts'

export type JournalOptions = {
  /** The journal's own directory. It is made. */
  dir: string
  /** Where rows go, as in `spans (name, …) FORMAT RowBinary`. */
  into: string
  /** Inserts rows durably; the same token again must not insert them twice. Throws `ApiError` when the store is away or busy. */
  insert: (into: string, rows: Rows, token: string) => Promise<void>
  /** Hears of rows that the store will not take. They are kept in `file`. */
  onRefused: (error: unknown, file: string) => void
  /** Hears of an insert that the store is away or too busy for. It is tried again. */
  onDelay: (error: unknown) => void
  /** How long rows wait for company before they are inserted, unless somebody waits to read them. */
  lingerMs?: number
  /** Rows of so many bytes are company enough. */
  enoughBytes?: number
  /** How long a reader waits for a store that takes no rows: one whose disk is full can still be read. */
  patienceMs?: number
  /** Most bytes that are acknowledged and not yet inserted: how much a reader may have to wait for. Beyond it, writers wait. */
  mostBehindBytes?: number
}

const MOST_ROWS = 10_000

/**
 * A write-ahead journal in front of a store that takes many rows at once almost as quickly as one. Rows are acknowledged once they are in a
 * file of the journal, synced, which takes about a millisecond; the store gets them a moment later, together with others. It gets each of them
 * exactly once: a segment of the journal is inserted under tokens made of its name, and removed after; what a process leaves behind
 * when it dies is inserted, under the same tokens, before the next one begins.
 */
export async function openJournal({
  dir,
  into,
  insert,
  onRefused,
  onDelay,
  patienceMs = 5_000,
  lingerMs = 250,
  enoughBytes = 8_000_000,
  mostBehindBytes = 24_000_000,
}: JournalOptions) {
  let draining: { segment: JournalSegment; done: Promise<void> } | null = null
  let behindBytes = 0
  let isWanted = false
  let isClosing = false
  let endLinger: (() => void) | null = null

  await mkdir(dir, { recursive: true })
  for (const file of (await readdir(dir)).filter((name) => name.endsWith(segmentSuffix)).toSorted()) {
    await insertAll(file.slice(0, -segmentSuffix.length), await readSegment(dir, file))
    await rm(join(dir, file))
  }

  const commits = groupCommit({ write: record, pauseMs: 0 })
  let current = newSegment(dir)
  await current.ready()

  async function record(rows: Rows): Promise<void> {
    while (behindBytes >= mostBehindBytes && draining !== null) await Promise.race([draining.segment.inserted, draining.done])
    try {
      await current.write({ into, rows })
    } catch (cause) {
      throw new ApiError(
        'overloaded',
        `The journal of the event store cannot be written (${(cause as Error).message}). Send this again once it can.`,
        { cause },
      )
    }
    behindBytes += rows.bytes
    if (behindBytes >= enoughBytes) endLinger?.()
    drain()
  }

  function drain(): void {
    if (draining !== null || current.records.length === 0) return
    const segment = current
    draining = { segment, done: drainSegment(segment) }
  }

  async function drainSegment(segment: JournalSegment): Promise<void> {
    if (!isWanted && behindBytes < enoughBytes) await linger()
    current = newSegment(dir)
    isWanted = false
    await segment.idle()
    const bytes = segment.records.reduce((sum, { rows }) => sum + rows.bytes, 0)
    const isInserted = await insertAll(segment.name, segment.records).then(
      () => true,
      (error: unknown) => {
        if (!isClosing) onRefused(error, segment.path)
        return false
      },
    )
    behindBytes -= bytes
    await segment.close({ isInserted })
    draining = null
    drain()
  }

  function linger(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, lingerMs)
      endLinger = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /**
   * The records in inserts of many rows, which are the same ones whenever this is done again. As long as the store is away it is tried again;
   * rejects when it is still away while the journal closes.
   */
  async function insertAll(name: string, records: readonly JournalRecord[]): Promise<void> {
    const patiently = (some: readonly JournalRecord[], token: string) =>
      pRetry(() => insert(some[0]!.into, joinRows(some.map(({ rows }) => rows)), `${name}.${token}`), {
        retries: Infinity,
        minTimeout: 100,
        maxTimeout: 5_000,
        shouldRetry: ({ error }) => error instanceof ApiError && !isClosing,
        onFailedAttempt({ error }) {
          if (error instanceof ApiError) onDelay(error)
        },
      })
    let from = 0
    for (const some of insertsOf(records)) {
      await patiently(some, `${from}`).catch(async (error: unknown) => {
        if (error instanceof ApiError) throw error
        // Rows that the store will not take must not cost their neighbours anything, nor be lost.
        for (const [index, one] of some.entries())
          await patiently([one], `${from}+${index}`).catch(async (cause: unknown) => {
            if (cause instanceof ApiError) throw cause
            onRefused(cause, await keep(`${name}.${from + index}.refused`, one))
          })
      })
      from += some.length
    }
  }

  async function keep(name: string, one: JournalRecord): Promise<string> {
    const path = join(dir, name)
    const file = await open(path, 'w', 0o600)
    await file.writev(encodeJournalRecord(one))
    await file.sync()
    await file.close()
    return path
  }

  return {
    /** Resolves once the rows are on disk; they can be read after `settled`. */
    append: commits.append,
    /** Resolves once everything that was acknowledged is in the store, or when that takes too long. */
    async settled(): Promise<void> {
      const last = current.records.length > 0 ? current : draining?.segment
      if (last === undefined) return
      if (last === current) {
        isWanted = true
        endLinger?.()
      }
      const waiting = new AbortController()
      const tooLong = sleep(patienceMs, undefined, { ref: false, signal: waiting.signal }).catch(() => {})
      await Promise.race([last.inserted, tooLong])
      waiting.abort()
    },
    /** How many bytes wait to be written or inserted. */
    waitingBytes: () => commits.waitingBytes() + behindBytes,
    /** Writes and inserts what there is. What a store that is away does not take stays for the next start. */
    async close(): Promise<void> {
      await commits.drain()
      isClosing = true
      endLinger?.()
      while (draining !== null) await draining.done
      await current.close({ isInserted: false })
    },
  }
}

/** Neighbours that go to the same place, so many rows at a time. */
function insertsOf(records: readonly JournalRecord[]): JournalRecord[][] {
  const inserts: JournalRecord[][] = []
  let rows = 0
  for (const one of records) {
    const last = inserts.at(-1)
    if (last === undefined || last[0]!.into !== one.into || rows + one.rows.count > MOST_ROWS) {
      inserts.push([one])
      rows = one.rows.count
    } else {
      last.push(one)
      rows += one.rows.count
    }
  }
  return inserts
}
