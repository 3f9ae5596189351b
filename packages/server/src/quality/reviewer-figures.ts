import type { EstimateView, ReviewerFigures, ReviewerReport } from '@plaudit/protocol'
import {
  centralTendency,
  clusteredMean,
  clusteredProportion,
  clusteredSlope,
  type CriterionRating,
  driftPerWeek,
  type Estimate,
  fatigueCourse,
  fatigueTrend,
  raterHalo,
  raterLeniency,
} from '@plaudit/stats'
import { undefinedEstimate } from '../insights/estimate.ts'
import { viewOf } from './estimate-view.ts'
import type { JudgmentTable } from './judgment-table.ts'
import { agreementInTime, levelRatings, type PeerJudgment, peerJudgments } from './peer-judgment.ts'
import { reviewerFlags, reviewersSentence } from './reviewer-flag.ts'
import type { SeenComparison } from './reviewer-store.ts'
import { noRepeats, selfAgreement } from './self-agreement.ts'
import { sideHabits } from './side-habit.ts'

const WEEK_MS = 7 * 86_400_000
const MOST_REVIEWERS = 500

type Given = {
  tables: readonly JudgmentTable[]
  /** All judgments of those who judged an item more than once. */
  repeats: readonly JudgmentTable[]
  comparisons: readonly SeenComparison[]
  lengths: ReadonlyMap<string, number>
}

/** Every reviewer beside the others who judged the same items, the most active first. */
export function reviewerFigures({ tables, repeats, comparisons, lengths }: Given): Omit<ReviewerReport, 'source'> {
  const judgments = peerJudgments(tables)
  const levels = levelRatings(judgments)
  const hasLevels = levels.numbers !== null && levels.items.length > 0
  const leniency = byRater(hasLevels ? raterLeniency(levels) : [], ({ leniency: own }) => own)
  const extremeness = byRater(hasLevels ? centralTendency(levels) : [], ({ extremeness: own }) => own)
  const halo = byRater(raterHalo(scaleRatings(tables)), ({ halo: own }) => own)
  const inTime = agreementInTime(judgments)
  const drift = driftPerWeek(inTime)
  const driftOf = byRater(drift.raters, ({ drift: own }) => own)
  const sides = sideHabits(comparisons)
  const ofCriterion = criterionLeniency(tables)
  const ofThemselves = selfAgreement(repeats, tables)
  const counts = judgmentCounts(tables)
  const reviewers = [...Map.groupBy(judgments, ({ rater }) => rater)]
    .map(([reviewerId, own]): Omit<ReviewerFigures, 'flags'> => {
      const shared = own.filter(({ compared }) => compared > 0)
      const size = { n: own.length, clusters: shared.length }
      const view = (estimate: Estimate<object> | undefined): EstimateView =>
        estimate === undefined ? undefinedEstimate('There is nothing to compare.', size) : viewOf(estimate, size)
      const timed = agreementInTime(own)
      const none = undefinedEstimate('There are too few comparisons.', size)
      return {
        reviewerId,
        judgments: counts.get(reviewerId) ?? 0,
        items: own.length,
        sharedItems: shared.length,
        agreement: view(agreementOf(shared)),
        agreementBeside: view(besideOf(shared)),
        ...(ofThemselves.get(reviewerId) ?? noRepeats),
        leniency: view(leniency.get(reviewerId)),
        leniencyByCriterion: ofCriterion.get(reviewerId) ?? [],
        extremeness: view(extremeness.get(reviewerId)),
        halo: view(halo.get(reviewerId)),
        position: sides.byRater.get(reviewerId)?.position ?? none,
        length: sides.byRater.get(reviewerId)?.length ?? none,
        lengthOfRatings: view(lengthSlope(own, lengths)),
        drift: view(driftOf.get(reviewerId)),
        fatigue: view(fatigueTrend(timed)),
        weeks: weeksOf(own),
        sitting: sittingOf(shared),
      }
    })
    .toSorted((a, b) => b.judgments - a.judgments || (a.reviewerId < b.reviewerId ? -1 : 1))
    .slice(0, MOST_REVIEWERS)
  const shared = judgments.filter(({ compared }) => compared > 0)
  const size = { n: shared.length, clusters: new Set(shared.map(({ item }) => item)).size }
  const all = {
    agreement: viewOf(agreementOf(shared), size),
    drift: viewOf(drift.overall, size),
    fatigue: viewOf(fatigueTrend(inTime), size),
    position: sides.position,
    length: sides.length,
  }
  const flags = reviewerFlags(reviewers, all)
  const flagged = reviewers.map((one, at) => ({ ...one, flags: flags[at] ?? [] }))
  return { all, reviewers: flagged, sentence: reviewersSentence(flagged) }
}

