import { ApiError } from '@plaudit/protocol'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pRetry from 'p-retry'
import { endablePause } from './endable-pause.ts'
import { groupCommit } from './group-commit.ts'
import { decodeJournal, encodeJournalRecord, type JournalRecord } from './journal-record.ts'
import { type JournalSegment, newSegment, segmentSuffix } from './journal-segment.ts'
import { joinRows, type Rows } from './row-writer.ts'

export type JournalOptions = {
  /** The journal's own directory. It is made. */
  dir: string
  /** Where rows go, as in `spans (name, …) FORMAT RowBinary`. */
  into: string
  /** Inserts rows durably; the same token again must not insert them twice. */
  insert: (into: string, rows: Rows, token: string) => Promise<void>
  /** Whether an insert failed because of its rows. Whatever else it failed for, it is tried again. */
  areRowsUnfit: (error: unknown) => boolean
  /** Hears of rows that the store will not take. They are kept in `file`. */
  onRefused: (error: unknown, file: string) => void
  /** Hears of an insert that failed and is tried again. */
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
/** How often the store is tried at a start before whoever started hears of it: some minute. */
const TRIES_AT_START = 15

/**
 * A write-ahead journal in front of a store that takes many rows at once almost as quickly as one. Rows are acknowledged once they are in a
 * file of the journal, synced, which takes about a millisecond; the store gets them a moment later, together with others. It gets each of them
 * exactly once: a segment of the journal is inserted under tokens made of its name, and removed after; what a process leaves behind
 * when it dies is inserted, under the same tokens, before the next one begins.
 *
 * A file that ends in `.refused` holds one record that the store would not take; renamed to `.journal` it is tried again at the next start.
 * @throws ApiError `unprocessable` when what was left behind cannot be inserted.
 */
export async function openJournal({
  dir,
  into,
  insert,
  areRowsUnfit,
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
  const lingering = endablePause()
  /** The segment that readers have waited for in vain. */
  let givenUp: JournalSegment | null = null

  await mkdir(dir, { recursive: true })
  for (const file of (await readdir(dir)).filter((name) => name.endsWith(segmentSuffix)).toSorted()) {
    await enter(file)
  }

  const commits = groupCommit({ write: record, pauseMs: 0 })
  let current = newSegment(dir)
  await current.ready()

  async function record(rows: Rows): Promise<void> {
    while (behindBytes >= mostBehindBytes && draining !== null) await draining.segment.left
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
    if (behindBytes >= enoughBytes) lingering.end()
    drain()
  }

  function drain(): void {
    if (draining !== null || current.records.length === 0) return
    const segment = current
    draining = { segment, done: drainSegment(segment) }
  }

  async function drainSegment(segment: JournalSegment): Promise<void> {
    if (!isWanted && !isClosing && behindBytes < enoughBytes) await lingering.wait(lingerMs)
    current = newSegment(dir)
    isWanted = false
    await segment.idle()
    const bytes = segment.records.reduce((sum, { rows }) => sum + rows.bytes, 0)
    const isInserted = await insertAll(segment.name, segment.records, Infinity).then(
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

  /** Inserts what an earlier process left in a file. */
  async function enter(file: string): Promise<void> {
    const path = join(dir, file)
    const { records, isDamaged } = decodeJournal(await readFile(path))
    try {
      await insertAll(file.slice(0, -segmentSuffix.length), records, TRIES_AT_START)
    } catch (cause) {
      const why = (cause as Error).message
      throw new ApiError(
        'unprocessable',
        `The event store does not take what ${path} holds for it: ${why} Nothing is lost; start again once it can.`,
        {
          cause,
        },
      )
    }
    if (isDamaged) {
      await rename(path, `${path}.damaged`)
      onRefused(new Error('This journal is damaged; the records before the damage are in the store.'), `${path}.damaged`)
    } else await rm(path)
  }

  /**
   * The records in inserts of many rows, which are the same ones whenever this is done again. Rejects when an insert has failed so many times,
   * or while the journal closes.
   */
  async function insertAll(name: string, records: readonly JournalRecord[], tries: number): Promise<void> {
    const patiently = (some: readonly JournalRecord[], token: string) =>
      pRetry(() => insert(some[0]!.into, joinRows(some.map(({ rows }) => rows)), `${name}.${token}`), {
        retries: tries - 1,
        minTimeout: 100,
        maxTimeout: 5_000,
        shouldRetry: ({ error }) => !areRowsUnfit(error) && !isClosing,
        onFailedAttempt({ error }) {
          if (!areRowsUnfit(error)) onDelay(error)
        },
      })
    let from = 0
    for (const some of insertsOf(records)) {
      await patiently(some, `${from}`).catch(async (error: unknown) => {
        if (!areRowsUnfit(error)) throw error
        // Rows that the store will not take must not cost their neighbours anything, nor be lost.
        for (const [index, one] of some.entries())
          await patiently([one], `${from}+${index}`).catch(async (cause: unknown) => {
            if (!areRowsUnfit(cause)) throw cause
            onRefused(cause, await keep(`${name}.${from + index}.refused`, one))
          })
      })
      from += some.length
    }
  }

  async function keep(name: string, one: JournalRecord): Promise<string> {
    const path = join(dir, name)
    await writeFile(path, Buffer.concat(encodeJournalRecord(one)), { mode: 0o600, flush: true })
    return path
  }

  return {
    /** Resolves once the rows are on disk; they can be read after `settled`. */
    append: commits.append,
    /** Resolves once everything that was acknowledged is in the store, or to false when that takes too long. */
    async settled(): Promise<boolean> {
      const last = current.records.length > 0 ? current : draining?.segment
      if (last === undefined) return true
      if (draining !== null && draining.segment === givenUp) return false
      if (last === current) {
        isWanted = true
        lingering.end()
      }
      const waiting = new AbortController()
      const tooLong = sleep(patienceMs, false, { ref: false, signal: waiting.signal }).catch(() => false)
      const isSettled = await Promise.race([last.left.then(() => true), tooLong])
      waiting.abort()
      if (!isSettled) givenUp = draining?.segment ?? null
      return isSettled
    },
    /** How many bytes wait to be written or inserted. */
    waitingBytes: () => commits.waitingBytes() + behindBytes,
    /** Writes and inserts what there is. What a store that is away does not take stays for the next start. */
    async close(): Promise<void> {
      isClosing = true
      lingering.end()
      await commits.drain()
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
