import type { Person } from '@plaudit/protocol'
import type { Logger } from 'pino'
import type { AccessService } from '../access/service.ts'
import type { Principal } from '../access/principal.ts'
import type { Config } from '../config.ts'
import type { EmbeddingService } from '../embeddings/service.ts'
import type { Db } from '../db/schema.ts'
import type { EventStore } from '../events/event-store.ts'
import type { Background } from '../jobs/background.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import type { Metrics } from '../ops/metrics.ts'

/** What every feature is built on: made once at start, the same for all requests. */
export type ServerContext = {
  config: Config
  events: EventStore
  db: Db
  jobs: JobQueue
  embeddings: EmbeddingService
  background: Background
  access: AccessService
  metrics: Metrics
  log: Logger
  /** The time now; tests set it. */
  clock: () => Date
}

type RequestVariables = { server: ServerContext; requestId: string; log: Logger }
/** Environment of every route. */
export type ServerEnv = { Variables: RequestVariables }
/** Environment of a route inside a project: it knows who asks and about which project. */
export type ProjectEnv = { Variables: RequestVariables & { principal: Principal; projectId: string } }
/** Environment of a route for a signed-in person outside any project. */
export type PersonEnv = { Variables: RequestVariables & { person: Person } }
