import type { CriterionScore, TraceFacets, TraceQuery, TraceSummary } from '@plaudit/protocol'
import type { EventStore } from '../events/event-store.ts'
import { traceFilter } from './filter.ts'
import { summaryColumns, summaryFromRow, type SummaryRow } from './summary.ts'

const HOUR_MS = 3_600_000

/** Where a list ended: the start of its last trace in milliseconds, and that trace's id. */
export type TracePosition = { startMs: number; traceId: string }

/**
 * Reads of traces and sessions. A trace is listed by the start of its first span, newest first.
 *
 * The newest page never reads the whole table: it looks at the last hour of data first and widens the window fourfold until the page is
 * full. A trace longer than `HOUR_MS` that crosses a window's edge can appear on two pages.
 */
export function traceStore(events: EventStore) {
  /** Start of the newest span at or before `beforeMs`, or null when there is none. */
  async function newestStart(projectId: string, beforeMs: number): Promise<number | null> {
    const [row] = await events.query<{ newest: string; n: string }>(
      `SELECT toUnixTimestamp64Milli(max(start_time)) AS newest, count() AS n FROM spans
       WHERE project_id = {projectId:String} AND start_time <= fromUnixTimestamp64Milli({beforeMs:Int64}, 'UTC')`,
      { projectId, beforeMs },
    )
    return row === undefined || Number(row.n) === 0 ? null : Number(row.newest)
  }

  async function oldestStart(projectId: string): Promise<number> {
    const [row] = await events.query<{ oldest: string }>(
      `SELECT toUnixTimestamp64Milli(min(start_time)) AS oldest FROM spans WHERE project_id = {projectId:String}`,
      { projectId },
    )
    return Number(row?.oldest ?? 0)
  }

  /** The next trace ids of a list, newest first, at most `limit`. */
  async function pageOfIds(projectId: string, query: TraceQuery, after: TracePosition | null, limit: number): Promise<TracePosition[]> {
    const upper = after?.startMs ?? (query.to === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(query.to))
    const newest = await newestStart(projectId, Math.min(upper, 4_102_444_800_000))
    if (newest === null) return []
    const oldest = Math.max(await oldestStart(projectId), query.from === undefined ? 0 : Date.parse(query.from))
    const filter = traceFilter(query)
    for (let windowMs = HOUR_MS; ; windowMs *= 4) {
      const fromMs = Math.max(oldest, newest - windowMs)
      const found = await events.query<{ trace_id: string; start_ms: string }>(
        `SELECT trace_id, toUnixTimestamp64Milli(min(start_time)) AS start_ms FROM spans
         WHERE project_id = {projectId:String} AND start_time >= fromUnixTimestamp64Milli({readFromMs:Int64}, 'UTC')
           AND start_time <= fromUnixTimestamp64Milli({readToMs:Int64}, 'UTC') ${filter.where}
         GROUP BY trace_id
         HAVING start_ms >= {fromMs:Int64} AND (start_ms, trace_id) < ({afterMs:Int64}, {afterId:String}) ${filter.having}
         ORDER BY start_ms DESC, trace_id DESC LIMIT {limit:UInt32}`,
        {
          projectId,
          fromMs,
          // Spans of a trace that begins just inside the window can lie just outside it.
          readFromMs: Math.max(0, fromMs - HOUR_MS),
          readToMs: newest + HOUR_MS,
          afterMs: after?.startMs ?? newest + 1,
          afterId: after?.traceId ?? '',
          limit,
          ...filter.params,
        },
      )
      if (found.length >= limit || fromMs <= oldest) return found.map((row) => ({ startMs: Number(row.start_ms), traceId: row.trace_id }))
    }
  }

  /** The traces of these ids in short, in the order given. Ids without spans are left out. */
  async function summaries(projectId: string, traceIds: string[]): Promise<TraceSummary[]> {
    if (traceIds.length === 0) return []
    const params = { projectId, traceIds }
    const [rows, scores] = await Promise.all([
      events.query<SummaryRow>(
        `SELECT ${summaryColumns} FROM (
           SELECT * FROM spans WHERE project_id = {projectId:String} AND trace_id IN {traceIds:Array(String)}
           ORDER BY ingest_version DESC LIMIT 1 BY trace_id, span_id
         ) GROUP BY trace_id`,
        params,
      ),
      events.query<{ trace_id: string; criterion: string; mean: number | null; n: string }>(
        `SELECT trace_id, criterion, avg(score) AS mean, count() AS n FROM feedback FINAL
         WHERE project_id = {projectId:String} AND trace_id IN {traceIds:Array(String)}
         GROUP BY trace_id, criterion ORDER BY trace_id, criterion`,
        params,
      ),
    ])
    const feedbackOf = Map.groupBy(scores, (score) => score.trace_id)
    const byId = new Map(rows.map((row) => [row.trace_id, summaryFromRow(row, (feedbackOf.get(row.trace_id) ?? []).map(criterionScore))]))
    return traceIds.flatMap((id) => byId.get(id) ?? [])
  }

  /** Distinct values of the newest 30 days of data, most frequent first, at most 100 of each. */
  async function facets(projectId: string): Promise<TraceFacets> {
    const top = (column: string) => `arrayFilter(value -> value != '', topK(100)(${column}))`
    const [[row], criteria] = await Promise.all([
      events.query<Record<'models' | 'prompt_names' | 'prompt_versions' | 'environments' | 'metadata_keys', string[]>>(
        `SELECT ${top('model')} AS models, ${top('prompt_name')} AS prompt_names, ${top('prompt_version')} AS prompt_versions,
           ${top('environment')} AS environments, topKArray(100)(mapKeys(metadata)) AS metadata_keys
         FROM spans WHERE project_id = {projectId:String} AND start_time >= now() - INTERVAL 30 DAY`,
        { projectId },
      ),
      events.query<{ criterion: string }>(
        `SELECT criterion FROM feedback FINAL WHERE project_id = {projectId:String} GROUP BY criterion ORDER BY count() DESC LIMIT 100`,
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

  return { pageOfIds, summaries, facets }
}

export function criterionScore(row: { criterion: string; mean: number | null; n: string }): CriterionScore {
  return { criterion: row.criterion, mean: row.mean, n: Number(row.n) }
}
