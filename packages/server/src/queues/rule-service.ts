import { fillService } from './fill-service.ts'
import { type RuledQueue, ruleStore } from './rule-store.ts'
import type { QueueContext } from './service.ts'

/** Traces looked at in one go. */
const PAGE = 2_000
/** A span is on disk so long after its version was given, and a trace is whole so long after its first span. */
const SETTLE_MS = 15_000
/** A judgment can come long after its trace; the filter's conditions look at spans from so long before it on. */
const LOOK_BACK_MS = 30 * 86_400_000

/**
 * Standing rules: what arrives enters the queue by the rule's filter and plan. The event store is the queue of work: each rule remembers how far
 * it has come, so that nothing is kept in memory, ingest is never slowed, and after a crash it goes on where it was.
 */
export function ruleService(context: QueueContext, { settleMs = SETTLE_MS } = {}) {
  const store = ruleStore(context.db, context.events)
  const { fillByRule } = fillService(context)

  /**
   * Looks at what has arrived and settled since the last time. Returns how many items were added.
   * @throws what the last rule that failed threw, after all were followed; it is tried again from where it was.
   */
  async function followRules(): Promise<number> {
    const untilMs = context.clock().getTime() - settleMs
    let added = 0
    const failed: unknown[] = []
    for (const queue of await store.ruledQueues())
      added += await follow(queue, untilMs).catch((error: unknown) => {
        failed.push(error)
        return 0
      })
    if (failed.length > 0) throw failed.at(-1)
    return added
  }

  async function follow({ id, projectId, fromMs }: RuledQueue, untilMs: number): Promise<number> {
    let added = 0
    for (let from = fromMs; from < untilMs;) {
      const { traceIds, startMs, reachedMs } = await store.arrivals(projectId, from, untilMs, PAGE)
      if (traceIds.length > 0) added += (await fillByRule(projectId, id, { traceIds, fromMs: Math.max(0, startMs - LOOK_BACK_MS) })).added
      from = reachedMs
      await store.setReached(id, new Date(from))
    }
    return added
  }

  return { followRules }
}
