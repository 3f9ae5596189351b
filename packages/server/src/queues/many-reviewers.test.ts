// Fifty people at once on one queue, against embedded stores and against a PostgreSQL server: some walk away with their lease, some send twice,
// some work on two devices. Every item ends with exactly its judgments, none lost or doubled, none twice by one person.
// `PLAUDIT_REVIEW_ITEMS` sets how many items there are (default 40; 2000 for the full size).
import { queueInputSchema, rubricInputSchema, submitInputSchema, type Work } from '@plaudit/protocol'
import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Principal } from '../access/principal.ts'
import { readConfig } from '../config.ts'
import { type OpenedContext, openContext } from '../open-context.ts'
import { rubricService } from '../rubrics/service.ts'
import { newDataDir } from '../test-support/data-dir.ts'
import { sampleSpan, spanIdOf, textMessage, traceIdOf } from '../test-support/sample-span.ts'
import { postgresBin, type PostgresServer, startPostgres } from '../test-support/start-postgres.ts'
import { deskService } from './desk-service.ts'
import { queueService } from './service.ts'

const ITEMS = Number(process.env['PLAUDIT_REVIEW_ITEMS'] ?? 40)
const REVIEWERS = 50
const OVERLAP = 3
const kinds = postgresBin() === null ? (['embedded'] as const) : (['embedded', 'remote'] as const)
if (kinds.length === 1) console.warn('PostgreSQL is not installed, so the many reviewers work on the embedded store alone.')

