import type { ServerContext } from '../http/context.ts'
import { deskService } from './desk-service.ts'
import { ruleService } from './rule-service.ts'

const SWEEP_MS = 5_000

/** Gives back leases that ran out, publishes judgments that a crash left between the stores, and follows standing rules. */
export function startQueueWorker(context: ServerContext): { close(): Promise<void> } {
  const desk = deskService(context)
  const rules = ruleService(context)
  const sweep = async () => {
    await desk.expireLeases().catch((error: unknown) => context.log.warn({ err: error }, 'leases were not swept'))
    await desk.catchUp().catch((error: unknown) => context.log.error({ err: error }, 'a judgment waits for the event store'))
    await rules.followRules().catch((error: unknown) => context.log.error({ err: error }, 'a standing rule was not followed'))
  }
  let running = sweep()
  const timer = setInterval(() => {
    running = running.then(sweep)
  }, SWEEP_MS)
  timer.unref()
  return {
    async close() {
      clearInterval(timer)
      await running
    },
  }
}
