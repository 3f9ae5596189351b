import {
  type AgreementQuery,
  type AgreementReport,
  ApiError,
  type BiasReport,
  type coverageQuerySchema,
  type CoverageReport,
  type CriterionType,
  type DimensionReport,
  optionsOf,
  type MyFigures,
  type QualitySelection,
  type ReportProgress,
  type ReportSource,
  type ReviewerReport,
} from '@plaudit/protocol'
import type { z } from 'zod'
import type { Db } from '../db/schema.ts'
import type { EventStore } from '../events/event-store.ts'
import { type Asked, askedPopulation, populationService, targetPopulation } from '../population/service.ts'
import { spanColumn } from '../population/stratum.ts'
import { criterionAgreement } from './agreement.ts'
import { overallSentence } from './agreement-sentence.ts'
import { biasFindings, biasSentence, unusedAnswers } from './bias.ts'
import { biasStore } from './bias-store.ts'
import { commentStore } from './comment-store.ts'
import { consensusService } from './consensus-service.ts'
import { coverageOf } from './coverage.ts'
import { coverageStore, type ScoreLine } from './coverage-store.ts'
import { itemPlaceStore, placesKey } from './item-place.ts'
import { itemWeighting, type ItemWeighting, sampledItems } from './item-weighting.ts'
import { judgmentTables, type JudgmentTable } from './judgment-table.ts'
import { criterionWords, missingDimensions } from './missing-dimension.ts'
import { rubricService } from '../rubrics/service.ts'
import { reportRunner, type Step } from './report-runner.ts'
import { reviewerFigures } from './reviewer-figures.ts'
import { reviewerStore, type SeenComparison } from './reviewer-store.ts'
import { type SelectedJudgments, selectJudgments, selectTraffic } from './selection.ts'
import { MOST_JUDGMENTS, qualityStore } from './store.ts'

/** How long a report stands that depends on spans, which may come after the judgments on them. */
const WITH_SPANS_MS = 60_000

