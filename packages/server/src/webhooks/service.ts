import { ApiError, type Page, type Webhook, type WebhookCreated, type WebhookDelivery, type webhookInputSchema } from '@plaudit/protocol'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { auditService } from '../audit/service.ts'
import type { ServerContext } from '../http/context.ts'
import { decodeCursor, encodeCursor } from '../http/cursor.ts'
import { queueService } from '../queues/service.ts'
import { isPublicAddress, literalHost } from './public-address.ts'
import { newWebhookSecret } from './signature.ts'
import { webhookStore } from './store.ts'

const positionSchema = z.tuple([z.string(), z.uuid()])

/** Webhooks of a project, and the log of their calls. */
export function webhookService(context: Pick<ServerContext, 'db' | 'events' | 'clock' | 'config'>) {
  const { db, clock, config } = context
  const store = webhookStore(db)
  const queues = queueService(context)
  const audit = auditService(context)

  const listWebhooks = (projectId: string): Promise<Webhook[]> => store.list(projectId)

  /**
   * Registers an address. Names are looked up at each call, which refuses those that lead to a private address; one that is written as such is
   * refused here.
   * @throws ApiError `invalid_argument` for a private address, `not_found` for a queue of another project.
   */
  async function createWebhook(projectId: string, input: z.output<typeof webhookInputSchema>, actor: string): Promise<WebhookCreated> {
    const host = literalHost(new URL(input.url))
    if (config.webhookPrivate !== true && ((host !== null && !isPublicAddress(host)) || new URL(input.url).hostname === 'localhost'))
      throw new ApiError(
        'invalid_argument',
        `url: ${new URL(input.url).hostname} is not a public address. Set PLAUDIT_WEBHOOK_PRIVATE=1 on the server to call addresses of its own network.`,
      )
    if (input.queueId !== null) await queues.existing(projectId, input.queueId)
    const webhook = { id: uuidv7(), ...input, enabled: true, createdAt: clock().toISOString() }
    const secret = newWebhookSecret()
    await db.transaction().execute(async (tx) => {
      await store.insert(tx, projectId, { ...webhook, secret, createdBy: actor })
      await audit.record(tx, { projectId, actor, action: 'webhook.create', subject: webhook.id, detail: { url: input.url } })
    })
    return { ...webhook, secret }
  }

  /** @throws ApiError `not_found`. */
  async function setEnabled(projectId: string, id: string, enabled: boolean): Promise<Webhook> {
    if (!(await store.setEnabled(projectId, id, enabled))) throw missing(id)
    return existing(projectId, id)
  }

  /** Removes a webhook with its log. @throws ApiError `not_found`. */
  async function removeWebhook(projectId: string, id: string, actor: string): Promise<void> {
    await db.transaction().execute(async (tx) => {
      if (!(await store.remove(tx, projectId, id))) throw missing(id)
      await audit.record(tx, { projectId, actor, action: 'webhook.delete', subject: id })
    })
  }

  async function existing(projectId: string, id: string): Promise<Webhook> {
    const webhook = (await store.list(projectId)).find((one) => one.id === id)
    if (webhook === undefined) throw missing(id)
    return webhook
  }

  async function listDeliveries(
    projectId: string,
    id: string,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<WebhookDelivery>> {
    await existing(projectId, id)
    const position = cursor === undefined ? null : decodeCursor(positionSchema, cursor)
    const found = await store.deliveries(id, position === null ? null : { createdAt: position[0], id: position[1] }, limit + 1)
    const items = found.slice(0, limit)
    const last = items.at(-1)
    return { items, nextCursor: found.length > limit && last !== undefined ? encodeCursor([last.createdAt, last.id]) : null }
  }

  /** Calls the address once to try it. */
  async function ping(projectId: string, id: string): Promise<void> {
    await existing(projectId, id)
    await store.addPing(id, clock())
  }

  /** Tries a call again, also one that was delivered. @throws ApiError `not_found`. */
  async function retry(projectId: string, id: string, deliveryId: string): Promise<void> {
    await existing(projectId, id)
    if (!(await store.retry(id, deliveryId, clock()))) throw new ApiError('not_found', `There is no call ${deliveryId} of this webhook.`)
  }

  return { listWebhooks, createWebhook, setEnabled, removeWebhook, listDeliveries, ping, retry }
}

function missing(id: string): ApiError {
  return new ApiError('not_found', `There is no webhook ${id} in this project.`)
}
