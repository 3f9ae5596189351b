import type { Logger } from 'pino'
import { sessionSecret } from './access/secret.ts'
import { accessService } from './access/service.ts'
import type { Config } from './config.ts'
import { openStores } from './db/stores.ts'
import { embeddingService } from './embeddings/service.ts'
import type { ServerContext } from './http/context.ts'
import { background } from './jobs/background.ts'
import { openJobQueue } from './jobs/job-queue.ts'
import { createMetrics } from './ops/metrics.ts'

export type OpenedContext = { context: ServerContext; close(): Promise<void> }

/**
 * Opens everything that requests are answered with: both stores, the job queue, access.
 * @param publicUrl where people reach the server, unless the configuration says so.
 * @throws ApiError with a sentence that says what to do; whatever was opened is closed again.
 */
export async function openContext(
  config: Config,
  log: Logger,
  publicUrl: string,
  clock: () => Date = () => new Date(),
): Promise<OpenedContext> {
  const stores = await openStores(config, log)
  const { events, db, postgres } = stores
  try {
    const embeddings = await embeddingService({ config, db, clock, log })
    const onError = (error: Error) => log.error({ err: error }, 'the job queue failed')
    const jobs = await openJobQueue(postgres, onError, { works: config.role !== 'api' })
    const secret = await sessionSecret(db, config.secret)
    const access = accessService({ db, secret, publicUrl: config.publicUrl ?? publicUrl, clock })
    const metrics = createMetrics(events)
    const later = background(log)
    return {
      context: { config, events, db, jobs, background: later, embeddings, access, metrics, log, clock },
      async close() {
        await jobs.close()
        await later.settled()
        await stores.close()
      },
    }
  } catch (error) {
    await stores.close()
    throw error
  }
}
