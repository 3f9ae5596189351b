import type { Span, SpanRef } from '@plaudit/protocol'
import type { EventStore } from '../events/event-store.ts'
import { decodeSpan, spanColumns, type SpanRow } from '../events/span-row.ts'

/** Reads what a queue's items are about. */
export function contentStore(events: EventStore) {
  const select = async (projectId: string, where: string, params: Record<string, unknown>): Promise<Span[]> => {
    const rows = await events.query<SpanRow>(
      `SELECT ${spanColumns} FROM (
         SELECT * FROM spans WHERE project_id = {projectId:String} AND ${where} ORDER BY ingest_version DESC LIMIT 1 BY trace_id, span_id
       ) ORDER BY start_time, span_id`,
      { projectId, ...params },
    )
    return rows.map(decodeSpan)
  }

  /** Spans by their references, in no order; those that have not arrived are missing. */
  const spans = (projectId: string, refs: readonly SpanRef[]): Promise<Span[]> =>
    refs.length === 0
      ? Promise.resolve([])
      : select(projectId, 'trace_id IN {traceIds:Array(String)} AND (trace_id, span_id) IN {refs:Array(Tuple(String, String))}', {
          traceIds: refs.map(({ traceId }) => traceId),
          refs: refs.map(({ traceId, spanId }) => ({ 0: traceId, 1: spanId })),
        })

  /** All spans of a trace, by start. */
  const trace = (projectId: string, traceId: string): Promise<Span[]> => select(projectId, 'trace_id = {traceId:String}', { traceId })

  /** Generations of a session, by start, at most 500. */
  const session = async (projectId: string, sessionId: string): Promise<Span[]> =>
    (await select(projectId, "session_id = {sessionId:String} AND kind = 'generation'", { sessionId })).slice(0, 500)

  return { spans, trace, session }
}