/** Agreement with the others, clustered by item: what several said of one item is not independent. */
function agreementOf(shared: readonly PeerJudgment[]) {
  const items = [...Map.groupBy(shared, ({ item }) => item).values()]
  return clusteredProportion({
    sums: items.map((own) => own.reduce((sum, one) => sum + one.agreed / one.compared, 0)),
    sizes: items.map((own) => own.length),
  })
}

/** Agreement less what is usual on the same criteria, by item. */
function besideOf(shared: readonly PeerJudgment[]) {
  const beside = shared.flatMap((one) => one.beside ?? [])
  return clusteredMean({ sums: beside, sizes: beside.map(() => 1) })
}

/** How much more than the others a reviewer gives for each doubling of the length. */
function lengthSlope(own: readonly PeerJudgment[], lengths: ReadonlyMap<string, number>) {
  const known = own.flatMap(({ item, above }) => {
    const length = lengths.get(item)
    return above === null || length === undefined || length === 0 ? [] : [{ above, doublings: Math.log2(length) }]
  })
  return clusteredSlope(
    known.map(({ above }) => above),
    known.map(({ doublings }) => doublings),
  )
}

function weeksOf(own: readonly PeerJudgment[]): ReviewerFigures['weeks'] {
  const weeks = Map.groupBy(own, ({ time }) => Math.floor(time / WEEK_MS))
  return [...weeks]
    .toSorted(([a], [b]) => a - b)
    .map(([week, some]) => {
      const shared = some.filter(({ compared }) => compared > 0)
      const above = some.flatMap((one) => one.above ?? [])
      return {
        time: new Date(week * WEEK_MS).toISOString(),
        agreement: viewOf(agreementOf(shared), { n: shared.length, clusters: shared.length }),
        leniency: viewOf(clusteredMean({ sums: above, sizes: above.map(() => 1) }), { n: above.length, clusters: above.length }),
      }
    })
}

/** Agreement by the time since the sitting began. Judgments of one sitting share its day, so that sittings are the clusters. */
function sittingOf(shared: readonly PeerJudgment[]): ReviewerFigures['sitting'] {
  const timed = shared.map(({ rater, time, agreed, compared }) => ({ rater, time, value: agreed / compared }))
  return fatigueCourse(timed, { proportion: true }).map(({ value, ...stretch }) => ({
    ...stretch,
    agreement: viewOf(value, { n: value.n ?? 0, clusters: value.clusters ?? 0 }),
  }))
}

/** Leniency on each criterion that is rated in numbers, in its points. */
function criterionLeniency(tables: readonly JudgmentTable[]): Map<string, ReviewerFigures['leniencyByCriterion']> {
  const found = new Map<string, ReviewerFigures['leniencyByCriterion']>()
  for (const { criterion, kind, ratings } of tables) {
    if (kind !== 'rating' || ratings.numbers === null) continue
    for (const { rater, leniency } of raterLeniency(ratings)) {
      const clusters = leniency.clusters ?? 0
      const own = found.get(rater) ?? []
      found.set(rater, own)
      own.push({ criterion, leniency: viewOf(leniency, { n: clusters, clusters }) })
    }
  }
  return found
}

/** Ratings of all criteria, each as a share of its scale. */
function* scaleRatings(tables: readonly JudgmentTable[]): Generator<CriterionRating> {
  for (const { criterion, kind, ratings } of tables) {
    const { numbers, items, raters, values, itemNames, raterNames } = ratings
    if (kind !== 'rating' || numbers === null || numbers.length < 2) continue
    const [low, range] = [numbers[0]!, numbers.at(-1)! - numbers[0]!]
    for (let j = 0; j < items.length; j += 1)
      yield { item: itemNames[items[j]!]!, rater: raterNames[raters[j]!]!, criterion, value: (numbers[values[j]!]! - low) / range }
  }
}

function judgmentCounts(tables: readonly JudgmentTable[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { ratings } of tables)
    for (const rater of ratings.raters) {
      const name = ratings.raterNames[rater]!
      counts.set(name, (counts.get(name) ?? 0) + 1)
    }
  return counts
}

function byRater<T extends { rater: string }>(all: readonly T[], pick: (one: T) => Estimate<object>): Map<string, Estimate<object>> {
  return new Map(all.map((one) => [one.rater, pick(one)]))
}
