import { sql } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { EventStore } from '../events/event-store.ts'

/** A queue with a standing rule, and up to when the rule has looked at the traffic. */
export type RuledQueue = { id: string; projectId: string; fromMs: number }
/** Traces that something was written about in a time, and how far that looked. */
export type Arrivals = { traceIds: string[]; startMs: number; reachedMs: number }

/** How far standing rules have come, and what has arrived since. */
export function ruleStore(db: Db, events: EventStore) {
  async function ruledQueues(): Promise<RuledQueue[]> {
    const { rows } = await sql<{ id: string; project_id: string; rule_from: Date }>`
      SELECT id, project_id, rule_from FROM queue WHERE state = 'open' AND rule_from IS NOT NULL AND settings -> 'rule' <> 'null'::jsonb`.execute(
      db,
    )
    return rows.map((row) => ({ id: row.id, projectId: row.project_id, fromMs: row.rule_from.getTime() }))
  }

  /** Moves a rule on; never back, when two servers look at the same time. */
  async function setReached(queueId: string, reached: Date): Promise<void> {
    await db.updateTable('queue').set({ rule_from: reached }).where('id', '=', queueId).where('rule_from', '<', reached).execute()
  }

  /**
   * Traces with a span or a judgment that arrived from `fromMs` up to `toMs` (server time), in the order of arrival, at most `limit`. When there
   * are more, `reachedMs` is where to go on.
   */
  async function arrivals(projectId: string, fromMs: number, toMs: number, limit: number): Promise<Arrivals> {
    const rows = await events.query<{ trace_id: string; start_ms: string; arrived_ms: string }>(
      `SELECT trace_id, toUnixTimestamp64Milli(min(start_time)) AS start_ms, min(arrived) AS arrived_ms FROM (
         SELECT trace_id, start_time, bitShiftRight(ingest_version, 20) AS arrived FROM spans
         WHERE project_id = {projectId:String} AND ingest_version >= bitShiftLeft({fromMs:UInt64}, 20) AND ingest_version < bitShiftLeft({toMs:UInt64}, 20)
         UNION ALL
         SELECT trace_id, time AS start_time, bitShiftRight(version, 20) AS arrived FROM feedback
         WHERE project_id = {projectId:String} AND notEmpty(trace_id) AND version >= bitShiftLeft({fromMs:UInt64}, 20)
           AND version < bitShiftLeft({toMs:UInt64}, 20)
       ) GROUP BY trace_id ORDER BY arrived_ms, trace_id LIMIT {limit:UInt32}`,
      { projectId, fromMs, toMs, limit: limit + 1 },
    )
    const some = rows.slice(0, limit)
    const next = rows[limit]
    return {
      traceIds: some.map((row) => row.trace_id),
      startMs: Math.min(...some.map((row) => Number(row.start_ms))),
      // What arrived in the same millisecond as the first that is left comes again.
      reachedMs: next === undefined ? toMs : Math.max(fromMs + 1, Number(next.arrived_ms)),
    }
  }

  return { ruledQueues, setReached, arrivals }
}
