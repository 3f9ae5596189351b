import { ApiError, type EstimateView, type Overview, type OverviewQuery } from '@plaudit/protocol'
import { addMoments, type ClusterMoments } from '@plaudit/stats'
import type { EventStore } from '../events/event-store.ts'
import { keptResults } from '../jobs/kept-result.ts'
import { type Asked, askedPopulation, populationService } from '../population/service.ts'
import { weightingOf } from '../population/weighting.ts'
import { edgeHour } from '../traces/newest-first.ts'
import { clusterMean, traceShare, undefinedEstimate } from './estimate.ts'
import { overviewStore, type Slice, type SliceSums, type Variant } from './store.ts'
import { weightedScores, type WeightedScores } from './weighted-score.ts'
import { type Window, windowOf } from './window.ts'

const MOST_VARIANTS = 100
/** Overviews kept: each is some 100 kB at most. */
const MOST_KEPT = 100
/** With so many traces and judgments counting takes longer than a page should: the last overview is shown while the next one is made. */
const LARGE = 100_000
/** An older one is waited for. */
const OLDEST_MS = 5 * 60_000

type Counted = { key: string; window: Window; atMs: number; overview: Overview }

/** What the first page of a project shows. */
export function insightService({ events, clock }: { events: EventStore; clock: () => Date }) {
  const store = overviewStore(events)
  const populations = populationService({ events })
  const kept = keptResults<Counted>(MOST_KEPT)

  /**
   * How much came in, how much of it was judged, and what each variant scored. Everything is about the traces of the window (left out: the
   * newest 30 days of data) and the judgments on them, whenever those were given.
   * @throws ApiError `invalid_argument` when the window ends before it begins, or for shares of a target that are none.
   */
  async function overview(projectId: string, query: OverviewQuery): Promise<Overview> {
    if (query.from !== undefined && query.to !== undefined && query.from >= query.to)
      throw new ApiError('invalid_argument', `from: ${query.from} must be before to (${query.to}).`)
    const asked = askedPopulation(query)
    const [newestMs, versions] = await Promise.all([edgeHour(events, projectId, 'DESC'), store.newestVersions(projectId)])
    const window = windowOf(query, newestMs ?? clock().getTime())
    const key = JSON.stringify([projectId, window, query, versions])
    // A window that moves with the clock is the same view from one minute to the next.
    const { from: _from, to: _to, ...filters } = query
    const view = JSON.stringify([projectId, window.toMs - window.fromMs, filters])
    const begun = clock().getTime()
    const count = async () => ({ key, window, atMs: begun, overview: await overviewOf(projectId, window, query, asked) })
    const last = await kept.getOrLast(key, count, { view, mayStand: (one) => mayStandFor(one, window) })
    return last.key === key ? last.overview : { ...last.overview, ageMs: clock().getTime() - last.atMs }
  }

  function mayStandFor({ overview: { totals }, window, atMs }: Counted, asked: Window): boolean {
    const isLarge = totals.traces + totals.feedback > LARGE
    return isLarge && Math.abs(asked.toMs - window.toMs) <= OLDEST_MS && clock().getTime() - atMs <= OLDEST_MS
  }

  async function overviewOf(projectId: string, window: Window, query: OverviewQuery, asked: Asked): Promise<Overview> {
    const [volume, { rows, severalVariants }] = await Promise.all([
      store.volume(projectId, window, query),
      store.variantSums(projectId, window, query),
    ])
    const whole = severalVariants ? await store.criterionSums(projectId, window, query) : rows
    const scoresOf = await populationScores(projectId, window, query, asked, severalVariants)
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
      criteria: criteriaOf(rows, whole, window, asked, scoresOf),
    }
  }

  /** The scores of a slice in the population that is asked for; null for what was judged as it is. */
  async function populationScores(
    projectId: string,
    window: Window,
    query: OverviewQuery,
    { population, ...asked }: Asked,
    severalVariants: boolean,
  ): Promise<ScoresOf | null> {
    if (population === 'sample') return null
    const traffic = store.traffic(projectId, window, query, asked.strata)
    const [counted, byVariant] = await Promise.all([
      populations.counted({ population, ...asked }, traffic),
      store.unitSums(projectId, window, query, traffic, true),
    ])
    const whole = severalVariants ? await store.unitSums(projectId, window, query, traffic, false) : byVariant
    const [wholeOf, variantsOf] = [Map.groupBy(whole, sliceKey), Map.groupBy(byVariant, sliceKey)]
    return (slice) => {
      const own = variantsOf.get(sliceKey(slice)) ?? []
      const keyOf = new Map(own.map(({ variant, key }) => [variantKey(variant), key]))
      const variants = new Map([...Map.groupBy(own, ({ key }) => key)].map(([key, some]) => [key, some.map(({ sums }) => sums)]))
      const sums = (wholeOf.get(sliceKey(slice)) ?? []).map((one) => one.sums)
      const scores = weightedScores(counted, sums, variants, { binary: slice.kind === 'thumbs' })
      return { ...scores, ofVariant: (variant) => scores.ofVariant(keyOf.get(variantKey(variant)) ?? '') }
    }
  }

  return { overview }
}

