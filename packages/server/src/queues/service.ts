import {
  ApiError,
  type Criterion,
  type Judgment,
  type Page,
  type Queue,
  queueChangeSchema,
  type QueueFilled,
  type QueueItem,
  type queueItemQuerySchema,
  queueInputSchema,
  type QueueProgress,
  type Target,
} from '@plaudit/protocol'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { feedbackIdentity } from '../events/feedback-row.ts'
import { decodeCursor, encodeCursor } from '../http/cursor.ts'
import type { ServerContext } from '../http/context.ts'
import { guidelineService } from '../guidelines/service.ts'
import { rubricService } from '../rubrics/service.ts'
import { contentOf, previewOf } from './content.ts'
import { contentStore } from './content-store.ts'
import { goldProblems } from './gold.ts'
import { judgmentStore } from './judgment-store.ts'
import { hashFraction } from './presentation.ts'
import { type Drawn, planVersionOf } from './sampling.ts'
import { type NewItem, type QueueRow, queueStore } from './store.ts'

/** Something to add to a queue. */
export type Candidate = { target: Target; priority: number; gold?: Record<string, unknown> | undefined; drawn?: Drawn | undefined }
export type QueueContext = Pick<ServerContext, 'db' | 'events' | 'clock'>

const emptyProgress: QueueProgress = { items: 0, done: 0, open: 0, leased: 0, needsLead: 0, judgments: 0, judgmentsNeeded: 0 }

