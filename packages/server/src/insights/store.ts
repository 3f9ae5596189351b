import type { OverviewQuery } from '@plaudit/protocol'
import type { EventStore } from '../events/event-store.ts'

/** Which feedback and spans an overview is about. Times in milliseconds since the epoch, `toMs` exclusive. */
export type Window = { fromMs: number; toMs: number; bucketMs: number }

/**
 * Sums over clusters (traces), from which a mean and its cluster-robust interval follow without any score leaving the database: with s the
 * sum and m the number of a trace's scores, `sum` = Σs, `n` = Σm, `sumSquares` = Σs², `crossProducts` = Σs·m, `sizeSquares` = Σm².
 */
export type ClusterSums = { clusters: number; n: number; sum: number; sumSquares: number; crossProducts: number; sizeSquares: number }

export type Slice = { criterion: string; kind: string; authorKind: 'human' | 'model' | 'code' }
export type VariantSlice = Slice & { promptName: string; promptVersion: string; model: string; bucket: number | null; sums: ClusterSums }

type SumsRow = Record<'clusters' | 'n' | 'sum' | 'sum_squares' | 'cross_products' | 'size_squares', string | number>
type SliceRow = SumsRow & { criterion: string; kind: string; author_kind: Slice['authorKind'] }
type VariantRow = SliceRow & { prompt_name: string; prompt_version: string; model: string; bucket: string; whole: number }

const clusterSums = `count() AS clusters, sum(m) AS n, sum(s) AS sum, sum(s * s) AS sum_squares, sum(s * m) AS cross_products, sum(m * m) AS size_squares`

