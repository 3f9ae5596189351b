import type { Webhook, WebhookDelivery } from '@plaudit/protocol'
import { sql } from 'kysely'
import type { Db, Queryable } from '../db/schema.ts'

/** Seconds until a call is tried again, after the first attempt, the second, …; after the last one it has failed. */
const PAUSES_S = [10, 60, 300, 1_800, 7_200, 21_600, 43_200] as const
export const MOST_ATTEMPTS = PAUSES_S.length + 1

/** A call whose time has come, with where it goes. */
export type DueDelivery = {
  id: string
  event: string
  itemId: string | null
  queueId: string | null
  projectId: string
  url: string
  secret: string
  attempts: number
  createdAt: Date
}

type DeliveryRow = {
  id: string
  event: string
  item_id: string | null
  state: WebhookDelivery['state']
  attempts: number
  status: number | null
  problem: string | null
  created_at: Date
  next_at: Date
  delivered_at: Date | null
}

/** Webhooks and their calls. Calls of items are added by a trigger, in the transaction that makes an item done. */
export function webhookStore(db: Db) {
  async function list(projectId: string): Promise<Webhook[]> {
    const rows = await db
      .selectFrom('webhook')
      .selectAll()
      .where('project_id', '=', projectId)
      .orderBy('created_at')
      .orderBy('id')
      .execute()
    return rows.map((row) => ({
      id: row.id,
      url: row.url,
      queueId: row.queue_id,
      enabled: row.enabled,
      createdAt: row.created_at.toISOString(),
    }))
  }

  async function insert(tx: Queryable, projectId: string, webhook: Webhook & { secret: string; createdBy: string }): Promise<void> {
    await tx
      .insertInto('webhook')
      .values({
        id: webhook.id,
        project_id: projectId,
        queue_id: webhook.queueId,
        url: webhook.url,
        secret: webhook.secret,
        created_by: webhook.createdBy,
        created_at: webhook.createdAt,
      })
      .execute()
  }

  async function setEnabled(projectId: string, id: string, enabled: boolean): Promise<boolean> {
    const query = db.updateTable('webhook').set({ enabled }).where('id', '=', id).where('project_id', '=', projectId)
    return (await query.executeTakeFirst()).numUpdatedRows === 1n
  }

  async function remove(tx: Queryable, projectId: string, id: string): Promise<boolean> {
    const query = tx.deleteFrom('webhook').where('id', '=', id).where('project_id', '=', projectId)
    return (await query.executeTakeFirst()).numDeletedRows === 1n
  }

  const addPing = async (webhookId: string, now: Date): Promise<void> => {
    await db
      .insertInto('webhook_delivery')
      .values({
        webhook_id: webhookId,
        event: 'ping',
        item_id: null,
        status: null,
        problem: null,
        delivered_at: null,
        next_at: now,
        created_at: now,
      })
      .execute()
  }

  /** Calls of a webhook, newest first, after a position. */
  async function deliveries(webhookId: string, after: { createdAt: string; id: string } | null, limit: number): Promise<WebhookDelivery[]> {
    const { rows } = await sql<DeliveryRow>`
      SELECT * FROM webhook_delivery WHERE webhook_id = ${webhookId}
        AND (${after?.id ?? null}::uuid IS NULL OR (created_at, id) < (${after?.createdAt ?? null}::timestamptz, ${after?.id ?? null}::uuid))
      ORDER BY created_at DESC, id DESC LIMIT ${limit}`.execute(db)
    return rows.map(decodeDelivery)
  }

  /** Makes a call wait to be tried at once, from the first attempt on. */
  async function retry(webhookId: string, id: string, now: Date): Promise<boolean> {
    const query = db
      .updateTable('webhook_delivery')
      .set({ state: 'waiting', attempts: 0, next_at: now })
      .where('id', '=', id)
      .where('webhook_id', '=', webhookId)
    return (await query.executeTakeFirst()).numUpdatedRows === 1n
  }

  /** Takes calls whose time has come. Each is due again after its pause: what a crash leaves behind is tried once more. */
  async function takeDue(now: Date, limit: number): Promise<DueDelivery[]> {
    const { rows } = await sql<{
      id: string
      event: string
      item_id: string | null
      queue_id: string | null
      project_id: string
      url: string
      secret: string
      attempts: number
      created_at: Date
    }>`
      WITH due AS (
        SELECT d.id FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id
        WHERE d.state = 'waiting' AND d.next_at <= ${now} AND w.enabled ORDER BY d.next_at LIMIT ${limit} FOR UPDATE OF d SKIP LOCKED
      )
      UPDATE webhook_delivery d SET attempts = d.attempts + 1,
        next_at = ${now}::timestamptz + make_interval(secs => coalesce((${[...PAUSES_S]}::int[])[d.attempts + 1], ${PAUSES_S.at(-1)}::int))
      FROM due, webhook w WHERE d.id = due.id AND w.id = d.webhook_id
      RETURNING d.id, d.event, d.item_id, (SELECT queue_id FROM queue_item i WHERE i.id = d.item_id), w.project_id, w.url, w.secret, d.attempts, d.created_at`.execute(
      db,
    )
    return rows.map((row) => ({
      id: row.id,
      event: row.event,
      itemId: row.item_id,
      queueId: row.queue_id,
      projectId: row.project_id,
      url: row.url,
      secret: row.secret,
      attempts: row.attempts,
      createdAt: new Date(row.created_at),
    }))
  }

  async function note(id: string, outcome: Pick<WebhookDelivery, 'state' | 'status' | 'problem'>, now: Date): Promise<void> {
    await db
      .updateTable('webhook_delivery')
      .set({ ...outcome, ...(outcome.state === 'delivered' ? { delivered_at: now } : {}) })
      .where('id', '=', id)
      .execute()
  }

  /** Forgets calls that ended before a time. */
  async function forget(before: Date): Promise<void> {
    await db.deleteFrom('webhook_delivery').where('state', '<>', 'waiting').where('created_at', '<', before).execute()
  }

  return { list, insert, setEnabled, remove, addPing, deliveries, retry, takeDue, note, forget }
}

function decodeDelivery(row: DeliveryRow): WebhookDelivery {
  return {
    id: row.id,
    event: row.event === 'ping' ? 'ping' : 'item.done',
    itemId: row.item_id,
    state: row.state,
    attempts: row.attempts,
    status: row.status,
    problem: row.problem,
    createdAt: row.created_at.toISOString(),
    nextAt: row.state === 'waiting' ? row.next_at.toISOString() : null,
    deliveredAt: row.delivered_at?.toISOString() ?? null,
  }
}
