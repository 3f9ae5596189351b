import { ApiError, type Feedback, type Span } from '@plaudit/protocol'
import type { Logger } from 'pino'
import type { Clickhouse } from '../db/clickhouse.ts'
import { type ConsensusRow, writeConsensus } from './consensus-row.ts'
import { openTables } from './event-table.ts'
import { feedbackIds } from './feedback-ids.ts'
import { writeFeedback } from './feedback-row.ts'
import { RowWriter } from './row-writer.ts'
import { serverClock } from './server-clock.ts'
import { writeSpan } from './span-row.ts'

/** Spans on their way to the store. */
export type SpanBatch = {
  /** Encodes a span at once, so that nothing of it is kept in memory but its bytes. */
  add(span: Span): void
  /** Resolves once every span that was added is on disk. To be called once. */
  append(): Promise<void>
}

/** Spans and feedback: appended with group commit, through a journal where nobody else writes, and read with SQL by the features' stores. */
export type EventStore = {
  /** Resolves once every span is on disk. A span that was there before (same trace, span and start) is replaced. */
  appendSpans(projectId: string, spans: readonly Span[]): Promise<void>
  /** The same for spans that come one by one. */
  spanBatch(projectId: string): SpanBatch
  /** Resolves once every judgment is on disk. A newer one of the same identity supersedes. */
  appendFeedback(projectId: string, feedback: readonly Feedback[]): Promise<void>
  /** True when no feedback was ever written under the id, and this is the first claim of it; false when the store has to be asked. */
  claimFeedbackId(projectId: string, id: string): boolean
  /** Removes judgments by appending the rows that say so. */
  deleteFeedback(projectId: string, feedback: readonly Feedback[]): Promise<void>
  /**
   * Calls `listener` after spans of a project are on disk; returns how to stop that. A hint to look at the store, not a queue: it is not kept
   * over a restart, and other processes write too. The listener must return at once and not throw.
   */
  onSpans(listener: (projectId: string) => void): () => void
  /** Calls `listener` after feedback of a project is on disk or removed; otherwise as `onSpans`. */
  onFeedback(listener: (projectId: string) => void): () => void
  /** Appends the consensus of items. Resolves once it is on disk. */
  appendConsensus(projectId: string, rows: readonly ConsensusRow[]): Promise<void>
  /** Erases everything of a project, for good. Resolves once it is gone from disk; may be repeated. */
  eraseProject(projectId: string): Promise<void>
  /** How much waits to be written, by table, in bytes. */
  waiting(): { spans: number; feedback: number }
  /** Sees everything that was acknowledged before, in the tables that the statement names. */
  query: Clickhouse['query']
  stream: Clickhouse['stream']
  ping: Clickhouse['ping']
  /** Writes what was accepted, then lets go of the connection. */
  close(): Promise<void>
}

/**
 * @param alone given where no other process writes to the store: rows are acknowledged once they are in a journal in `journalDir`. Otherwise
 * once the store itself has them, which takes longer.
 */
export async function openEventStore(
  clickhouse: Clickhouse,
  alone: { journalDir: string; log: Logger } | null = null,
): Promise<EventStore> {
  const nextVersion = serverClock()
  const { spans, feedback, consensus, settled } = await openTables(clickhouse, alone)
  const query: EventStore['query'] = async (sql, params) => {
    await settled(sql)
    return clickhouse.query(sql, params)
  }
  const stream: EventStore['stream'] = async function* (sql, params) {
    await settled(sql)
    yield* clickhouse.stream(sql, params)
  }
  const ids = alone === null ? null : feedbackIds({ stream })
  const listeners = new Set<(projectId: string) => void>()
  const feedbackListeners = new Set<(projectId: string) => void>()
  const appendFeedback = async (projectId: string, records: readonly Feedback[], deleted: boolean) => {
    const rows = new RowWriter()
    for (const one of records) {
      ids?.add(projectId, one.id)
      writeFeedback(rows, projectId, one, nextVersion(), deleted)
    }
    await feedback.append(rows.finish(records.length))
    if (records.length > 0) for (const listener of feedbackListeners) listener(projectId)
  }
  const spanBatch = (projectId: string): SpanBatch => {
    const rows = new RowWriter()
    let count = 0
    return {
      add(span) {
        writeSpan(rows, projectId, span, nextVersion())
        count += 1
      },
      async append() {
        await spans.append(rows.finish(count))
        if (count > 0) for (const listener of listeners) listener(projectId)
      },
    }
  }
  return {
    appendSpans(projectId, records) {
      const batch = spanBatch(projectId)
      for (const span of records) batch.add(span)
      return batch.append()
    },
    spanBatch,
    appendFeedback: (projectId, records) => appendFeedback(projectId, records, false),
    claimFeedbackId: (projectId, id) => ids?.claim(projectId, id) ?? false,
    deleteFeedback: (projectId, records) => appendFeedback(projectId, records, true),
    appendConsensus(projectId, records) {
      const rows = new RowWriter()
      for (const one of records) writeConsensus(rows, projectId, one, nextVersion())
      return consensus.append(rows.finish(records.length))
    },
    onSpans(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onFeedback(listener) {
      feedbackListeners.add(listener)
      return () => feedbackListeners.delete(listener)
    },
    async eraseProject(projectId) {
      // What came in later would bring the project back.
      if (!(await settled('spans feedback')))
        throw new ApiError('overloaded', 'The event store is behind, so that a project cannot be erased now. Try again later.')
      for (const table of ['spans', 'feedback', 'consensus'])
        await clickhouse.command(`ALTER TABLE ${table} DELETE WHERE project_id = {projectId:String} SETTINGS mutations_sync = 2`, {
          projectId,
        })
    },
    waiting: () => ({ spans: spans.waitingBytes(), feedback: feedback.waitingBytes() }),
    query,
    stream,
    ping: () => clickhouse.ping(),
    async close() {
      await Promise.all([spans.close(), feedback.close(), consensus.close()])
      await clickhouse.close()
    },
  }
}
