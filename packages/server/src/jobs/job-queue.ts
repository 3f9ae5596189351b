import { CompiledQuery, type Transaction } from 'kysely'
import { PgBoss } from 'pg-boss'
import { uuidv7 } from 'uuidv7'
import type { Postgres } from '../db/postgres.ts'
import type { Database } from '../db/schema.ts'

export type EnqueueOptions = {
  /** A second job with the same key while the first waits or runs is dropped. */
  key?: string
  /** Earliest start from now. */
  delaySeconds?: number
  /** Adds the job with this transaction, or not at all. `work` must have named the job before. */
  within?: Transaction<Database>
}

/** Work that outlives a request: kept in the transactional store, retried, and picked up again after a crash. */
export type JobQueue = {
  enqueue(name: string, payload: object, options?: EnqueueOptions): Promise<void>
  /**
   * Handles jobs of a name, one at a time in this process; a job whose handler throws comes again up to three times. Called in every
   * server at start; one that does not work (role `api`) only learns the name.
   */
  work<T extends object>(name: string, handle: (payload: T) => Promise<void>): Promise<void>
  close(): Promise<void>
}

/** How often a queue is looked at for jobs: people wait for what they asked for. */
const POLL_SECONDS = 0.5

/** @param works whether this process handles jobs, or only adds them. */
export async function openJobQueue(postgres: Postgres, onError: (error: Error) => void, { works = true } = {}): Promise<JobQueue> {
  const boss = new PgBoss({ db: { executeSql: (text, values) => postgres.execute(text, values) } })
  boss.on('error', onError)
  await boss.start()
  const known = new Set<string>()
  const ensure = async (name: string) => {
    if (known.has(name)) return
    await boss.createQueue(name, { policy: 'exclusive', retryLimit: 3, retryBackoff: true })
    known.add(name)
  }
  return {
    async enqueue(name, payload, { key, delaySeconds, within } = {}) {
      // Outside of the transaction, on the one connection of an embedded store, this would wait for ever.
      if (within !== undefined && !known.has(name)) throw new TypeError(`job ${name} is not known yet: call work() at start`)
      await ensure(name)
      await boss.send(name, payload, {
        // The policy allows one job per key, and none counts as a key as well.
        singletonKey: key ?? uuidv7(),
        ...(delaySeconds === undefined ? {} : { startAfter: delaySeconds }),
        ...(within === undefined ? {} : { db: inTransaction(within) }),
      })
    },
    async work<T extends object>(name: string, handle: (payload: T) => Promise<void>) {
      await ensure(name)
      if (!works) return
      await boss.work<T>(name, { pollingIntervalSeconds: POLL_SECONDS }, async (jobs) => {
        for (const job of jobs) await handle(job.data)
      })
    },
    close: () => boss.stop({ graceful: true, timeout: 5_000 }),
  }
}

function inTransaction(tx: Transaction<Database>) {
  return {
    executeSql: async (text: string, values: unknown[] = []) => tx.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, values)),
  }
}
