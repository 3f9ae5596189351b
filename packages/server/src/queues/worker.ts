import type { ServerContext } from '../http/context.ts'
import { deskService } from './desk-service.ts'

const SWEEP_MS = 5_000

/** Gives back leases that ran out, and publishes judgments that a crash left between the stores. */
export async function startQueueWorker(context: ServerContext): Promise<{ close(): Promise<void> }> {
  const desk = deskService(context)
  await desk.catchUp()
  let running: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    running = running.then(() => desk.expireLeases()).catch((error: unknown) => context.log.warn({ err: error }, 'leases were not swept'))
  }, SWEEP_MS)
  timer.unref()
  return {
    async close() {
      clearInterval(timer)
      await running
    },
  }
}