describe.each(kinds)('many reviewers, %s', (kind) => {
  let opened: OpenedContext
  let dataDir: string
  let postgres: PostgresServer | null = null
  let now = Date.parse('2026-05-04T09:00:00Z')
  let projectId: string
  let queueId: string
  let desk: ReturnType<typeof deskService>

  beforeAll(async () => {
    dataDir = await newDataDir('many')
    if (kind === 'remote') postgres = await startPostgres(postgresBin() ?? '')
    const env = postgres === null ? {} : { PLAUDIT_POSTGRES_URL: await postgres.newDatabase() }
    opened = await openContext(readConfig(env, { dataDir }), pino({ level: 'silent' }), 'http://plaudit.test', () => new Date(now))
    const { context } = opened
    projectId = await newProject()
    const rubric = await rubricService(context).createRubric(
      projectId,
      rubricInputSchema.parse({ name: 'Pairs', criteria: [{ type: 'comparison', key: 'better', title: 'Better' }] }),
      'lead',
    )
    const queues = queueService(context)
    const input = queueInputSchema.parse({ name: 'Pairs', itemKind: 'comparison', rubricId: rubric.id, overlap: OVERLAP, leaseMinutes: 10 })
    queueId = (await queues.createQueue(projectId, input, 'lead')).id
    for (let from = 0; from < ITEMS; from += 500) {
      const some = Array.from({ length: Math.min(500, ITEMS - from) }, (_, index) => from + index + 1)
      await context.events.appendSpans(
        projectId,
        some.flatMap((n) => [1, 2].map((k) => sampleSpan(n, k, { output: [textMessage('assistant', `output ${k} of ${n}`)] }))),
      )
      const filled = await queues.addItems(
        projectId,
        queueId,
        some.map((n) => ({
          target: { kind: 'comparison', outputs: [1, 2].map((k) => ({ traceId: traceIdOf(n), spanId: spanIdOf(k) })) },
          priority: 0,
        })),
      )
      expect(filled.added).toBe(some.length)
    }
    desk = deskService(context)
  }, 120_000)
  afterAll(async () => {
    await opened.close()
    await postgres?.remove()
    rmSync(dataDir, { recursive: true, force: true })
  })

  async function newProject(): Promise<string> {
    const id = randomUUID()
    await opened.context.db.insertInto('project').values({ id, name: 'p', slug: id }).execute()
    return id
  }
  const reviewer = (index: number) =>
    ({
      kind: 'person',
      person: { id: `person ${index}`, name: 'P', email: 'p@example.com', mustChangePassword: false },
      role: 'reviewer',
      projectId,
    }) as Principal & { kind: 'person' }

  /** One person's day: everything that is left for them, in a sequence of accidents that depends on who they are. */
  async function work(index: number): Promise<void> {
    const who = reviewer(index)
    for (let round = 0; ; round += 1) {
      // Two devices ask at the same time: they get the same item, or two different ones, and never more than can be held.
      const twice = (index + round) % 7 === 0
      const claims = await Promise.all([desk.claim(who, queueId, []), ...(twice ? [desk.claim(who, queueId, [])] : [])])
      const all = claims.flatMap(({ work: one }) => one ?? [])
      if (all.length === 0) return
      for (const one of new Map(all.map((each) => [each.lease.id, each])).values()) {
        expect(one.available).toBe(true)
        const accident = (index * 31 + round) % 61
        if (accident === 1) return
        const judgment = submitInputSchema.parse({
          leaseId: one.lease.id,
          submissionId: randomUUID(),
          answers: { better: { outcome: sideOfSecond(one) } },
          activeMs: 1_000,
          rubricVersion: one.rubricVersion,
          guidelineVersion: null,
        })
        const times = accident === 2 ? 2 : 1
        const answers = await Promise.all(Array.from({ length: times }, () => desk.submit(who, queueId, judgment)))
        for (const answer of answers) expect(answer.judgmentId).toBe(one.lease.id)
      }
    }
  }

  test(`${REVIEWERS} people, ${ITEMS} items, ${OVERLAP} judgments each`, { timeout: 60_000 + ITEMS * 500 }, async () => {
    const start = performance.now()
    for (let day = 0; day < 40; day += 1) {
      await Promise.all(Array.from({ length: REVIEWERS }, (_, index) => work(index + day * REVIEWERS)))
      const { progress } = await queueService(opened.context).getQueue(projectId, queueId)
      if (progress.done === ITEMS) break
      // Those who walked away hold items: the queue does not say that it is done, and the leases run out.
      expect(progress.leased).toBeGreaterThan(0)
      now += 11 * 60_000
      expect(await desk.expireLeases()).toBeGreaterThan(0)
    }
    const { progress } = await queueService(opened.context).getQueue(projectId, queueId)
    expect(progress).toEqual({
      items: ITEMS,
      done: ITEMS,
      open: 0,
      leased: 0,
      needsLead: 0,
      judgments: ITEMS * OVERLAP,
      judgmentsNeeded: ITEMS * OVERLAP,
    })
    const { rows } = await sql<{ n: number; people: number; places: number }>`
      SELECT count(*)::int AS n, count(DISTINCT a.person_id)::int AS people, min(i.slots_open)::int AS places
      FROM queue_item i JOIN assignment a ON a.item_id = i.id AND a.state = 'submitted' WHERE i.queue_id = ${queueId}
      GROUP BY i.id`.execute(opened.context.db)
    expect(rows.filter((row) => row.n !== OVERLAP || row.people !== OVERLAP || row.places !== 0)).toEqual([])
    await opened.context.background.settled()
    // The same in the event store, with every outcome said of the output that it was about: the second output wins, wherever it stood.
    const feedback = await opened.context.events.query<{ n: string; items: string; outcomes: string[] }>(
      `SELECT count() AS n, uniqExact(outputs) AS items, groupUniqArray(JSONExtractString(value, 'outcome')) AS outcomes
       FROM feedback FINAL WHERE project_id = {projectId:String}`,
      { projectId },
    )
    expect(feedback).toEqual([{ n: String(ITEMS * OVERLAP), items: String(ITEMS), outcomes: ['right'] }])
    const seconds = (performance.now() - start) / 1_000
    console.log(`${kind}: ${ITEMS * OVERLAP} judgments by ${REVIEWERS} people in ${seconds.toFixed(1)} s`)
  })
})

/** Where «output 2» is shown. */
function sideOfSecond({ outputs }: Work): 'left' | 'right' {
  return JSON.stringify(outputs[0]?.messages).includes('output 2 of') ? 'left' : 'right'
}
