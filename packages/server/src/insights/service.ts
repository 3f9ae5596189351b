import { ApiError, type EstimateView, type Overview, type OverviewQuery } from '@plaudit/protocol'
import { addMoments, type ClusterMoments } from '@plaudit/stats'
import type { EventStore } from '../events/event-store.ts'
import { keptResults } from '../jobs/kept-result.ts'
import { edgeHour } from '../traces/newest-first.ts'
import { clusterMean, traceShare, undefinedEstimate } from './estimate.ts'
import { overviewStore, type Slice, type SliceSums } from './store.ts'
import { type Window, windowOf } from './window.ts'

const MOST_VARIANTS = 100
/** Overviews kept: each is some 100 kB at most. */
const MOST_KEPT = 100

/** What the first page of a project shows. */
export function insightService({ events, clock }: { events: EventStore; clock: () => Date }) {
  const store = overviewStore(events)
  const kept = keptResults<Overview>(MOST_KEPT)

  /**
   * How much came in, how much of it was judged, and what each variant scored. Everything is about the traces of the window (left out: the
   * newest 30 days of data) and the judgments on them, whenever those were given.
   * @throws ApiError `invalid_argument` when the window ends before it begins.
   */
  async function overview(projectId: string, query: OverviewQuery): Promise<Overview> {
    if (query.from !== undefined && query.to !== undefined && query.from >= query.to)
      throw new ApiError('invalid_argument', `from: ${query.from} must be before to (${query.to}).`)
    const window = windowOf(query, (await edgeHour(events, projectId, 'DESC')) ?? clock().getTime())
    const key = JSON.stringify([projectId, window, query, await store.newestVersions(projectId)])
    return kept.get(key, () => overviewOf(projectId, window, query))
  }

  async function overviewOf(projectId: string, window: Window, query: OverviewQuery): Promise<Overview> {
    const [volume, { rows, severalVariants }] = await Promise.all([
      store.volume(projectId, window, query),
      store.variantSums(projectId, window, query),
    ])
    const whole = severalVariants ? await store.criterionSums(projectId, window, query) : rows
    const total = (column: 'traces' | 'generations' | 'errors' | 'judged') => volume.reduce((sum, bucket) => sum + bucket[column], 0)
    const judgments = (some: readonly SliceSums[]) => some.reduce((sum, row) => sum + row.judgments, 0)
    const costs = volume.flatMap(({ costUsd }) => (costUsd === null ? [] : [costUsd]))
    return {
      from: new Date(window.fromMs).toISOString(),
      to: new Date(window.toMs).toISOString(),
      bucketMs: window.bucketMs,
      totals: {
        traces: total('traces'),
        generations: total('generations'),
        errors: total('errors'),
        feedback: judgments(rows),
        humanFeedback: judgments(rows.filter(({ authorKind }) => authorKind === 'human')),
        tracesWithFeedback: total('judged'),
        costUsd: costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0),
      },
      volume: bucketsOf(window).map((bucket) => {
        const counted = volume.find((one) => one.bucket === bucket)
        return {
          time: timeOf(window, bucket),
          traces: counted?.traces ?? 0,
          withFeedback: counted?.judged ?? 0,
          feedback: judgments(rows.filter((row) => row.bucket === bucket)),
        }
      }),
      feedbackRate: traceShare(total('judged'), total('traces')),
      criteria: criteriaOf(rows, whole, window),
    }
  }

  return { overview }
}

type Sums = Slice & { sums: ClusterMoments }

/** Criteria with scores, most judged first, each with its variants, most judged first. */
function criteriaOf(rows: readonly SliceSums[], whole: readonly Sums[], window: Window): Overview['criteria'] {
  const wholeOf = Map.groupBy(whole, sliceKey)
  return [...Map.groupBy(rows, sliceKey)]
    .flatMap(([key, ofSlice]) => {
      const [first] = ofSlice
      const overall = meanOf(wholeOf.get(key) ?? [])
      if (first === undefined || overall.n === 0) return []
      const { criterion, kind, authorKind } = first
      const consensus = ofSlice.reduce((sum, row) => sum + row.consensus, 0)
      return [{ criterion, kind, authorKind, overall, consensus, variants: variantsOf(ofSlice, window) }]
    })
    .toSorted((a, b) => b.overall.n - a.overall.n || a.criterion.localeCompare(b.criterion))
}

function variantsOf(rows: readonly SliceSums[], window: Window): Overview['criteria'][number]['variants'] {
  return [...Map.groupBy(rows, ({ variant }) => (variant === null ? '' : JSON.stringify(variant)))]
    .flatMap(([, ofVariant]) => {
      const variant = ofVariant[0]?.variant
      const overall = meanOf(ofVariant)
      if (variant === null || variant === undefined || overall.n === 0) return []
      const series = ofVariant
        .filter(({ sums }) => sums.n > 0)
        .toSorted((a, b) => a.bucket - b.bucket)
        .map((row) => ({ time: timeOf(window, row.bucket), score: meanOf([row]) }))
      return [{ ...variant, overall, series }]
    })
    .toSorted((a, b) => b.overall.n - a.overall.n)
    .slice(0, MOST_VARIANTS)
}

function meanOf(rows: readonly Sums[]): EstimateView {
  const sums = addMoments(rows.map((row) => row.sums))
  if (rows[0]?.kind === 'flag')
    return undefinedEstimate('A flag is given only where something is wrong, so that its mean says nothing; see how many there are.', sums)
  return clusterMean(sums, { binary: rows[0]?.kind === 'thumbs' })
}

function sliceKey({ criterion, kind, authorKind }: Slice): string {
  return JSON.stringify([criterion, kind, authorKind])
}

function bucketsOf({ fromMs, toMs, bucketMs }: Window): number[] {
  return Array.from({ length: Math.ceil((toMs - fromMs) / bucketMs) }, (_, bucket) => bucket)
}

function timeOf({ fromMs, bucketMs }: Window, bucket: number): string {
  return new Date(fromMs + bucket * bucketMs).toISOString()
}