/** The scores of a population, by slice; variants by their names. */
type ScoresOf = (
  slice: Slice,
) => Omit<WeightedScores, 'ofVariant'> & { ofVariant: (variant: Variant) => ReturnType<WeightedScores['ofVariant']> }

type Sums = Slice & { sums: ClusterMoments }

/** Criteria with scores, most judged first, each with its variants, most judged first. */
function criteriaOf(
  rows: readonly SliceSums[],
  whole: readonly Sums[],
  window: Window,
  asked: Asked,
  scoresOf: ScoresOf | null,
): Overview['criteria'] {
  const wholeOf = Map.groupBy(whole, sliceKey)
  return [...Map.groupBy(rows, sliceKey)]
    .flatMap(([key, ofSlice]) => {
      const [first] = ofSlice
      const sampled = meanOf(wholeOf.get(key) ?? [])
      if (first === undefined || sampled.n === 0) return []
      const { criterion, kind, authorKind } = first
      // A flag has no mean, of whatever population.
      const scores = kind === 'flag' ? null : (scoresOf?.(first) ?? null)
      const consensus = ofSlice.reduce((sum, row) => sum + row.consensus, 0)
      const weighting = scores?.weighting ?? weightingOf('sample', false, asked.strata)
      const variants = variantsOf(ofSlice, window, scores)
      return [{ criterion, kind, authorKind, weighting, overall: scores?.overall ?? sampled, consensus, variants }]
    })
    .toSorted((a, b) => b.overall.n - a.overall.n || a.criterion.localeCompare(b.criterion))
}

function variantsOf(
  rows: readonly SliceSums[],
  window: Window,
  scores: ReturnType<ScoresOf> | null,
): Overview['criteria'][number]['variants'] {
  return [...Map.groupBy(rows, ({ variant }) => variantKey(variant))]
    .flatMap(([, ofVariant]) => {
      const variant = ofVariant[0]?.variant
      const sampled = meanOf(ofVariant)
      if (variant === null || variant === undefined || sampled.n === 0) return []
      const weighted = scores?.ofVariant(variant)
      const series = ofVariant
        .filter(({ sums }) => sums.n > 0)
        .toSorted((a, b) => a.bucket - b.bucket)
        .map((row) => ({ time: timeOf(window, row.bucket), score: weighted?.ofBucket(row.bucket) ?? meanOf([row]) }))
      return [{ ...variant, overall: weighted?.overall ?? sampled, series }]
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

function variantKey(variant: Variant | null): string {
  return variant === null ? '' : JSON.stringify([variant.promptName, variant.promptVersion, variant.model])
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
