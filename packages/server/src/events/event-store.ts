import type { Feedback, Span } from '@plaudit/protocol'
import type { Clickhouse } from '../db/clickhouse.ts'
import { type ConsensusRow, encodeConsensus } from './consensus-row.ts'
import { encodeFeedback } from './feedback-row.ts'
import { groupCommit } from './group-commit.ts'
import { encodeRows } from './rows.ts'
import { serverClock } from './server-clock.ts'
import { encodeSpan } from './span-row.ts'

/** Spans and feedback: appended with group commit, read with SQL by the features' stores. */
export type EventStore = {
  /** Resolves once every span is on disk. A span that was there before (same trace, span and start) replaces it. */
  appendSpans(projectId: string, spans: readonly Span[]): Promise<void>
  /** Resolves once every judgment is on disk and visible. A newer one of the same identity supersedes. */
  appendFeedback(projectId: string, feedback: readonly Feedback[]): Promise<void>
  /** Removes judgments by appending the rows that say so. */
  deleteFeedback(projectId: string, feedback: readonly Feedback[]): Promise<void>
  /**
   * Calls `listener` after spans of a project are on disk; returns how to stop that. A hint to look at the store, not a queue: it is not kept
   * over a restart, and other processes write too. The listener must return at once and not throw.
   */
  onSpans(listener: (projectId: string) => void): () => void
  /** Calls `listener` after feedback of a project is on disk or removed; otherwise as `onSpans`. */
  onFeedback(listener: (projectId: string) => void): () => void
  /** Appends the consensus of items, as lines of `encodeConsensus`. Resolves once they are on disk. */
  appendConsensus(projectId: string, rows: readonly ConsensusRow[]): Promise<void>
  /** Erases everything of a project, for good. Resolves once it is gone from disk; may be repeated. */
  eraseProject(projectId: string): Promise<void>
  /** How much waits to be written, by table, in bytes. */
  waiting(): { spans: number; feedback: number }
  query: Clickhouse['query']
  stream: Clickhouse['stream']
  ping: Clickhouse['ping']
  /** Writes what was accepted, then lets go of the connection. */
  close(): Promise<void>
}

export function openEventStore(clickhouse: Clickhouse): EventStore {
  const nextVersion = serverClock()
  const committer = (table: string, pauseShare: number) =>
    groupCommit({ write: ({ chunks }, token) => clickhouse.insertJsonLines(table, chunks, token), pauseShare })
  // Spans come in streams, where throughput counts; feedback comes from people, who wait for it.
  const spans = committer('spans', 1)
  const feedback = committer('feedback', 0)
  const consensus = committer('consensus', 0)
  const listeners = new Set<(projectId: string) => void>()
  const feedbackListeners = new Set<(projectId: string) => void>()
  const tell = (projectId: string) => {
    for (const listener of feedbackListeners) listener(projectId)
  }
  return {
    async appendSpans(projectId, records) {
      await spans.append(encodeRows(lines(records, (span) => encodeSpan(projectId, span, nextVersion()))))
      if (records.length > 0) for (const listener of listeners) listener(projectId)
    },
    async appendFeedback(projectId, records) {
      await feedback.append(encodeRows(lines(records, (one) => encodeFeedback(projectId, one, nextVersion()))))
      if (records.length > 0) tell(projectId)
    },
    async deleteFeedback(projectId, records) {
      await feedback.append(encodeRows(lines(records, (one) => encodeFeedback(projectId, one, nextVersion(), true))))
      if (records.length > 0) tell(projectId)
    },
    appendConsensus: (projectId, rows) =>
      consensus.append(encodeRows(lines(rows, (row) => encodeConsensus(projectId, row, nextVersion())))),
    onSpans(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onFeedback(listener) {
      feedbackListeners.add(listener)
      return () => feedbackListeners.delete(listener)
    },
    async eraseProject(projectId) {
      for (const table of ['spans', 'feedback', 'consensus'])
        await clickhouse.command(`ALTER TABLE ${table} DELETE WHERE project_id = {projectId:String} SETTINGS mutations_sync = 2`, {
          projectId,
        })
    },
    waiting: () => ({ spans: spans.waitingBytes(), feedback: feedback.waitingBytes() }),
    query: (sql, params) => clickhouse.query(sql, params),
    stream: (sql, params) => clickhouse.stream(sql, params),
    ping: () => clickhouse.ping(),
    async close() {
      await Promise.all([spans.drain(), feedback.drain(), consensus.drain()])
      await clickhouse.close()
    },
  }
}

/** One line at a time, so that each can go before the next is made. */
function* lines<T>(records: Iterable<T>, encode: (record: T) => string): Generator<string> {
  for (const record of records) yield encode(record)
}
