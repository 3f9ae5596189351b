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
/** With so many traces and judgments counting takes longer than a page should: the last overview is shown while the next one is made. */
const LARGE = 100_000
/** An older one is waited for. */
const OLDEST_MS = 5 * 60_000

type Counted = { window: Window; versions: string; atMs: number; overview: Overview }

/** What the first page of a project shows. */
export function insightService({ events, clock }: { events: EventStore; clock: () => Date }) {
  const store = overviewStore(events)
  const kept = keptResults<Counted>(MOST_KEPT)
  /** The last count of each view, and the views that are being counted again. */
  const newest = new Map<string, Counted>()
  const recounts = new Set<string>()

  /**
   * How much came in, how much of it was judged, and what each variant scored. Everything is about the traces of the window (left out: the
   * newest 30 days of data) and the judgments on them, whenever those were given.
   * @throws ApiError `invalid_argument` when the window ends before it begins.
   */
  async function overview(projectId: string, query: OverviewQuery): Promise<Overview> {
    if (query.from !== undefined && query.to !== undefined && query.from >= query.to)
      throw new ApiError('invalid_argument', `from: ${query.from} must be before to (${query.to}).`)
    const [newestMs, versions] = await Promise.all([edgeHour(events, projectId, 'DESC'), store.newestVersions(projectId)])
    const window = windowOf(query, newestMs ?? clock().getTime())
    // A window that moves with the clock is the same view from one minute to the next.
    const view = JSON.stringify([projectId, window.toMs - window.fromMs, query.promptName, query.environment])
    const count = () =>
      kept.get(JSON.stringify([projectId, window, query, versions]), () => counted(view, versions, projectId, window, query))
    const last = newest.get(view)
    if (last === undefined || !mayStandFor(last, window)) return (await count()).overview
    if (last.versions === versions && last.window.toMs === window.toMs) return last.overview
    if (!recounts.has(view)) {
      recounts.add(view)
      void count()
        .catch(() => undefined)
        .finally(() => recounts.delete(view))
    }
    return { ...last.overview, ageMs: clock().getTime() - last.atMs }
  }

  async function counted(view: string, versions: string, projectId: string, window: Window, query: OverviewQuery): Promise<Counted> {
    const result = { window, versions, atMs: clock().getTime(), overview: await overviewOf(projectId, window, query) }
    newest.delete(view)
    newest.set(view, result)
    const [oldest] = newest.keys()
    if (newest.size > MOST_KEPT && oldest !== undefined) newest.delete(oldest)
    return result
  }

  function mayStandFor({ overview: { totals }, window, atMs }: Counted, asked: Window): boolean {
    const isLarge = totals.traces + totals.feedback > LARGE
    return isLarge && Math.abs(asked.toMs - window.toMs) <= OLDEST_MS && clock().getTime() - atMs <= OLDEST_MS
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
      ageMs: 0,
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
