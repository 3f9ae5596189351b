import {
  type Adjudication,
  ApiError,
  checkAnswers,
  type Criterion,
  type decisionInputSchema,
  type Disagreement,
  type Page,
  type StaleJudgment,
} from '@plaudit/protocol'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { feedbackService } from '../feedback/service.ts'
import { guidelineService } from '../guidelines/service.ts'
import { decodeCursor, encodeCursor } from '../http/cursor.ts'
import { rubricService } from '../rubrics/service.ts'
import { contentOf } from './content.ts'
import { contentStore } from './content-store.ts'
import { disagreement } from './disagreement.ts'
import { goldProblems, goldScore } from './gold.ts'
import { goldService } from './gold-service.ts'
import { judgmentStore } from './judgment-store.ts'
import { leaseStore } from './lease-store.ts'
import { feedbackOf, type OutboxContext, type Published, publisher } from './publisher.ts'
import { queueService } from './service.ts'
import { queueStore } from './store.ts'

const WEEK_MS = 7 * 86_400_000
/** Judgments under older guidelines that are looked at in one request. */
const MOST_STALE = 2_000

/** A lead at work on what reviewers do not agree on, on known answers, and on judgments that a new guideline overtook. */
export function adjudicationService(context: OutboxContext) {
  const { db, events, clock } = context
  const queues = queueService(context)
  const store = judgmentStore(db)
  const leases = leaseStore(db)
  const items = queueStore(db)
  const content = contentStore(events)
  const rubrics = rubricService(context)
  const guidelines = guidelineService(context)
  const feedback = feedbackService(context)
  const outbox = publisher(context)
  const gold = goldService(context)

  /** Items by how far their judgments are apart, the farthest first; those without any difference are left out. */
  async function disagreements(
    projectId: string,
    queueId: string,
    { limit, cursor, decided }: { limit: number; cursor?: string | undefined; decided: 'true' | 'false' },
  ): Promise<Page<Disagreement>> {
    const queue = await queues.existing(projectId, queueId)
    const { criteria } = await rubrics.getRubric(projectId, queue.rubricId)
    const judged = await store.answersByItem(queueId, 2)
    const ranked = judged
      .filter((one) => String(one.decided) === decided)
      .map((one) => ({ ...one, ...scoreOf(criteria, one.answers) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || (a.itemId < b.itemId ? -1 : 1))
    const from = cursor === undefined ? 0 : decodeCursor(z.int().min(0), cursor)
    const page = ranked.slice(from, from + limit)
    const found = await Promise.all(page.map(async ({ itemId }) => (await items.itemById(queueId, itemId))?.item))
    return {
      items: page.flatMap(({ score, criteria: byCriterion, decided: isDecided }, k) => {
        const item = found[k]
        return item === undefined ? [] : [{ item, score, criteria: byCriterion, decided: isDecided }]
      }),
      nextCursor: from + limit < ranked.length ? encodeCursor(from + limit) : null,
    }
  }

  /** An item with all its judgments, side by side. */
  async function open(projectId: string, queueId: string, itemId: string): Promise<Adjudication> {
    const queue = await queues.existing(projectId, queueId)
    const { item, gold: known } = await queues.getItem(projectId, queueId, itemId)
    const { target } = item
    const [spans, judgments, decision] = await Promise.all([
      content.about(projectId, target),
      store.onItems([itemId]),
      store.decisionOn(itemId),
    ])
    const order = target.kind === 'comparison' ? target.outputs.map((_, index) => index) : []
    const { input, outputs, available } = contentOf(target, spans, { order, hideModel: false })
    return { item, rubricVersion: queue.rubricVersion, input, outputs, available, judgments, decision, gold: known }
  }

  /**
   * Decides on an item. The decision is feedback of its own, by the lead, beside the reviewers' judgments; a later one supersedes it.
   * @throws ApiError `unprocessable` for answers that do not fit the rubric.
   */
  async function decide(
    projectId: string,
    queueId: string,
    itemId: string,
    lead: string,
    input: z.output<typeof decisionInputSchema>,
  ): Promise<Adjudication> {
    const queue = await queues.existing(projectId, queueId)
    const { item } = await queues.getItem(projectId, queueId, itemId)
    const { criteria } = await rubrics.getRubric(projectId, queue.rubricId)
    const outputs = item.target.kind === 'comparison' ? item.target.outputs.length : 1
    const { answers, problems } = checkAnswers(criteria, input.answers, outputs)
    if (problems.length > 0) throw new ApiError('unprocessable', problems.map(({ message }) => message).join(' '), { details: problems })
    const now = clock()
    const decision: Published = {
      assignmentId: itemId,
      submissionId: uuidv7(),
      projectId,
      queueId,
      personId: lead,
      role: 'lead',
      target: item.target,
      criteria,
      answers,
      rationales: input.rationales,
      dropped: [],
      // The outputs were shown in the order of the target.
      presentation: { order: [], decision: true, rubric: { id: queue.rubricId, version: queue.rubricVersion } },
      submittedAt: now,
    }
    await feedback.recordOwn(
      projectId,
      feedbackOf(decision, now).map((record) => ({ ...record, identifier: `decision:${queueId}` })),
    )
    await store.decide(itemId, { personId: lead, answers, rationales: input.rationales, errors: input.errors, note: input.note }, now)
    return open(projectId, queueId, itemId)
  }

  /** Gives a judgment back to its author with a note. @throws ApiError `conflict` when it is open already. */
  async function sendBack(projectId: string, queueId: string, itemId: string, judgmentId: string, note: string): Promise<void> {
    await queues.getItem(projectId, queueId, itemId)
    if (!(await leases.sendBack(itemId, judgmentId, note, new Date(clock().getTime() + WEEK_MS))))
      throw new ApiError('conflict', 'This judgment is not there, or it is in its author’s hands already.')
  }

  /** Counts a judgment that came after its lease had run out. @throws ApiError `conflict` when there is no such judgment. */
  async function acceptLate(projectId: string, queueId: string, itemId: string, judgmentId: string): Promise<Adjudication> {
    await queues.getItem(projectId, queueId, itemId)
    if (!(await leases.acceptLate(itemId, judgmentId))) throw new ApiError('conflict', 'This judgment is not there, or it counts already.')
    await outbox.catchUp(judgmentId)
    return open(projectId, queueId, itemId)
  }

  /** Makes an item gold, corrects its known answers, or makes it an ordinary item; earlier judgments are scored anew. */
  async function setGold(
    projectId: string,
    queueId: string,
    itemId: string,
    answers: Record<string, unknown> | null,
  ): Promise<Adjudication> {
    const queue = await queues.existing(projectId, queueId)
    const { item } = await queues.getItem(projectId, queueId, itemId)
    const { criteria } = await rubrics.getRubric(projectId, queue.rubricId)
    if (answers !== null) {
      const [problem] = goldProblems(criteria, answers, item.target.kind === 'comparison' ? item.target.outputs.length : 1)
      if (problem !== undefined) throw new ApiError('unprocessable', `answers: ${problem}`)
    }
    await items.setGold(queueId, itemId, answers)
    const people = await store.rescoreGold(itemId, (given) => (answers === null ? null : goldScore(criteria, answers, given)))
    for (const personId of people) await gold.review(queue, personId)
    if (answers === null) await outbox.catchUp()
    return open(projectId, queueId, itemId)
  }

  async function challenges(projectId: string, queueId: string) {
    await queues.existing(projectId, queueId)
    return store.challenges(queueId)
  }

  async function dismissChallenge(projectId: string, queueId: string, judgmentId: string): Promise<void> {
    await queues.existing(projectId, queueId)
    if (!(await store.dismissChallenge(queueId, judgmentId))) throw new ApiError('not_found', 'There is no such challenge.')
  }

  /** Judgments made before a guideline change that touches criteria which they answer. */
  async function stale(projectId: string, queueId: string): Promise<StaleJudgment[]> {
    const queue = await queues.existing(projectId, queueId)
    if (queue.guidelineId === null || queue.guidelineVersion === null) return []
    const versions = await guidelines.versionsOf(projectId, queue.guidelineId)
    const made = await store.madeBefore(queueId, queue.guidelineVersion, MOST_STALE)
    return made.flatMap(({ judgment, preview }) => {
      const since = versions.filter(({ version }) => version > (judgment.guidelineVersion ?? 0))
      const touched = new Set(since.flatMap(({ touches }) => touches))
      const criteria = Object.keys(judgment.answers).filter((key) => touched.has(key))
      return criteria.length === 0 ? [] : [{ judgment, preview, criteria, guidelineVersion: judgment.guidelineVersion ?? 0 }]
    })
  }

  return { disagreements, open, decide, sendBack, acceptLate, setGold, challenges, dismissChallenge, stale }
}

function scoreOf(
  criteria: readonly Criterion[],
  answers: readonly Record<string, unknown>[],
): { score: number; criteria: Record<string, number> } {
  const scores = criteria.flatMap((criterion): [string, number][] => {
    const score = disagreement(
      criterion,
      answers.map((one) => one[criterion.key]),
    )
    return score === null ? [] : [[criterion.key, score]]
  })
  return { score: Math.max(0, ...scores.map(([, score]) => score)), criteria: Object.fromEntries(scores) }
}
