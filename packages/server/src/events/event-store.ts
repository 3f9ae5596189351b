import type { Feedback, Span } from '@plaudit/protocol'
import type { Clickhouse } from '../db/clickhouse.ts'
import { encodeFeedback } from './feedback-row.ts'
import { groupCommit } from './group-commit.ts'
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
  /** Erases everything of a project, for good. Resolves once it is gone from disk; may be repeated. */
  eraseProject(projectId: string): Promise<void>
  /** How much waits to be written, by table, in UTF-16 units. */
  waiting(): { spans: number; feedback: number }
  query: Clickhouse['query']
  ping: Clickhouse['ping']
  /** Writes what was accepted, then lets go of the connection. */
  close(): Promise<void>
}

export function openEventStore(clickhouse: Clickhouse): EventStore {
  const nextVersion = serverClock()
  const committer = (table: string) => groupCommit({ write: (lines, token) => clickhouse.insertJsonLines(table, lines, token) })
  const spans = committer('spans')
  const feedback = committer('feedback')
  const listeners = new Set<(projectId: string) => void>()
  return {
    async appendSpans(projectId, records) {
      await spans.append(records.map((span) => encodeSpan(projectId, span, nextVersion())))
      if (records.length > 0) for (const listener of listeners) listener(projectId)
    },
    appendFeedback: (projectId, records) => feedback.append(records.map((one) => encodeFeedback(projectId, one, nextVersion()))),
    deleteFeedback: (projectId, records) => feedback.append(records.map((one) => encodeFeedback(projectId, one, nextVersion(), true))),
    onSpans(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async eraseProject(projectId) {
      for (const table of ['spans', 'feedback'])
        await clickhouse.command(`ALTER TABLE ${table} DELETE WHERE project_id = {projectId:String} SETTINGS mutations_sync = 2`, { projectId })
    },
    waiting: () => ({ spans: spans.waitingLength(), feedback: feedback.waitingLength() }),
    query: (sql, params) => clickhouse.query(sql, params),
    ping: () => clickhouse.ping(),
    async close() {
      await Promise.all([spans.drain(), feedback.drain()])
      await clickhouse.close()
    },
  }
}