/** Whether judgments can be believed: reports over what people said, made once for each state of the project and kept. */
export function qualityService({ db, events, clock }: { db: Db; events: EventStore; clock: () => Date }) {
  const rubrics = rubricService({ db, clock })
  const comments = commentStore(events)
  const habits = reviewerStore(events)
  const leanings = biasStore(events)
  const store = qualityStore(events)
  const counts = coverageStore(events)
  const places = itemPlaceStore(events)
  const populations = populationService({ events })
  const consensus = consensusService({ events, clock })
  const runner = reportRunner(clock)

  /**
   * Agreement by criterion, worst first.
   * @throws ApiError `invalid_argument` for a window that ends before it begins, or shares of a target that are none.
   */
  async function agreement(
    projectId: string,
    { by, population, strata, target, ...selection }: AgreementQuery,
  ): Promise<AgreementReport | ReportProgress> {
    checkWindow(selection)
    const asked = askedPopulation({ population, strata, target })
    const selected = selectJudgments(projectId, selection, { by })
    const watermark = await store.watermark(projectId)
    return runner.run(
      JSON.stringify(['agreement', projectId, watermark, by, population, strata, target, selection]),
      async (step) => {
        const { tables, source } = await read(selected, watermark)
        const types = await criterionTypes(projectId)
        const lengths = tables.some(({ kind }) => kind === 'marks') ? await store.outputLengths(projectId) : new Map<string, number>()
        const weightings = await itemWeightings(projectId, selection, selected, asked, by)
        const isTrafficCut = spanColumn(by) !== undefined
        const criteria = await stepwise(
          tables,
          step,
          ({ criterion }) => criterion,
          (table) => criterionAgreement(table, lengths, types.get(table.criterion), weightings(table), isTrafficCut),
        )
        const { grade, sentence, weakest } = overallSentence(criteria)
        const worth = (one: (typeof criteria)[number]) => one.alpha.estimate ?? Number.POSITIVE_INFINITY
        return { source, grade, sentence, weakest, criteria: criteria.toSorted((a, b) => worth(a) - worth(b) || b.ratings - a.ratings) }
      },
      selected.usesSpans || asked.population !== 'sample' ? WITH_SPANS_MS : undefined,
    )
  }

  /** How the items of each criterion are weighted; by the traffic of their own slice where it is cut. */
  async function itemWeightings(
    projectId: string,
    selection: QualitySelection,
    selected: SelectedJudgments,
    { population, ...asked }: Asked,
    by: string | undefined,
  ): Promise<(table: JudgmentTable) => ItemWeighting> {
    if (population === 'sample') return () => sampledItems(asked)
    const traffic = selectTraffic(projectId, selection, asked.strata, by)
    const [counted, found] = await Promise.all([populations.counted({ population, ...asked }, traffic), places.places(selected, traffic)])
    return (table) => itemWeighting(counted, found.get(placesKey(table)) ?? new Map())
  }

  /** The selected judgments in columns: all of them, or of a share of the items where they are too many. */
  async function read(selected: SelectedJudgments, watermark: string): Promise<{ tables: JudgmentTable[]; source: ReportSource }> {
    const judgments = await store.count(selected)
    const share = judgments > MOST_JUDGMENTS ? MOST_JUDGMENTS / judgments : 1
    const collected = judgmentTables()
    for await (const lines of store.judgments(selected, share)) for (const line of lines) collected.add(line)
    return { tables: collected.build(), source: { computedAt: clock().toISOString(), watermark, judgments, share } }
  }

  /**
   * What was judged beside the traffic it stands for.
   * @throws ApiError `invalid_argument` for shares that are none.
   */
  async function coverage(projectId: string, { by, target, ...selection }: z.output<typeof coverageQuerySchema>) {
    checkWindow(selection)
    const asked = askedPopulation({ strata: by, target })
    const judged = selectJudgments(projectId, selection, { kinds: ['rating', 'label', 'labels', 'thumbs', 'marks'] })
    const traffic = selectTraffic(projectId, selection, by)
    const watermark = await store.watermark(projectId)
    return runner.run(
      JSON.stringify(['coverage', projectId, watermark, by, target, selection]),
      async (step): Promise<CoverageReport> => {
        await consensus.refresh(projectId)
        await step('counting traffic', 0, 2)
        const counted = await populations.traffic(by, traffic)
        const judgedTraces = await counts.judgedTraces(traffic, judged)
        await step('reading scores', 1, 2)
        const lines: ScoreLine[] = []
        for await (const some of counts.scores(judged, traffic)) for (const line of some) lines.push(line)
        const judgments = await store.count(judged)
        return {
          source: { computedAt: clock().toISOString(), watermark, judgments, share: 1 },
          by,
          ...coverageOf(counted, judgedTraces, lines, target === undefined ? null : targetPopulation(asked)),
        }
      },
      WITH_SPANS_MS,
    )
  }

  /** Every reviewer beside the others who judged the same items. */
  async function reviewers(projectId: string, selection: QualitySelection): Promise<ReviewerReport | ReportProgress> {
    checkWindow(selection)
    const selected = selectJudgments(projectId, selection)
    const watermark = await store.watermark(projectId)
    return runner.run(
      JSON.stringify(['reviewers', projectId, watermark, selection]),
      async (step) => {
        const { tables, source } = await read(selected, watermark)
        const repeats = judgmentTables()
        for await (const lines of store.repeats(selected, source.share)) for (const line of lines) repeats.add(line)
        await step('reading comparisons', 1, 3)
        const comparisons: SeenComparison[] = []
        for await (const some of habits.comparisons(selected)) for (const one of some) comparisons.push(one)
        const lengths = await habits.ratedLengths(projectId)
        await step('comparing reviewers', 2, 3)
        return { source, ...reviewerFigures({ tables, repeats: repeats.build(), comparisons, lengths }) }
      },
      selected.usesSpans ? WITH_SPANS_MS : undefined,
    )
  }

  /** Where the judgments lean, without naming anybody. */
  async function bias(projectId: string, selection: QualitySelection): Promise<BiasReport | ReportProgress> {
    const found = await reviewers(projectId, selection)
    if ('progress' in found) return found
    const { source } = found
    return runner.run(JSON.stringify(['bias', projectId, source.watermark, source.computedAt, selection]), async (step) => {
      const selected = selectJudgments(projectId, selection)
      const prelabelled = await leanings.prelabelled(selected)
      await step('comparing traces', 1, 2)
      const traces = await leanings.traceScores(selected)
      const findings = biasFindings({ reviewers: found, prelabelled, traces })
      const [{ items }, values, judgments] = await Promise.all([
        rubrics.listRubrics(projectId, { limit: 200 }),
        leanings.values(projectId),
        leanings.judgmentCounts(projectId),
      ])
      const inUse = items.filter(({ archived }) => !archived)
      return { source, sentence: biasSentence(findings), findings, unused: unusedAnswers(inUse, values, judgments) }
    })
  }

  /** One reviewer's own figures, and nobody else's. */
  async function ownFigures(projectId: string, reviewerId: string, selection: QualitySelection): Promise<MyFigures | ReportProgress> {
    const report = await reviewers(projectId, selection)
    if ('progress' in report) return report
    const { source, all } = report
    return { source, all, me: report.reviewers.find((one) => one.reviewerId === reviewerId) ?? null }
  }

  /** What people say that no criterion asks about. */
  async function dimensions(projectId: string): Promise<DimensionReport | ReportProgress> {
    const watermark = await store.watermark(projectId)
    return runner.run(JSON.stringify(['dimensions', projectId, watermark]), async (step) => {
      const [said, asked] = await Promise.all([comments.newest(projectId), askedIn(projectId)])
      await step('grouping comments', 1, 2)
      return { source: { computedAt: clock().toISOString(), watermark }, ...missingDimensions(said, criterionWords(asked)) }
    })
  }

  /** The type of each criterion, where the rubrics agree on it. */
  async function criterionTypes(projectId: string): Promise<Map<string, CriterionType>> {
    const { items } = await rubrics.listRubrics(projectId, { limit: 200 })
    const types = Map.groupBy(
      items.flatMap(({ criteria }) => criteria),
      ({ key }) => key,
    )
    return new Map(
      [...types].flatMap(([key, own]) => (new Set(own.map(({ type }) => type)).size === 1 ? [[key, own[0]!.type] as const] : [])),
    )
  }

  /** Every criterion that is judged or stands in a rubric, with the words that it asks with. */
  async function askedIn(projectId: string): Promise<{ key: string; texts: string[] }[]> {
    const { items } = await rubrics.listRubrics(projectId, { limit: 200 })
    const inRubrics = items.flatMap(({ criteria }) =>
      criteria.map((criterion) => ({
        key: criterion.key,
        texts: [criterion.title, criterion.help, ...optionsOf(criterion).map(({ label }) => label)],
      })),
    )
    const judged = (await store.criteria(projectId)).map((key) => ({ key, texts: [] }))
    return [...inRubrics, ...judged]
  }

  const sliceKeys = async (projectId: string) => ({ items: await store.sliceKeys(projectId) })

  return { agreement, coverage, dimensions, reviewers, ownFigures, bias, sliceKeys }
}

/** Maps in steps that let other requests through. */
async function stepwise<T, R>(all: readonly T[], step: Step, name: (one: T) => string, map: (one: T) => R): Promise<R[]> {
  const results: R[] = []
  for (const one of all) {
    await step(name(one), results.length, all.length)
    results.push(map(one))
  }
  return results
}

function checkWindow({ from, to }: { from?: string | undefined; to?: string | undefined }): void {
  if (from !== undefined && to !== undefined && from >= to)
    throw new ApiError('invalid_argument', `from: ${from} must be before to (${to}).`)
}
