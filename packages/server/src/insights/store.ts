import type { FeedbackKind, OverviewQuery } from '@plaudit/protocol'
import type { EventStore } from '../events/event-store.ts'
import type { ClusterMoments } from '@plaudit/stats'
import { spanColumn, stratifiedTraces, type Traffic } from '../population/stratum.ts'
import { nameStore } from './name-store.ts'
import { type UnitSums, unitSumsOf, unitSumsQuery, type UnitSumsRow } from './unit-sums.ts'
import type { Window } from './window.ts'

export type Slice = { criterion: string; kind: FeedbackKind; authorKind: 'human' | 'model' | 'code' }
export type Variant = { promptName: string; promptVersion: string; model: string }
/** The judgments of a slice on one variant (null: on traces without a generation, or on sessions) in one time bucket. */
export type SliceSums = Slice & {
  variant: Variant | null
  bucket: number
  judgments: number
  /** How many of the scores are the consensus of several reviewers on an item. */
  consensus: number
  sums: ClusterMoments
}
export type VolumeBucket = { bucket: number; traces: number; generations: number; errors: number; costUsd: number | null; judged: number }

type SumsRow = Record<'clusters' | 'n' | 'sum' | 'sum_squares' | 'cross_products' | 'size_squares', string | number>

const clusterSums = `countIf(m > 0) AS clusters, sum(m) AS n, sum(s) AS sum, sum(s * s) AS sum_squares, sum(s * m) AS cross_products,
  sum(m * m) AS size_squares`

/** These queries read narrow columns of most rows: filtering them column by column first costs several times what it saves. */
const settings = 'SETTINGS optimize_move_to_prewhere = 0'

