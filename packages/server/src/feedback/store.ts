import type { Feedback, FeedbackQuery } from '@plaudit/protocol'
import type { EventStore } from '../events/event-store.ts'
import { decodeFeedback, feedbackColumns, type FeedbackRow } from '../events/feedback-row.ts'

/** Where a list ended: the time of its last judgment in milliseconds, and that judgment's id. */
export type FeedbackPosition = { timeMs: number; id: string }

export type FeedbackKey = { projectId: string; id: string }

/** The conditions of a list, by query parameter. */
const conditions = {
  // A comparison is filed under its first output and is found under every one.
  traceId: `(trace_id = {traceId:String} OR (target_kind = 'comparison' AND arrayExists(output -> startsWith(output, {traceId:String}), outputs)))`,
  spanId: `(span_id = {spanId:String} OR (target_kind = 'comparison' AND arrayExists(output -> endsWith(output, {spanId:String}), outputs)))`,
  sessionId: 'session_id = {sessionId:String}',
  criterion: 'criterion = {criterion:String}',
  kind: 'kind = {kind:String}',
  author: 'author_id = {author:String}',
  authorKind: 'author_kind = {authorKind:String}',
  from: 'time >= parseDateTime64BestEffort({from:String}, 3)',
  to: 'time < parseDateTime64BestEffort({to:String}, 3)',
} as const satisfies Partial<Record<keyof FeedbackQuery, string>>

/** Reads of feedback. What is written goes through the event store, which groups commits. */
export function feedbackStore(events: EventStore) {
  /** Judgments that match, newest first, after a position. */
  async function list(projectId: string, query: FeedbackQuery, after: FeedbackPosition | null, limit: number): Promise<Feedback[]> {
    const names = (Object.keys(conditions) as (keyof typeof conditions)[]).filter((name) => query[name] !== undefined)
    const where = ['project_id = {projectId:String}', ...names.map((name) => conditions[name])]
    if (after !== null) where.push(`(time, feedback_id) < (fromUnixTimestamp64Milli({afterMs:Int64}, 'UTC'), {afterId:String})`)
    const rows = await events.query<FeedbackRow>(
      `SELECT ${feedbackColumns} FROM feedback FINAL WHERE ${where.join(' AND ')} ORDER BY time DESC, feedback_id DESC LIMIT {limit:UInt32}`,
      {
        projectId,
        limit,
        ...Object.fromEntries(names.map((name) => [name, query[name]])),
        ...(after === null ? {} : { afterMs: after.timeMs, afterId: after.id }),
      },
    )
    return rows.map(decodeFeedback)
  }

  /** The judgments with these ids that stand (not superseded, not deleted). */
  async function byIds(projectId: string, ids: readonly string[]): Promise<Feedback[]> {
    if (ids.length === 0) return []
    // The inner select finds the places by the id's index; FINAL then reads only those.
    const rows = await events.query<FeedbackRow>(
      `SELECT ${feedbackColumns} FROM feedback FINAL
       WHERE project_id = {projectId:String} AND feedback_id IN {ids:Array(String)} AND (trace_id, span_id, identity) IN (
         SELECT trace_id, span_id, identity FROM feedback WHERE project_id = {projectId:String} AND feedback_id IN {ids:Array(String)})`,
      { projectId, ids },
    )
    return rows.map(decodeFeedback)
  }

  /**
   * Which identities were ever written under these ids, also superseded and deleted ones: cheaper than `byIds`, and enough to know that an id
   * is new or used for the same judgment.
   */
  async function identitiesOf(keys: readonly FeedbackKey[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const projects = Map.groupBy(keys, ({ projectId }) => projectId)
    const found = new Map<string, Set<string>>()
    await Promise.all(
      [...projects].map(async ([projectId, ofProject]) => {
        const rows = await events.query<{ feedback_id: string; identity: string }>(
          'SELECT feedback_id, identity FROM feedback WHERE project_id = {projectId:String} AND feedback_id IN {ids:Array(String)}',
          { projectId, ids: ofProject.map(({ id }) => id) },
        )
        for (const row of rows) {
          const key = `${projectId} ${row.feedback_id}`
          found.set(key, (found.get(key) ?? new Set()).add(row.identity))
        }
      }),
    )
    return found
  }

  return { list, byIds, identitiesOf }
}
