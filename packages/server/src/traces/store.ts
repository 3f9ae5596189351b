import type { Span, TraceCountQuery, TraceFacets, TraceQuery, TraceSummary, TraceId } from '@plaudit/protocol'
import type { EventStore } from '../events/event-store.ts'
import { decodeSpan, spanColumns, type SpanRow } from '../events/span-row.ts'
import { criterionScores, scoreColumns, type ScoreRow } from './criterion-score.ts'
import { traceFilter } from './filter.ts'
import { edgeHour, FOR_EVER_MS, newestFirst, type Position } from './newest-first.ts'
import { summaryColumns, summaryFromRow, type SummaryRow } from './summary.ts'

const DAY_MS = 86_400_000

/** Reads of traces. Where a span was exported twice, the newer counts. */
export function traceStore(events: EventStore) {
  /** The next traces of a list, newest first. */
  function page(projectId: string, query: TraceQuery, after: Position | null, limit: number): Promise<Position[]> {
    return newestFirst(events, projectId, { ...traceFilter(query), column: 'trace_id', from: query.from, to: query.to, after, limit })
  }

  /** How many traces match; each lies where its first span does. */
  async function count(projectId: string, query: TraceCountQuery): Promise<number> {
    const { where, params } = traceFilter(query)
    const time = (value: string | undefined, otherwise: number) => (value === undefined ? otherwise : Date.parse(value))
    const [row] = await events.query<{ traces: string }>(
      `SELECT count() AS traces FROM (
         SELECT toUnixTimestamp64Milli(min(start_time)) AS began FROM spans
         WHERE project_id = {projectId:String} AND start_time >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC') ${where}
         GROUP BY trace_id HAVING began >= {beganMs:Int64} AND began < {toMs:Int64}
       )`,
      { ...params, projectId, fromMs: 0, beganMs: time(query.from, 0), toMs: time(query.to, FOR_EVER_MS) },
    )
    return Number(row?.traces ?? 0)
  }

  /** Those of some traces that match, with their sessions; `fromMs` is not after the first of their spans. */
  async function matching(
    projectId: string,
    query: TraceCountQuery,
    { traceIds, fromMs }: { traceIds: readonly string[]; fromMs: number },
  ): Promise<{ traceId: TraceId; sessionId: string }[]> {
    if (traceIds.length === 0) return []
    const { where, params } = traceFilter(query)
    const time = (value: string | undefined, otherwise: number) => (value === undefined ? otherwise : Date.parse(value))
    const rows = await events.query<{ trace_id: TraceId; session_id: string }>(
      `SELECT trace_id, anyIf(session_id, notEmpty(session_id)) AS session_id, toUnixTimestamp64Milli(min(start_time)) AS began FROM spans
       WHERE project_id = {projectId:String} AND start_time >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC')
         AND trace_id IN {traceIds:Array(String)} ${where}
       GROUP BY trace_id HAVING began >= {beganMs:Int64} AND began < {toMs:Int64} ORDER BY trace_id`,
      { ...params, projectId, traceIds, fromMs, beganMs: time(query.from, 0), toMs: time(query.to, FOR_EVER_MS) },
    )
    return rows.map((row) => ({ traceId: row.trace_id, sessionId: row.session_id }))
  }

  /** The traces of these ids in short, in the order given; `fromMs` is not after the first of their spans. Ids without spans are left out. */
  async function summaries(projectId: string, traceIds: string[], fromMs = 0): Promise<TraceSummary[]> {
    if (traceIds.length === 0) return []
    const params = { projectId, traceIds, fromMs }
    const [rows, scores] = await Promise.all([
      events.query<SummaryRow>(
        `SELECT ${summaryColumns} FROM (
           SELECT * FROM spans WHERE project_id = {projectId:String} AND trace_id IN {traceIds:Array(String)}
             AND start_time >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC')
           ORDER BY ingest_version DESC LIMIT 1 BY trace_id, span_id
         ) AS span GROUP BY trace_id`,
        params,
      ),
      // The ids are part of the order that FINAL goes by, so that the other columns are read for these traces alone.
      events.query<ScoreRow & { trace_id: string }>(
        `SELECT trace_id, ${scoreColumns} FROM feedback FINAL PREWHERE project_id = {projectId:String} AND trace_id IN {traceIds:Array(String)}
         GROUP BY trace_id, criterion, kind, author_kind ORDER BY criterion, kind, author_kind`,
        params,
      ),
    ])
    const scoresOf = Map.groupBy(scores, (score) => score.trace_id)
    const byId = new Map(rows.map((row) => [row.trace_id, summaryFromRow(row, criterionScores(scoresOf.get(row.trace_id) ?? []))]))
    return traceIds.flatMap((id) => byId.get(id) ?? [])
  }

  /** The spans of a trace, by start, an enclosing span before those inside it. */
  async function spans(projectId: string, traceId: string): Promise<Span[]> {
    const rows = await events.query<SpanRow>(
      `SELECT ${spanColumns} FROM (
         SELECT * FROM spans WHERE project_id = {projectId:String} AND trace_id = {traceId:String} ORDER BY ingest_version DESC LIMIT 1 BY span_id
       ) ORDER BY start_time, end_time DESC, span_id`,
      { projectId, traceId },
    )
    return rows.map(decodeSpan)
  }

  /** Distinct values of the newest 30 days of data, most frequent first, at most 100 of each. */
  async function facets(projectId: string): Promise<TraceFacets> {
    const newestMs = await edgeHour(events, projectId, 'DESC')
    const top = (column: string) => `topKIf(100)(${column}, notEmpty(${column}))`
    const [[row], criteria] = await Promise.all([
      events.query<Record<'models' | 'prompt_names' | 'prompt_versions' | 'environments' | 'metadata_keys', string[]>>(
        `SELECT ${top('model')} AS models, ${top('prompt_name')} AS prompt_names, ${top('prompt_version')} AS prompt_versions,
           ${top('environment')} AS environments, topKArray(100)(metadata.keys) AS metadata_keys
         FROM spans WHERE project_id = {projectId:String} AND start_time >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC')`,
        { projectId, fromMs: Math.max(0, (newestMs ?? 0) - 30 * DAY_MS) },
      ),
      events.query<{ criterion: string }>(
        `SELECT criterion FROM feedback FINAL WHERE project_id = {projectId:String} GROUP BY criterion ORDER BY count() DESC, criterion LIMIT 100`,
        { projectId },
      ),
    ])
    return {
      models: row?.models ?? [],
      promptNames: row?.prompt_names ?? [],
      promptVersions: row?.prompt_versions ?? [],
      environments: row?.environments ?? [],
      metadataKeys: row?.metadata_keys ?? [],
      criteria: criteria.map((one) => one.criterion),
    }
  }

  return { matching, page, count, summaries, spans, facets }
}
