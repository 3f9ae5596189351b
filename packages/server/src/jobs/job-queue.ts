import { PgBoss } from 'pg-boss'
import type { Postgres } from '../db/postgres.ts'

/** Work that outlives a request: kept in the transactional store, retried, and picked up again after a crash. */
export type JobQueue = {
  /** Adds a job; a second one with the same `key` while the first waits or runs is dropped. */
  enqueue(name: string, payload: object, options?: { key?: string }): Promise<void>
  /** Handles jobs of a name, one at a time in this process. */
  work<T extends object>(name: string, handle: (payload: T) => Promise<void>): Promise<void>
  close(): Promise<void>
}

export async function openJobQueue(postgres: Postgres, onError: (error: Error) => void): Promise<JobQueue> {
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
    async enqueue(name, payload, { key } = {}) {
      await ensure(name)
      await boss.send(name, payload, key === undefined ? {} : { singletonKey: key })
    },
    async work<T extends object>(name: string, handle: (payload: T) => Promise<void>) {
      await ensure(name)
      await boss.work<T>(name, async (jobs) => {
        for (const job of jobs) await handle(job.data)
      })
    },
    close: () => boss.stop({ graceful: true, timeout: 5_000 }),
  }
}