/** Reads for the overview. */
export function overviewStore(events: EventStore) {
  const spanFilter = (query: OverviewQuery) =>
    [
      query.promptName === undefined ? '' : 'AND prompt_name = {promptName:String}',
      query.environment === undefined ? '' : 'AND environment = {environment:String}',
    ].join(' ')

  const params = (projectId: string, window: Window, query: OverviewQuery) => ({ projectId, ...window, ...query })

  const inWindow = (column: string) =>
    `${column} >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC') AND ${column} < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')`

  const bucketOf = (column: string) => `intDiv(toUnixTimestamp64Milli(${column}) - {fromMs:Int64}, {bucketMs:Int64})`

  /** Traces, generations, errors and cost per time bucket; a trace counts in the bucket of its first span. */
  function volume(projectId: string, window: Window, query: OverviewQuery) {
    return events.query<{ bucket: string; traces: string; generations: string; errors: string; cost_usd: number | null; judged: string }>(
      `SELECT ${bucketOf('started')} AS bucket, count() AS traces, sum(generations) AS generations, countIf(errors > 0) AS errors,
         sumOrNull(cost_usd) AS cost_usd,
         countIf(trace_id IN (SELECT trace_id FROM feedback FINAL WHERE project_id = {projectId:String} AND author_kind = 'human')) AS judged
       FROM (
         SELECT trace_id, min(start_time) AS started, uniqExactIf(span_id, kind = 'generation') AS generations,
           countIf(status = 'error') AS errors, sum(cost_usd) AS cost_usd
         FROM spans FINAL WHERE project_id = {projectId:String} AND ${inWindow('start_time')} ${spanFilter(query)} GROUP BY trace_id
       ) GROUP BY bucket ORDER BY bucket`,
      params(projectId, window, query),
    )
  }

  /** Judgments per time bucket, all and human. */
  function feedbackVolume(projectId: string, window: Window) {
    return events.query<{ bucket: string; feedback: string; human: string }>(
      `SELECT ${bucketOf('time')} AS bucket, count() AS feedback, countIf(author_kind = 'human') AS human
       FROM feedback FINAL WHERE project_id = {projectId:String} AND ${inWindow('time')} GROUP BY bucket ORDER BY bucket`,
      params(projectId, window, {}),
    )
  }

  /**
   * Cluster sums of every criterion by prompt version × model, per time bucket and over all of them (`bucket` null). A judgment on a span
   * counts for that span's variant; one on a trace, or on a span without a variant, for the trace's first generation.
   */
  async function variantSums(projectId: string, window: Window, query: OverviewQuery): Promise<VariantSlice[]> {
    const rows = await events.query<VariantRow>(
      `WITH
         judged AS (
           SELECT trace_id, span_id, criterion, kind, author_kind, score, ${bucketOf('time')} AS bucket FROM feedback FINAL
           WHERE project_id = {projectId:String} AND ${inWindow('time')} AND score IS NOT NULL
         ),
         variants AS (
           SELECT trace_id, span_id, start_time, (prompt_name, prompt_version, model) AS variant FROM spans
           WHERE project_id = {projectId:String} AND kind = 'generation' ${spanFilter(query)} AND trace_id IN (SELECT trace_id FROM judged)
         ),
         scored AS (
           SELECT judged.*, if(of_span.variant.3 != '' OR of_span.variant.2 != '', of_span.variant, of_trace.variant) AS variant
           FROM judged
           LEFT ANY JOIN variants AS of_span ON judged.trace_id = of_span.trace_id AND judged.span_id = of_span.span_id
           LEFT ANY JOIN (SELECT trace_id, argMin(variant, start_time) AS variant FROM variants GROUP BY trace_id) AS of_trace
             ON judged.trace_id = of_trace.trace_id
         )
       SELECT criterion, kind, author_kind, variant.1 AS prompt_name, variant.2 AS prompt_version, variant.3 AS model, bucket,
         grouping(bucket) AS whole, ${clusterSums}
       FROM (
         SELECT criterion, kind, author_kind, variant, bucket, trace_id, sum(score) AS s, count() AS m FROM scored
         WHERE variant.2 != '' OR variant.3 != ''
         GROUP BY criterion, kind, author_kind, variant, bucket, trace_id
       )
       GROUP BY GROUPING SETS ((criterion, kind, author_kind, variant, bucket), (criterion, kind, author_kind, variant))
       ORDER BY criterion, kind, author_kind, prompt_name, prompt_version, model, bucket`,
      params(projectId, window, query),
    )
    return rows.map((row) => ({
      ...sliceOf(row),
      promptName: row.prompt_name,
      promptVersion: row.prompt_version,
      model: row.model,
      bucket: Number(row.whole) === 1 ? null : Number(row.bucket),
      sums: sumsOf(row),
    }))
  }

  /** Cluster sums of every criterion over all judged traces of the window, whatever their variant. */
  async function criterionSums(projectId: string, window: Window): Promise<(Slice & { sums: ClusterSums })[]> {
    const rows = await events.query<SliceRow>(
      `SELECT criterion, kind, author_kind, ${clusterSums} FROM (
         SELECT criterion, kind, author_kind, if(trace_id = '', toString(feedback_id), trace_id) AS cluster, sum(score) AS s, count() AS m
         FROM feedback FINAL
         WHERE project_id = {projectId:String} AND ${inWindow('time')} AND score IS NOT NULL
         GROUP BY criterion, kind, author_kind, cluster
       ) GROUP BY criterion, kind, author_kind ORDER BY n DESC`,
      params(projectId, window, {}),
    )
    return rows.map((row) => ({ ...sliceOf(row), sums: sumsOf(row) }))
  }

  return { volume, feedbackVolume, variantSums, criterionSums }
}

function sliceOf(row: SliceRow): Slice {
  return { criterion: row.criterion, kind: row.kind, authorKind: row.author_kind }
}

function sumsOf(row: SumsRow): ClusterSums {
  return {
    clusters: Number(row.clusters),
    n: Number(row.n),
    sum: Number(row.sum),
    sumSquares: Number(row.sum_squares),
    crossProducts: Number(row.cross_products),
    sizeSquares: Number(row.size_squares),
  }
}
