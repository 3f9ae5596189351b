import { type QueueItem, queueResultLines, type QueueResult, type QueueResultPage } from '@plaudit/protocol'
import { judgmentStore } from './judgment-store.ts'
import { type QueueContext, queueService } from './service.ts'

type Wanted = { limit: number; cursor?: string | undefined; state?: QueueItem['state'] | undefined }
const FILE_PAGE = 200

/** What was judged in a queue, item by item, for programs and tables. */
export function resultService(context: QueueContext) {
  const queues = queueService(context)
  const judgments = judgmentStore(context.db)

  async function results(projectId: string, queueId: string, wanted: Wanted): Promise<QueueResultPage> {
    const { items, nextCursor } = await queues.listItems(projectId, queueId, wanted)
    const ids = items.map(({ id }) => id)
    const [given, decisions, shape] = await Promise.all([judgments.onItems(ids), judgments.decisionsOn(ids), judgments.shapeOf(queueId)])
    const byItem = Map.groupBy(given, ({ itemId }) => itemId)
    return {
      items: items.map((item) => ({ item, judgments: byItem.get(item.id) ?? [], decision: decisions.get(item.id) ?? null })),
      nextCursor,
      ...shape,
    }
  }

  /** One item. @throws ApiError `not_found`. */
  async function resultOf(projectId: string, queueId: string, itemId: string): Promise<QueueResult> {
    const { item } = await queues.getItem(projectId, queueId, itemId)
    const [given, decision] = await Promise.all([judgments.onItems([itemId]), judgments.decisionOn(itemId)])
    return { item, judgments: given, decision }
  }

  /** The whole queue as CSV, a page in memory at a time. @throws ApiError `not_found` before the first line. */
  async function resultFile(projectId: string, queueId: string, state?: QueueItem['state']): Promise<AsyncIterable<string>> {
    await queues.existing(projectId, queueId)
    return queueResultLines((cursor) => results(projectId, queueId, { limit: FILE_PAGE, cursor, state }))
  }

  return { results, resultOf, resultFile }
}
