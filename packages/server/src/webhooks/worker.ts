import { ApiError, type WebhookEvent } from '@plaudit/protocol'
import type { ServerContext } from '../http/context.ts'
import { resultService } from '../queues/result-service.ts'
import { sendWebhook } from './send.ts'
import { type DueDelivery, MOST_ATTEMPTS, webhookStore } from './store.ts'

const TICK_MS = 1_000
/** Calls under way at once. */
const AT_ONCE = 20
const KEPT_MS = 30 * 86_400_000
const FORGET_EVERY_MS = 3_600_000

/** Makes the calls of webhooks, each at least once: the log of calls is the queue of work, so that a crash loses none. */
export function startWebhookWorker(context: ServerContext): { close(): Promise<void> } {
  const { db, clock, config, log } = context
  const store = webhookStore(db)
  const results = resultService(context)
  let forgottenMs = 0

  async function eventOf({ id, itemId, queueId, projectId, createdAt }: DueDelivery): Promise<WebhookEvent> {
    const common = { id, time: createdAt.toISOString(), projectId }
    if (itemId === null || queueId === null) return { ...common, type: 'ping' }
    return { ...common, type: 'item.done', queueId, ...(await results.resultOf(projectId, queueId, itemId)) }
  }

  async function deliver(due: DueDelivery): Promise<void> {
    try {
      const { url, secret, id } = due
      const body = JSON.stringify(await eventOf(due))
      const status = await sendWebhook({ url, secret, id, body, time: clock(), allowPrivate: config.webhookPrivate === true })
      const ok = status >= 200 && status < 300
      await store.note(
        id,
        { state: ok ? 'delivered' : failedOr(due), status, problem: ok ? null : `the address answered ${status}` },
        clock(),
      )
    } catch (error) {
      // An item that is gone has nothing left to be told of.
      const state = error instanceof ApiError ? 'failed' : failedOr(due)
      await store.note(due.id, { state, status: null, problem: error instanceof Error ? error.message : 'it failed' }, clock())
    }
  }

  async function tick(): Promise<void> {
    const now = clock()
    if (now.getTime() - forgottenMs > FORGET_EVERY_MS) {
      forgottenMs = now.getTime()
      await store.forget(new Date(now.getTime() - KEPT_MS))
    }
    for (let due = await store.takeDue(clock(), AT_ONCE); due.length > 0; due = await store.takeDue(clock(), AT_ONCE)) {
      await Promise.all(due.map(deliver))
      if (closed) return
    }
  }

  let closed = false
  let running: Promise<void> | null = null
  const timer = setInterval(() => {
    running ??= tick()
      .catch((error: unknown) => log.error({ err: error }, 'webhooks could not be called; it will be tried again'))
      .finally(() => (running = null))
  }, TICK_MS)
  timer.unref()
  return {
    async close() {
      closed = true
      clearInterval(timer)
      await running
    },
  }
}

function failedOr({ attempts }: DueDelivery): 'failed' | 'waiting' {
  return attempts >= MOST_ATTEMPTS ? 'failed' : 'waiting'
}
