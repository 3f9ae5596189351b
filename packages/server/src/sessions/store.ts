import type { SessionQuery, SessionSummary } from '@plaudit/protocol'
import type { EventStore } from '../events/event-store.ts'
import { criterionScores, scoreColumns, type ScoreRow } from '../traces/criterion-score.ts'
import { newestFirst, type Position } from '../traces/newest-first.ts'

type SessionRow = { session_id: string; start_ms: string; end_ms: string; user_id: string; trace_ids: string[] }

/** Reads of sessions: the traces that share a session id. A session begins with its first span. */
export function sessionStore(events: EventStore) {
  /** The next sessions of a list, newest first. */
  function page(projectId: string, query: SessionQuery, after: Position | null, limit: number): Promise<Position[]> {
    const ofUser = `AND session_id IN (SELECT session_id FROM spans FINAL WHERE project_id = {projectId:String}
      AND start_time >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC') AND user_id = {userId:String})`
    const filter = query.userId === undefined ? { where: '', params: {} } : { where: ofUser, params: { userId: query.userId } }
    return newestFirst(events, projectId, { ...filter, column: 'session_id', from: query.from, to: query.to, after, limit })
  }

  /** The sessions of these ids in short, in the order given. Ids without spans are left out. */
  async function summaries(projectId: string, sessionIds: string[]): Promise<SessionSummary[]> {
    if (sessionIds.length === 0) return []
    const rows = await events.query<SessionRow>(
      `SELECT session_id, toUnixTimestamp64Milli(min(start_time)) AS start_ms, toUnixTimestamp64Milli(max(end_time)) AS end_ms,
         anyIf(user_id, notEmpty(user_id)) AS user_id, groupUniqArray(trace_id) AS trace_ids
       FROM spans WHERE project_id = {projectId:String} AND session_id IN {sessionIds:Array(String)} GROUP BY session_id`,
      { projectId, sessionIds },
    )
    const scores = await events.query<ScoreRow & { trace_id: string; session_id: string }>(
      `SELECT trace_id, session_id, ${scoreColumns} FROM feedback FINAL
       WHERE project_id = {projectId:String} AND (trace_id IN {traceIds:Array(String)} OR session_id IN {sessionIds:Array(String)})
       GROUP BY trace_id, session_id, criterion, kind, author_kind ORDER BY criterion, kind, author_kind`,
      { projectId, sessionIds, traceIds: rows.flatMap((row) => row.trace_ids) },
    )
    const [onTrace, onSession] = [Map.groupBy(scores, (score) => score.trace_id), Map.groupBy(scores, (score) => score.session_id)]
    const byId = new Map(
      rows.map((row): [string, SessionSummary] => {
        const own = [...(onSession.get(row.session_id) ?? []), ...row.trace_ids.flatMap((id) => onTrace.get(id) ?? [])]
        return [
          row.session_id,
          {
            sessionId: row.session_id,
            startTime: new Date(Number(row.start_ms)).toISOString(),
            endTime: new Date(Number(row.end_ms)).toISOString(),
            traceCount: row.trace_ids.length,
            userId: row.user_id,
            feedback: criterionScores(own),
          },
        ]
      }),
    )
    return sessionIds.flatMap((id) => byId.get(id) ?? [])
  }

  /** The traces of a session by start, the first `limit`. */
  async function traceIds(projectId: string, sessionId: string, limit: number): Promise<string[]> {
    const rows = await events.query<{ trace_id: string }>(
      `SELECT trace_id FROM spans WHERE project_id = {projectId:String} AND session_id = {sessionId:String}
       GROUP BY trace_id ORDER BY min(start_time), trace_id LIMIT {limit:UInt32}`,
      { projectId, sessionId, limit },
    )
    return rows.map((row) => row.trace_id)
  }

  return { page, summaries, traceIds }
}
