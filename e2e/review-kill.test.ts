// Review over a shared PostgreSQL and event store, with the API and the worker in processes of their own, which are killed by turns while people
// judge and retry what was not answered; some of them walk away with their lease. Afterwards every item has exactly its judgments, each once in
// the event store. `PLAUDIT_KILL_ROUNDS` sets how often a process is killed (default 2), `PLAUDIT_REVIEW_ITEMS` how many items there are (20).
import { createClient, PlauditError, type Work } from '@plaudit/sdk'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EmbeddedClickhouse, startEmbeddedClickhouse } from '../packages/server/src/db/embedded-clickhouse.ts'
import { postgresBin, type PostgresServer, startPostgres } from '../packages/server/src/test-support/start-postgres.ts'
import { type SignedIn, signInAs } from './support/sign-in.ts'
import { startTestServer, type TestServer } from './support/start-server.ts'

const ROUNDS = Number(process.env['PLAUDIT_KILL_ROUNDS'] ?? 2)
const ITEMS = Number(process.env['PLAUDIT_REVIEW_ITEMS'] ?? 20)
const REVIEWERS = 4
const OVERLAP = 3
if (postgresBin() === null) console.warn('PostgreSQL is not installed, so review with two processes is not tested.')

describe.runIf(postgresBin() !== null)('review while processes are killed', () => {
  let postgres: PostgresServer
  let engine: EmbeddedClickhouse
  let api: TestServer
  let worker: TestServer
  let database: Client
  let owner: SignedIn
  const people: SignedIn[] = []
  const engineDir = mkdtempSync(join(tmpdir(), 'plaudit-review-kill-'))

  beforeAll(async () => {
    postgres = await startPostgres(postgresBin() ?? '')
    engine = await startEmbeddedClickhouse(engineDir)
    const url = await postgres.newDatabase()
    const env = { PLAUDIT_POSTGRES_URL: url, PLAUDIT_CLICKHOUSE_URL: engine.url }
    api = await startTestServer({ ...env, PLAUDIT_ROLE: 'api' })
    worker = await startTestServer({ ...env, PLAUDIT_ROLE: 'worker' })
    database = new Client({ connectionString: url })
    await database.connect()
    owner = await signInAs(api)
    people.push(owner)
    for (let index = 1; index < REVIEWERS; index += 1) people.push(await owner.addReviewer(`reviewer-${index}@example.com`))
  }, 120_000)
  afterAll(async () => {
    await Promise.all([api.remove(), worker.remove()])
    await database.end()
    await engine.close()
    await postgres.remove()
    rmSync(engineDir, { recursive: true, force: true })
  })

  /** Repeats until it is answered, as a screen that keeps what it has not got through. */
  async function insist<T>(attempt: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await attempt()
      } catch (error) {
        if (!(error instanceof PlauditError) || !error.isTransient) throw error
        await sleep(100)
      }
    }
  }

  /** Judges until nothing is left; every `careless`-th item is dropped with its lease. */
  async function work(who: SignedIn, queueId: string, careless: number, isOver: () => boolean): Promise<number> {
    let [judged, met] = [0, 0]
    const dropped: string[] = []
    while (!isOver()) {
      const { work: item } = await insist(() => who.client.desk.claim(queueId, dropped.slice(-2)))
      if (item === null) {
        await sleep(200)
        continue
      }
      met += 1
      if (met % careless === 0 && !dropped.includes(item.lease.id) && dropped.length < 2) dropped.push(item.lease.id)
      else if (await submit(who, queueId, item)) judged += 1
    }
    return judged
  }
  async function submit(who: SignedIn, queueId: string, item: Work): Promise<boolean> {
    const { rubricVersion, guidelineVersion, lease } = item
    const answers = { helpful: 3, solved: true }
    const judgment = { leaseId: lease.id, submissionId: randomUUID(), answers, rubricVersion, guidelineVersion }
    return (await insist(() => who.client.desk.submit(queueId, judgment))).state === 'accepted'
  }

  test(
    `${ITEMS} items, ${ROUNDS} kill -9 of the API and of the worker`,
    { timeout: 120_000 + ROUNDS * 30_000 + ITEMS * 2_000 },
    async () => {
      const traceIds = Array.from({ length: ITEMS }, () => randomBytes(16).toString('hex'))
      const spanId = '00000000000000a1'
      const program = createClient({ baseUrl: api.url, key: api.keys.secretKey })
      await program.traces.send({
        resourceSpans: [
          {
            scopeSpans: [
              {
                spans: traceIds.map((traceId) => ({
                  traceId,
                  spanId,
                  name: 'chat',
                  startTimeUnixNano: `${Date.now()}000000`,
                  endTimeUnixNano: `${Date.now()}000000`,
                  attributes: [
                    { key: 'openinference.span.kind', value: { stringValue: 'LLM' } },
                    { key: 'output.value', value: { stringValue: 'An answer.' } },
                  ],
                })),
              },
            ],
          },
        ],
      })
      const points = [1, 2, 3].map((value) => ({ value, label: String(value) }))
      const rubric = await owner.client.rubrics.create({
        name: 'Replies',
        criteria: [
          { type: 'ordinal', key: 'helpful', title: 'Helpful', points },
          { type: 'binary', key: 'solved', title: 'Solved' },
        ],
      })
      const queue = await owner.client.queues.create({ name: 'Replies', itemKind: 'span', rubricId: rubric.id, overlap: OVERLAP })
      const items = traceIds.map((traceId) => ({ target: { kind: 'span' as const, traceId, spanId } }))
      for (let from = 0; from < ITEMS; from += 1_000) await owner.client.queues.fill(queue.id, { items: items.slice(from, from + 1_000) })

      let isOver = false
      const working = Promise.all(people.map((who, index) => work(who, queue.id, 5 + index, () => isOver)))
      for (let round = 0; round < ROUNDS; round += 1) {
        await Promise.race([working, sleep(500 + Math.random() * 1_000)])
        const victim = round % 2 === 0 ? api : worker
        await victim.kill9()
        // What people walked away from runs out, with the worker dead half of the time.
        await database.query(
          `UPDATE assignment SET expires_at = now() - interval '1 second' WHERE state = 'leased' AND claimed_at < now() - interval '3 seconds'`,
        )
        await victim.restart()
      }
      const progress = async () => (await insist(() => owner.client.queues.get(queue.id))).progress
      for (const deadline = Date.now() + 60_000 + ITEMS * 1_000; (await progress()).done < ITEMS && Date.now() < deadline; await sleep(500))
        await database.query(
          `UPDATE assignment SET expires_at = now() - interval '1 second' WHERE state = 'leased' AND claimed_at < now() - interval '3 seconds'`,
        )
      isOver = true
      const judged = (await working).reduce((sum, one) => sum + one, 0)

      const needed = ITEMS * OVERLAP
      expect(await progress()).toMatchObject({ items: ITEMS, done: ITEMS, open: 0, leased: 0, judgments: needed, judgmentsNeeded: needed })
      expect(judged).toBe(needed)
      const { rows } = await database.query<{ n: number; people: number }>(
        `SELECT count(*)::int AS n, count(DISTINCT person_id)::int AS people FROM assignment WHERE state = 'submitted' GROUP BY item_id`,
      )
      expect(rows).toHaveLength(ITEMS)
      expect(rows.filter((row) => row.n !== OVERLAP || row.people !== OVERLAP)).toEqual([])
      // Each judgment is two records, each once; what a kill left between the stores is published by the worker's sweep.
      const listed = async () => {
        const seen: string[] = []
        let cursor: string | undefined
        do {
          const page = await program.feedback.list({ limit: 200, ...(cursor === undefined ? {} : { cursor }) })
          seen.push(...page.items.map(({ id }) => id))
          cursor = page.nextCursor ?? undefined
        } while (cursor !== undefined)
        return [seen.length, new Set(seen).size]
      }
      await expect.poll(listed, { timeout: 30_000, interval: 500 }).toEqual([2 * needed, 2 * needed])
      console.log(`${ROUNDS} kills: ${needed} judgments by ${REVIEWERS} people on ${ITEMS} items, each exactly once`)
    },
  )
})
