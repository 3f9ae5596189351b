import type { SpanId, TraceId } from '@plaudit/protocol'
import type { BackfillCursor } from '../db/schema.ts'
import type { EventStore } from '../events/event-store.ts'

/** What a reward model needs to know of a generation. */
export type ScorableSpan = { traceId: TraceId; spanId: SpanId; input: string; output: string }

type Row = { trace_id: TraceId; span_id: SpanId; input_text: string; output_text: string; position_ms: string; scored: number }

/** Spans with the author id of a model's scores already among their feedback are scored. Deleted scores count too: nobody wants them back. */
const isScored = `(trace_id, span_id) IN (
  SELECT trace_id, span_id FROM feedback WHERE project_id = {projectId:String} AND criterion = 'reward' AND author_kind = 'model'
    AND author_id = {author:String}`

/** Reads of generations for scoring. A generation without output has nothing to score. */
export function scorableSpanStore(events: EventStore) {
  /**
   * The next generations in the order of arrival, from `fromMs` (server time) on, that a model has not scored; `arrivedMs` of the last one is
   * where to go on.
   */
  async function arrivals(projectId: string, author: string, fromMs: number, limit: number) {
    const rows = await events.query<Row>(
      `SELECT trace_id, span_id, input_text, output_text, toString(bitShiftRight(ingest_version, 20)) AS position_ms, 0 AS scored FROM spans
       WHERE project_id = {projectId:String} AND kind = 'generation' AND notEmpty(output_text)
         AND ingest_version >= bitShiftLeft({fromMs:UInt64}, 20)
         AND NOT ${isScored} AND received_at >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC'))
       ORDER BY ingest_version LIMIT 1 BY trace_id, span_id LIMIT {limit:UInt32}`,
      { projectId, author, fromMs, limit },
    )
    return rows.map((row) => ({ span: spanOf(row), arrivedMs: Number(row.position_ms) }))
  }

  /** How many generations start in a time. */
  async function count(projectId: string, fromMs: number, toMs: number): Promise<number> {
    const [row] = await events.query<{ n: string }>(
      `SELECT uniqExact(trace_id, span_id) AS n FROM spans WHERE project_id = {projectId:String} AND kind = 'generation'
         AND start_time >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC') AND start_time < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')`,
      { projectId, fromMs, toMs },
    )
    return Number(row?.n ?? 0)
  }

  /** A page of the generations that start in a time, in the order of the table's key, after a cursor; with those that a model has scored. */
  async function page(
    projectId: string,
    author: string,
    { fromMs, toMs, after, limit }: { fromMs: number; toMs: number; after: BackfillCursor | null; limit: number },
  ): Promise<{ span: ScorableSpan; scored: boolean; cursor: BackfillCursor }[]> {
    const [afterMs, afterTrace, afterSpan] = after ?? [0, '', '']
    const rows = await events.query<Row>(
      `SELECT trace_id, span_id, input_text, output_text, toString(toUnixTimestamp(toStartOfHour(start_time)) * 1000) AS position_ms,
         ${isScored}) OR empty(output_text) AS scored
       FROM spans FINAL WHERE project_id = {projectId:String} AND kind = 'generation'
         AND start_time >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC') AND start_time < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')
         AND (toStartOfHour(start_time), trace_id, span_id) > (toDateTime({afterSeconds:UInt32}, 'UTC'), {afterTrace:String}, {afterSpan:String})
       ORDER BY toStartOfHour(start_time), trace_id, span_id LIMIT {limit:UInt32}`,
      { projectId, author, fromMs, toMs, afterSeconds: afterMs / 1000, afterTrace, afterSpan, limit },
    )
    return rows.map((row) => ({
      span: spanOf(row),
      scored: Number(row.scored) === 1,
      cursor: [Number(row.position_ms), row.trace_id, row.span_id],
    }))
  }

  return { arrivals, count, page }
}

function spanOf(row: Row): ScorableSpan {
  return { traceId: row.trace_id, spanId: row.span_id, input: row.input_text, output: row.output_text }
}
