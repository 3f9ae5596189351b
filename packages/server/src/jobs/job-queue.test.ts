import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Postgres } from '../db/postgres.ts'
import { type TransactionalStoreTarget, transactionalStoreTargets } from '../test-support/transactional-store-target.ts'
import { type JobQueue, openJobQueue } from './job-queue.ts'

describe.each(transactionalStoreTargets)('the job queue, $kind', ({ open }) => {
  let target: TransactionalStoreTarget
  let postgres: Postgres
  let jobs: JobQueue
  const fail = (error: Error) => {
    throw error
  }
  const until = async (isSo: () => boolean) => {
    for (let tries = 0; !isSo() && tries < 200; tries += 1) await sleep(50)
    expect(isSo()).toBe(true)
  }

  beforeAll(async () => {
    target = await open()
    postgres = await target.open()
    jobs = await openJobQueue(postgres, fail)
  })
  afterAll(async () => {
    await jobs.close()
    await postgres.close()
    await target.remove()
  })

  test('hands over every job once, in the order in which they were added', async () => {
    const handled: unknown[] = []
    for (const number of [1, 2, 3]) await jobs.enqueue('count', { number })
    await jobs.work('count', async (payload) => void handled.push(payload))
    await until(() => handled.length === 3)
    expect(handled).toEqual([{ number: 1 }, { number: 2 }, { number: 3 }])
  })

  test('a job whose handler fails comes again', async () => {
    let attempts = 0
    await jobs.work('flaky', async () => {
      attempts += 1
      if (attempts === 1) throw new Error('not yet')
    })
    await jobs.enqueue('flaky', {})
    await until(() => attempts === 2)
  })

  test('drops a second job with the key of one that waits, and adds it within a transaction or not at all', async () => {
    const handled: { name: string }[] = []
    await jobs.work<{ name: string }>('keyed', async (payload) => void handled.push(payload))
    await jobs.enqueue('keyed', { name: 'first' }, { key: 'a' })
    await jobs.enqueue('keyed', { name: 'dropped' }, { key: 'a' })
    const rolledBack = postgres.db.transaction().execute(async (tx) => {
      await jobs.enqueue('keyed', { name: 'rolled back' }, { key: 'b', within: tx })
      throw new Error('rolled back')
    })
    await expect(rolledBack).rejects.toThrow('rolled back')
    await postgres.db.transaction().execute((tx) => jobs.enqueue('keyed', { name: 'committed' }, { key: 'b', within: tx }))
    await until(() => handled.length === 2)
    expect(handled.map(({ name }) => name)).toEqual(['first', 'committed'])
  })

  test('refuses to name a job inside a transaction, where an embedded store would wait for ever', async () => {
    const adding = postgres.db.transaction().execute((tx) => jobs.enqueue('unknown', {}, { within: tx }))
    await expect(adding).rejects.toThrow(/call work\(\) at start/)
  })

  test('keeps a job over a restart', async () => {
    await jobs.enqueue('later', { kept: true })
    await jobs.close()
    await postgres.close()
    postgres = await target.open()
    jobs = await openJobQueue(postgres, fail)
    const handled: unknown[] = []
    await jobs.work('later', async (payload) => void handled.push(payload))
    await until(() => handled.length === 1)
    expect(handled).toEqual([{ kept: true }])
  })
})
