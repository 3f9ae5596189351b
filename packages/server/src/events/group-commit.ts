import { ApiError } from '@plaudit/protocol'
import { randomUUID } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { endablePause } from './endable-pause.ts'
import { joinRows, type Rows } from './row-writer.ts'

export type GroupCommitOptions = {
  /** Writes the rows durably; the same token again must not write them twice. */
  write: (rows: Rows, token: string) => Promise<void>
  /** Most rows of one insert. */
  maxRows?: number
  /** Most bytes of one insert. */
  maxBytes?: number
  /** Most bytes that may wait for a place; beyond it appends are refused as overloaded. */
  maxWaitingBytes?: number
  /** Shortest pause between two inserts when more is waiting; 0 for none. */
  pauseMs?: number
  /**
   * Pause as a share of the time that the last insert took. Every insert costs the engine the same work whatever its size, and merging later;
   * under load a pause makes inserts fewer and larger, at the price of latency. Default 0. It ends early once enough is waiting.
   */
  pauseShare?: number
}

const LONGEST_PAUSE_MS = 150
/** An insert of this size costs the engine hardly more than the rows in it: there is no use in waiting for more. */
const ENOUGH_BYTES = 2_000_000

type Waiting = { rows: Rows; resolve: () => void; reject: (error: unknown) => void }

/**
 * Group commit: rows of concurrent requests share an insert, and every request is answered once its rows are on disk. An idle store writes at
 * once; while an insert is under way, the next one collects.
 */
export function groupCommit({
  write,
  maxRows = 10_000,
  maxBytes = 64_000_000,
  maxWaitingBytes = 256_000_000,
  pauseMs = 4,
  pauseShare = 0,
}: GroupCommitOptions) {
  let waiting: Waiting[] = []
  let waitingBytes = 0
  let running: Promise<void> | null = null
  const pause = endablePause()

  function append(rows: Rows): Promise<void> {
    if (rows.count === 0) return Promise.resolve()
    if (waitingBytes > 0 && waitingBytes + rows.bytes > maxWaitingBytes)
      return Promise.reject(new ApiError('overloaded', 'The event store is behind. Send this again in a few seconds.'))
    return new Promise((resolve, reject) => {
      waiting.push({ rows, resolve, reject })
      waitingBytes += rows.bytes
      running ??= run()
      if (waitingBytes >= ENOUGH_BYTES) pause.end()
    })
  }

  async function run(): Promise<void> {
    // One turn of the event loop lets requests that arrive together share the first insert.
    await nextTurn()
    while (waiting.length > 0) {
      const began = performance.now()
      await commit(takeBatch())
      const tookMs = performance.now() - began
      const restMs = Math.max(pauseMs, Math.min(tookMs * pauseShare, LONGEST_PAUSE_MS))
      if (restMs > 0 && waiting.length > 0 && waitingBytes < ENOUGH_BYTES) await pause.wait(restMs)
    }
    running = null
  }

  function takeBatch(): Waiting[] {
    let rows = 0
    let bytes = 0
    let count = 0
    for (const one of waiting) {
      if (count > 0 && (rows + one.rows.count > maxRows || bytes + one.rows.bytes > maxBytes)) break
      rows += one.rows.count
      bytes += one.rows.bytes
      count += 1
    }
    const batch = waiting.slice(0, count)
    waiting = waiting.slice(count)
    waitingBytes -= bytes
    return batch
  }

  async function commit(batch: Waiting[]): Promise<void> {
    const rows = joinRows(batch.map((one) => one.rows))
    const token = randomUUID()
    try {
      // The answer to a successful insert can get lost; with the same token the second try is counted once.
      await write(rows, token).catch(() => write(rows, token))
      for (const one of batch) one.resolve()
    } catch (error) {
      // A store that is away or busy refuses everything. One that refuses these rows may take most of them: nobody pays for a neighbour.
      if (batch.length > 1 && !(error instanceof ApiError)) for (const one of batch) await commit([one])
      else for (const one of batch) one.reject(error)
    }
  }

  return {
    append,
    /** How many bytes wait for the next inserts. */
    waitingBytes: () => waitingBytes,
    /** Resolves when everything appended so far is written or refused. */
    drain: async () => {
      while (running !== null) await running
    },
  }
}
