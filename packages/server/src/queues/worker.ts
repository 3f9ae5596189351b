import type { ServerContext } from '../http/context.ts'
import { deskService } from './desk-service.ts'

const SWEEP_MS = 5_000

/** Gives back leases that ran out, and publishes judgments that a crash left between the stores. */
export function startQueueWorker(context: ServerContext): { close(): Promise<void> } {
  const desk = deskService(context)
  const sweep = async () => {
    await desk.expireLeases().catch((error: unknown) => context.log.warn({ err: error }, 'leases were not swept'))
    await desk.catchUp().catch((error: unknown) => context.log.error({ err: error }, 'a judgment waits for the event store'))
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
