import { ApiError } from '@plaudit/protocol'
import { randomUUID } from 'node:crypto'

export type GroupCommitOptions = {
  /** Writes the rows durably; the same token again must not write them twice. */
  write: (lines: string[], token: string) => Promise<void>
  /** Most rows of one insert. */
  maxRows?: number
  /** Most bytes of one insert, in UTF-16 units. */
  maxLength?: number
  /** Most that may wait for a place; beyond it appends are refused as overloaded. */
  maxWaitingLength?: number
  /** Pause between two inserts, which bounds how many parts the engine has to merge. */
  pauseMs?: number
}

type Waiting = { lines: string[]; length: number; resolve: () => void; reject: (error: unknown) => void }

/**
 * Group commit: rows of concurrent requests share an insert, and every request is answered once its rows are on disk. An idle store writes at
 * once; while an insert is under way, the next one collects.
 */
export function groupCommit({
  write,
  maxRows = 10_000,
  maxLength = 48_000_000,
  maxWaitingLength = 192_000_000,
  pauseMs = 4,
}: GroupCommitOptions) {
  let waiting: Waiting[] = []
  let waitingLength = 0
  let running: Promise<void> | null = null

  function append(lines: string[]): Promise<void> {
    if (lines.length === 0) return Promise.resolve()
    let length = 0
    for (const line of lines) length += line.length
    if (waitingLength > 0 && waitingLength + length > maxWaitingLength)
      return Promise.reject(new ApiError('overloaded', 'The event store is behind. Send this again in a few seconds.'))
    return new Promise((resolve, reject) => {
      waiting.push({ lines, length, resolve, reject })
      waitingLength += length
      running ??= run()
    })
  }

  async function run(): Promise<void> {
    // One turn of the event loop lets requests that arrive together share the first insert.
    await new Promise((resolve) => setImmediate(resolve))
    while (waiting.length > 0) {
      const batch = takeBatch()
      await commit(batch)
      if (waiting.length > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
    running = null
  }

  function takeBatch(): Waiting[] {
    let rows = 0
    let length = 0
    let count = 0
    for (const one of waiting) {
      if (count > 0 && (rows + one.lines.length > maxRows || length + one.length > maxLength)) break
      rows += one.lines.length
      length += one.length
      count += 1
    }
    const batch = waiting.slice(0, count)
    waiting = waiting.slice(count)
    waitingLength -= length
    return batch
  }

  async function commit(batch: Waiting[]): Promise<void> {
    const lines = batch.length === 1 ? (batch[0]?.lines ?? []) : batch.flatMap((one) => one.lines)
    const token = randomUUID()
    try {
      // The answer to a successful insert can get lost; with the same token the second try is counted once.
      await write(lines, token).catch(() => write(lines, token))
      for (const one of batch) one.resolve()
    } catch (error) {
      for (const one of batch) one.reject(error)
    }
  }

  return {
    append,
    /** How much waits for the next inserts, in UTF-16 units. */
    waitingLength: () => waitingLength,
    /** Resolves when everything appended so far is written or refused. */
    async drain() {
      while (running !== null) await running
    },
  }
}