/** Queues as leads see them: their settings, their items, and what was said about each. */
export function queueService(context: QueueContext) {
  const store = queueStore(context.db)
  const judgments = judgmentStore(context.db)
  const content = contentStore(context.events)
  const rubrics = rubricService(context)
  const guidelines = guidelineService(context)

  /** @throws ApiError `not_found`. */
  async function existing(projectId: string, id: string): Promise<QueueRow> {
    const queue = await store.byId(id)
    if (queue === null || queue.projectId !== projectId) throw new ApiError('not_found', `There is no queue ${id} in this project.`)
    return queue
  }

  async function listQueues(projectId: string, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<Queue>> {
    const after = cursor === undefined ? null : decodeCursor(z.uuid(), cursor)
    const found = await store.page(projectId, after, limit + 1)
    const page = found.slice(0, limit)
    const progress = await store.progress(page.map(({ id }) => id))
    const last = page.at(-1)
    return {
      items: page.map((queue) => queueOf(queue, progress.get(queue.id) ?? emptyProgress)),
      nextCursor: found.length > limit && last !== undefined ? encodeCursor(last.id) : null,
    }
  }

  /** Queues that are open for work, at most 200. */
  const openQueues = async (projectId: string): Promise<QueueRow[]> =>
    (await store.page(projectId, null, 200)).filter(({ state }) => state === 'open')

  async function getQueue(projectId: string, id: string): Promise<Queue> {
    const queue = await existing(projectId, id)
    return queueOf(queue, (await store.progress([id])).get(id) ?? emptyProgress)
  }

  async function createQueue(projectId: string, input: z.output<typeof queueInputSchema>, actor: string): Promise<Queue> {
    const { name, itemKind, rubricId, guidelineId, overlap, ...settings } = input
    const rubric = await rubrics.getRubric(projectId, rubricId)
    if (guidelineId !== null) await guidelines.getGuideline(projectId, guidelineId)
    checkCriteria(itemKind, rubric.criteria)
    const id = uuidv7()
    await store.insert(
      { id, projectId, name, itemKind, rubricId, guidelineId, overlap, settings, state: 'open', createdBy: actor },
      context.clock(),
    )
    return getQueue(projectId, id)
  }

  async function changeQueue(projectId: string, id: string, change: z.output<typeof queueChangeSchema>): Promise<Queue> {
    const queue = await existing(projectId, id)
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
    const { name, rubricId, guidelineId, overlap, state, ...settings } = { ...queue.settings, ...queue, ...given } as QueueRow &
      QueueRow['settings']
    if (rubricId !== queue.rubricId) checkCriteria(queue.itemKind, (await rubrics.getRubric(projectId, rubricId)).criteria)
    if (guidelineId !== null && guidelineId !== queue.guidelineId) await guidelines.getGuideline(projectId, guidelineId)
    const known = queueInputSchema.shape
    const kept = Object.fromEntries(Object.entries(settings).filter(([key]) => key in known && key !== 'itemKind')) as QueueRow['settings']
    await store.update({ ...queue, name, rubricId, guidelineId, overlap, state, settings: kept }, context.clock())
    return getQueue(projectId, id)
  }

  /**
   * Adds items; one that is in the queue already is left as it is. A bad one is refused by itself. Feedback's targets may be there before
   * their traces, and so may items.
   */
  async function addItems(
    projectId: string,
    id: string,
    candidates: readonly Candidate[],
    plan: NewItem['plan'] = null,
  ): Promise<QueueFilled> {
    const queue = await existing(projectId, id)
    const { criteria } = await rubrics.getRubric(projectId, queue.rubricId)
    const refused: QueueFilled['refused'] = []
    const accepted = candidates.filter((candidate, index) => {
      const problem = problemOf(queue, criteria, candidate)
      if (problem !== null) refused.push({ index, message: problem })
      return problem === null
    })
    const previews = await previewsOf(projectId, accepted)
    const planVersion = plan === null ? null : planVersionOf(plan)
    let position = queue.settings.shuffle ? 0 : await store.nextPosition(id)
    const items = accepted.map(({ target, priority, gold, drawn }, index): NewItem => {
      const itemId = uuidv7()
      return {
        id: itemId,
        target,
        targetKey: feedbackIdentity({ target, criterion: '', author: { kind: 'human', id: '', role: null }, identifier: '' }),
        priority,
        position: queue.settings.shuffle ? hashFraction(itemId) : position++,
        gold: gold ?? null,
        stratum: drawn?.stratum ?? null,
        inclusionProbability: drawn?.probability ?? null,
        plan,
        planVersion,
        preview: previews[index] ?? '',
      }
    })
    const added = await store.insertItems(id, queue.overlap, items)
    return { added: added.size, present: items.length - added.size, refused }
  }

  async function previewsOf(projectId: string, candidates: readonly Candidate[]): Promise<string[]> {
    const refs = candidates.flatMap(({ target }) =>
      target.kind === 'span'
        ? [{ traceId: target.traceId, spanId: target.spanId }]
        : target.kind === 'comparison'
          ? target.outputs.slice(0, 1)
          : [],
    )
    const spans = new Map<string, Awaited<ReturnType<typeof content.spans>>[number]>()
    for (let from = 0; from < refs.length; from += 500)
      for (const span of await content.spans(projectId, refs.slice(from, from + 500))) spans.set(`${span.traceId} ${span.spanId}`, span)
    return candidates.map(({ target }) => {
      if (target.kind === 'session') return target.sessionId
      if (target.kind === 'trace') return target.traceId
      const ref = target.kind === 'comparison' ? target.outputs[0] : target
      const span = ref !== undefined && 'spanId' in ref ? spans.get(`${ref.traceId} ${ref.spanId}`) : undefined
      if (span === undefined) return ''
      return previewOf(contentOf({ kind: 'span', traceId: span.traceId, spanId: span.spanId }, [span], { order: [], hideModel: true }))
    })
  }

  async function listItems(
    projectId: string,
    id: string,
    { limit, cursor, ...filter }: z.output<typeof queueItemQuerySchema>,
  ): Promise<Page<QueueItem>> {
    await existing(projectId, id)
    const afterId = cursor === undefined ? null : decodeCursor(z.uuid(), cursor)
    const found = await store.itemPage(id, { ...filter, afterId, limit: limit + 1 })
    const items = found.slice(0, limit)
    const last = items.at(-1)
    return { items, nextCursor: found.length > limit && last !== undefined ? encodeCursor(last.id) : null }
  }

  /** @throws ApiError `not_found`. */
  async function getItem(projectId: string, id: string, itemId: string) {
    await existing(projectId, id)
    const found = await store.itemById(id, itemId)
    if (found === null) throw new ApiError('not_found', `There is no item ${itemId} in this queue.`)
    return found
  }

  async function judgmentsOf(projectId: string, id: string, itemId: string): Promise<Judgment[]> {
    await getItem(projectId, id, itemId)
    return judgments.onItems([itemId])
  }

  /** Takes an item out of the queue or back into it; its judgments stay. */
  async function setItemState(projectId: string, id: string, itemId: string, state: 'open' | 'removed'): Promise<QueueItem> {
    await getItem(projectId, id, itemId)
    await store.setItemState(id, itemId, state)
    return (await getItem(projectId, id, itemId)).item
  }

  return { existing, listQueues, openQueues, getQueue, createQueue, changeQueue, addItems, listItems, getItem, judgmentsOf, setItemState }
}

function queueOf(queue: QueueRow, progress: QueueProgress): Queue {
  const { id, name, itemKind, rubricId, rubricVersion, guidelineId, guidelineVersion, overlap, state } = queue
  const createdAt = queue.createdAt.toISOString()
  return {
    id,
    name,
    itemKind,
    rubricId,
    rubricVersion,
    guidelineId,
    guidelineVersion,
    overlap,
    ...queue.settings,
    state,
    createdAt,
    progress,
  }
}

/** @throws ApiError `invalid_argument` when a rubric asks what cannot be asked of such items. */
function checkCriteria(itemKind: Queue['itemKind'], criteria: readonly Criterion[]): void {
  const compares = (criterion: Criterion) => criterion.type === 'comparison' || criterion.type === 'ranking'
  const wrong = criteria.find((criterion) => criterion.type !== 'text' && compares(criterion) !== (itemKind === 'comparison'))
  if (wrong === undefined) return
  const sentence =
    itemKind === 'comparison'
      ? `${wrong.key} asks about one output, but the queue's items are comparisons: use comparison, ranking and text criteria.`
      : `${wrong.key} compares outputs, but the queue's items are single: make a queue of comparisons for it.`
  throw new ApiError('invalid_argument', `rubricId: ${sentence}`)
}

/** Why something cannot be an item of the queue, or null. */
function problemOf(queue: QueueRow, criteria: readonly Criterion[], { target, gold }: Candidate): string | null {
  if (target.kind !== queue.itemKind) return `The queue takes items of kind ${queue.itemKind}, not ${target.kind}.`
  const outputs = target.kind === 'comparison' ? target.outputs.length : 1
  if (outputs !== 2 && criteria.some(({ type }) => type === 'comparison') && target.kind === 'comparison')
    return `The rubric compares two outputs, but the item has ${outputs}: use a ranking.`
  return gold === undefined ? null : (goldProblems(criteria, gold, outputs)[0] ?? null)
}
