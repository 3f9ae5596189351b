import { join } from 'node:path'
import type { Logger } from 'pino'
import { areRowsUnfit, type Clickhouse } from '../db/clickhouse.ts'
import { consensusRowColumns } from './consensus-row.ts'
import { feedbackRowColumns } from './feedback-row.ts'
import { groupCommit, type GroupCommitOptions } from './group-commit.ts'
import { openJournal } from './journal.ts'
import type { Rows } from './row-writer.ts'
import { spanRowColumns } from './span-row.ts'

/** Where rows of a table are appended. */
export type EventTable = {
  /** Resolves once the rows are on disk. */
  append(rows: Rows): Promise<void>
  /** Resolves once what was acknowledged can be read, or to false when that takes too long. */
  settled(): Promise<boolean>
  waitingBytes(): number
  close(): Promise<void>
}

/**
 * The tables that rows are appended to, and `settled`, which resolves once what was acknowledged in those that `sql` names can be read, or to
 * false when that takes too long.
 */
export async function openTables(clickhouse: Clickhouse, alone: { journalDir: string; log: Logger } | null) {
  const insert = (into: string, { chunks }: Rows, token: string) => clickhouse.insert(into, chunks, token)
  const direct = (into: string, options: Partial<GroupCommitOptions> = {}): EventTable => {
    const { append, waitingBytes, drain } = groupCommit({ write: (rows, token) => insert(into, rows, token), ...options })
    return { append, waitingBytes, settled: () => Promise.resolve(true), close: drain }
  }
  const journaled = (name: string, into: string, { journalDir, log }: { journalDir: string; log: Logger }): Promise<EventTable> =>
    openJournal({
      dir: join(journalDir, name),
      into,
      insert,
      areRowsUnfit,
      onRefused: (error, file) => log.error({ err: error, file }, 'the event store refused rows; they are kept in this file'),
      onDelay: (error) => log.warn({ err: error }, 'the event store takes no rows now; they wait in the journal'),
    })

  const spansInto = `spans (${spanRowColumns}) FORMAT RowBinary`
  // Small inserts need no index before they are merged.
  const feedbackInto = `feedback (${feedbackRowColumns}) SETTINGS materialize_skip_indexes_on_insert = 0 FORMAT RowBinary`
  const [spans, feedback] =
    alone === null
      ? // Spans come in streams, where throughput counts; feedback comes from people, who wait for it.
        [direct(spansInto, { pauseShare: 1 }), direct(feedbackInto)]
      : await Promise.all([journaled('spans', spansInto, alone), journaled('feedback', feedbackInto, alone)])
  // Nobody waits for consensus, which can be inferred again: it needs no journal.
  const consensus = direct(`consensus (${consensusRowColumns}) FORMAT RowBinary`)

  async function settled(sql: string): Promise<boolean> {
    const named = [...(/\bspans\b/.test(sql) ? [spans] : []), ...(/\bfeedback\b/.test(sql) ? [feedback] : [])]
    return (await Promise.all(named.map((table) => table.settled()))).every(Boolean)
  }
  return { spans, feedback, consensus, settled }
}
