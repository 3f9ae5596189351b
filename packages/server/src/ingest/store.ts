import type { EventStore } from '../events/event-store.ts'

/** How far back a response is searched for, in days. */
const SEARCHED_DAYS = 30

/** The one read that ingest needs. */
export function ingestStore(events: EventStore) {
  /** The newest generation that produced each of these responses. */
  async function spansOfResponses(
    projectId: string,
    responseIds: readonly string[],
    now: Date,
  ): Promise<Map<string, { traceId: string; spanId: string }>> {
    if (responseIds.length === 0) return new Map()
    const rows = await events.query<{ response_id: string; trace_id: string; span_id: string }>(
      `SELECT attributes['gen_ai.response.id'] AS response_id, argMax(trace_id, start_time) AS trace_id, argMax(span_id, start_time) AS span_id
       FROM spans
       WHERE project_id = {projectId:String} AND start_time >= parseDateTime64BestEffort({since:String}, 3)
         AND attributes['gen_ai.response.id'] IN {responseIds:Array(String)}
       GROUP BY response_id`,
      { projectId, responseIds: [...responseIds], since: new Date(now.getTime() - SEARCHED_DAYS * 86_400_000).toISOString() },
    )
    return new Map(rows.map((row) => [row.response_id, { traceId: row.trace_id, spanId: row.span_id }]))
  }

  return { spansOfResponses }
}
