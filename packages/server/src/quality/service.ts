import { type AgreementQuery, type AgreementReport, ApiError, type ReportProgress, type ReportSource } from '@plaudit/protocol'
import type { EventStore } from '../events/event-store.ts'
import { criterionAgreement } from './agreement.ts'
import { overallSentence } from './agreement-sentence.ts'
import { judgmentTables, type JudgmentTable } from './judgment-table.ts'
import { reportRunner, type Step } from './report-runner.ts'
import { type SelectedJudgments, selectJudgments } from './selection.ts'
import { MOST_JUDGMENTS, qualityStore } from './store.ts'

/** How long a report stands that depends on spans, which may come after the judgments on them. */
const WITH_SPANS_MS = 60_000

/** Whether judgments can be believed: reports over what people said, made once for each state of the project and kept. */
export function qualityService({ events, clock }: { events: EventStore; clock: () => Date }) {
  const store = qualityStore(events)
  const runner = reportRunner(clock)

  /** Agreement by criterion, worst first. @throws ApiError `invalid_argument` for a window that ends before it begins. */
  async function agreement(projectId: string, { by, ...selection }: AgreementQuery): Promise<AgreementReport | ReportProgress> {
    if (selection.from !== undefined && selection.to !== undefined && selection.from >= selection.to)
      throw new ApiError('invalid_argument', `from: ${selection.from} must be before to (${selection.to}).`)
    const selected = selectJudgments(projectId, selection, { by })
    const watermark = await store.watermark(projectId)
    return runner.run(
      JSON.stringify(['agreement', projectId, watermark, by, selection]),
      async (step) => {
        const { tables, source } = await read(selected, watermark)
        const lengths = tables.some(({ kind }) => kind === 'marks') ? await store.outputLengths(projectId) : new Map<string, number>()
        const criteria = await stepwise(
          tables,
          step,
          ({ criterion }) => criterion,
          (table) => criterionAgreement(table, lengths),
        )
        const { grade, sentence, weakest } = overallSentence(criteria)
        const worth = (one: (typeof criteria)[number]) => one.alpha.estimate ?? Number.POSITIVE_INFINITY
        return { source, grade, sentence, weakest, criteria: criteria.toSorted((a, b) => worth(a) - worth(b) || b.ratings - a.ratings) }
      },
      selected.usesSpans ? WITH_SPANS_MS : undefined,
    )
  }

  /** The selected judgments in columns: all of them, or of a share of the items where they are too many. */
  async function read(selected: SelectedJudgments, watermark: string): Promise<{ tables: JudgmentTable[]; source: ReportSource }> {
    const judgments = await store.count(selected)
    const share = judgments > MOST_JUDGMENTS ? MOST_JUDGMENTS / judgments : 1
    const collected = judgmentTables()
    for await (const lines of store.judgments(selected, share)) for (const line of lines) collected.add(line)
    return { tables: collected.build(), source: { computedAt: clock().toISOString(), watermark, judgments, share } }
  }

  const sliceKeys = async (projectId: string) => ({ items: await store.sliceKeys(projectId) })

  return { agreement, sliceKeys }
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