/** Reads for the overview. Superseded and deleted judgments, and the older copies of spans that were sent twice, do not count. */
export function overviewStore(events: EventStore) {
  const names = nameStore(events)
  const params = (projectId: string, window: Window, query: OverviewQuery) => ({ projectId, ...window, ...query })
  const inWindow = (column: string) =>
    `${column} >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC') AND ${column} < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC')`
  const bucketOf = (time: string) => `intDiv(toUnixTimestamp64Milli(${time}) - {fromMs:Int64}, {bucketMs:Int64})`
  const spansOf = (query: OverviewQuery) =>
    `spans FINAL WHERE project_id = {projectId:String} AND ${inWindow('start_time')}
       ${query.promptName === undefined ? '' : 'AND prompt_name = {promptName:String}'}
       ${query.environment === undefined ? '' : 'AND environment = {environment:String}'}`

  /** Versions of the newest span, judgment and consensus of a project, deletions included: while they stay, so does every figure. */
  async function newestVersions(projectId: string): Promise<string> {
    const [row] = await events.query<Record<'spans' | 'feedback' | 'consensus', string>>(
      `SELECT (SELECT max(ingest_version) FROM spans WHERE project_id = {projectId:String}) AS spans,
         (SELECT max(version) FROM feedback WHERE project_id = {projectId:String}) AS feedback,
         (SELECT max(version) FROM consensus WHERE project_id = {projectId:String}) AS consensus`,
      { projectId },
    )
    return `${row?.spans} ${row?.feedback} ${row?.consensus}`
  }

  /** Traces, generations, errors, cost and traces with human feedback per time bucket; a trace counts in the bucket of its first span. */
  async function volume(projectId: string, window: Window, query: OverviewQuery): Promise<VolumeBucket[]> {
    const rows = await events.query<
      Record<'bucket' | 'traces' | 'generations' | 'errors' | 'judged', string> & { cost_usd: number | null }
    >(
      `SELECT ${bucketOf('started')} AS bucket, count() AS traces, sum(g) AS generations, countIf(failed) AS errors, sumOrNull(cost) AS cost_usd,
         countIf(trace_key IN (
           SELECT trace_key FROM feedback FINAL WHERE project_id = {projectId:String} AND author_kind = 'human' AND trace_key != 0
         )) AS judged
       FROM (
         SELECT trace_key, min(start_time) AS started, countIf(kind = 'generation') AS g, max(status = 'error') AS failed, sum(cost_usd) AS cost
         FROM ${spansOf(query)} GROUP BY trace_key
       ) GROUP BY bucket ORDER BY bucket ${settings}`,
      params(projectId, window, query),
    )
    return rows.map((row) => ({
      bucket: Number(row.bucket),
      traces: Number(row.traces),
      generations: Number(row.generations),
      errors: Number(row.errors),
      costUsd: row.cost_usd,
      judged: Number(row.judged),
    }))
  }

  const everyJudgment = `SELECT trace_key, span_key, session_id, target_kind, time, score, toUInt32(1) AS votes, toUInt8(0) AS by_consensus,
      cityHash64(criterion, kind, author_kind) AS slice FROM feedback FINAL WHERE project_id = {projectId:String}`
  /** Where several reviewers judged an item, their consensus stands for their judgments; it counts as one score, and as all of their judgments. */
  const withConsensus = `${everyJudgment}
    AND (judged_key = 0 OR judged_key NOT IN (
      SELECT judged_key FROM consensus FINAL WHERE project_id = {projectId:String} AND score IS NOT NULL))
    UNION ALL
    SELECT trace_key, span_key, session_id, if(session_id = '', 'span', 'session') AS target_kind, time, score, votes, toUInt8(1) AS by_consensus,
      cityHash64(criterion, kind, 'human') AS slice
    FROM consensus FINAL WHERE project_id = {projectId:String} AND item != '' AND score IS NOT NULL`

  /** Whether any item has a consensus with a score. */
  async function hasConsensus(projectId: string): Promise<boolean> {
    const rows = await events.query(
      'SELECT 1 AS one FROM consensus WHERE project_id = {projectId:String} AND score IS NOT NULL AND is_deleted = 0 LIMIT 1',
      { projectId },
    )
    return rows.length > 0
  }

  /**
   * The judgments on the window's traces, with the variant each is about: that of the generation it is on, else of the trace's first
   * generation. Only a trace whose generations differ carries their list into the join. Judgments on sessions are there when they were given in the window and no filter asks for more.
   */
  const judgments = (query: OverviewQuery, hasConsensus: boolean) => {
    const ofSession =
      query.promptName === undefined && query.environment === undefined ? `target_kind = 'session' AND ${inWindow('time')}` : '0'
    return `
      SELECT slice, score, votes, by_consensus, if(place.spans > 0, judgment.trace_key, cityHash64(session_id)) AS cluster,
        if(place.spans > 0, place.bucket, ${bucketOf('time')}) AS bucket, place.several AS several,
        if(place.several AND has(place.span_keys, span_key), place.variants[indexOf(place.span_keys, span_key)], place.first_variant) AS variant
      FROM (
        ${hasConsensus ? withConsensus : everyJudgment}
      ) AS judgment
      LEFT ANY JOIN (
        SELECT trace_key, spans, bucket, first_variant, several, if(several, keys, []) AS span_keys, if(several, made_by, []) AS variants
        FROM (
          SELECT trace_key, count() AS spans, ${bucketOf('min(start_time)')} AS bucket, argMinIf(variant, start_time, generates) AS first_variant,
            groupArrayIf(span_key, generates) AS keys, groupArrayIf(variant, generates) AS made_by, arrayUniq(made_by) > 1 AS several
          FROM (
            SELECT trace_key, span_key, start_time, kind = 'generation' AS generates, cityHash64(prompt_name, prompt_version, model) AS variant
            FROM ${spansOf(query)} AND trace_key IN (SELECT trace_key FROM feedback WHERE project_id = {projectId:String})
          ) GROUP BY trace_key
        )
      ) AS place ON judgment.trace_key = place.trace_key
      WHERE place.spans > 0 OR (${ofSession})`
  }

  /**
   * Cluster sums by slice, variant and time bucket. A trace lies in one bucket, so sums over buckets can be added; over variants only where
   * no trace has several (`severalVariants`).
   */
  async function variantSums(
    projectId: string,
    window: Window,
    query: OverviewQuery,
  ): Promise<{ rows: SliceSums[]; severalVariants: boolean }> {
    const rows = await events.query<
      SumsRow & { slice: string; variant: string; bucket: string; judgments: string; consensus: string; several: number }
    >(
      `SELECT slice, variant, bucket, sum(c) AS judgments, sum(k) AS consensus, max(several) AS several, ${clusterSums} FROM (
         SELECT slice, variant, cluster, any(bucket) AS bucket, max(several) AS several, sum(ifNull(score, 0)) AS s, count(score) AS m, sum(votes) AS c,
           sum(by_consensus) AS k
         FROM (${judgments(query, await hasConsensus(projectId))}) GROUP BY slice, variant, cluster
       ) GROUP BY slice, variant, bucket ${settings}`,
      params(projectId, window, query),
    )
    const [slices, variants] = await Promise.all([
      names.slices(projectId, new Set(rows.map((row) => row.slice))),
      names.variants(projectId, new Set(rows.map((row) => row.variant))),
    ])
    return {
      severalVariants: rows.some((row) => Number(row.several) === 1),
      rows: rows.flatMap((row) => {
        const slice = slices.get(row.slice)
        if (slice === undefined) return []
        return [
          {
            ...slice,
            variant: variants.get(row.variant) ?? null,
            bucket: Number(row.bucket),
            judgments: Number(row.judgments),
            consensus: Number(row.consensus),
            sums: sumsOf(row),
          },
        ]
      }),
    }
  }

  /** Cluster sums by slice over all variants, for projects with traces of several variants. */
  async function criterionSums(projectId: string, window: Window, query: OverviewQuery): Promise<(Slice & { sums: ClusterMoments })[]> {
    const rows = await events.query<SumsRow & { slice: string }>(
      `SELECT slice, ${clusterSums} FROM (
         SELECT slice, cluster, sum(ifNull(score, 0)) AS s, count(score) AS m FROM (${judgments(query, await hasConsensus(projectId))}) GROUP BY slice, cluster
       ) GROUP BY slice ${settings}`,
      params(projectId, window, query),
    )
    const slices = await names.slices(projectId, new Set(rows.map((row) => row.slice)))
    return rows.flatMap((row) => {
      const slice = slices.get(row.slice)
      return slice === undefined ? [] : [{ ...slice, sums: sumsOf(row) }]
    })
  }

  /** The window's traces by stratum; their parts are the keys of their variants. */
  function traffic(projectId: string, window: Window, query: OverviewQuery, strata: string): Traffic {
    const stratum = spanColumn(strata, 'stratumKey')
    const variants = `arraySort(groupUniqArrayIf(toString(cityHash64(prompt_name, prompt_version, model)), kind = 'generation'))`
    return {
      traces: stratifiedTraces(spansOf(query), stratum?.column ?? `''`, { parts: variants }),
      params: { ...params(projectId, window, query), ...stratum?.params },
    }
  }

  /**
   * Judged traces by slice, variant, time bucket and stratum, for the means of a population. The key of a slice is its names; that of a variant as in
   * the parts of the traffic.
   */
  async function unitSums(
    projectId: string,
    window: Window,
    query: OverviewQuery,
    { traces, params: own }: Traffic,
    isByVariant: boolean,
  ): Promise<(Slice & { variant: Variant | null; key: string; sums: UnitSums })[]> {
    const rows = await events.query<UnitSumsRow>(
      `${unitSumsQuery(judgments(query, await hasConsensus(projectId)), traces, isByVariant)} ${settings}`,
      { ...params(projectId, window, query), ...own },
    )
    const [slices, variants] = await Promise.all([
      names.slices(projectId, new Set(rows.map((row) => row.slice))),
      names.variants(projectId, new Set(rows.map((row) => row.variant))),
    ])
    return rows.flatMap((row) => {
      const slice = slices.get(row.slice)
      return slice === undefined ? [] : [{ ...slice, variant: variants.get(row.variant) ?? null, key: row.variant, sums: unitSumsOf(row) }]
    })
  }

  return { newestVersions, volume, variantSums, criterionSums, traffic, unitSums }
}

function sumsOf(row: SumsRow): ClusterMoments {
  return {
    clusters: Number(row.clusters),
    n: Number(row.n),
    sum: Number(row.sum),
    sumSquares: Number(row.sum_squares),
    crossProducts: Number(row.cross_products),
    sizeSquares: Number(row.size_squares),
  }
}
