// What the reports on trust and the overview say must not depend on where the data are: the same judgments on embedded stores, and on a PostgreSQL
// server with another server's engine, give the same answers to the last digit.
import type { AgreementReport, Overview, ReviewerReport } from '@plaudit/protocol'
import { seededRandom } from '@plaudit/stats'
import { expect, test } from 'vitest'
import { eventStoreTargets } from '../test-support/event-store-target.ts'
import { sampleFeedback, sampleSpan, spanIdOf, textMessage, traceIdOf } from '../test-support/sample-span.ts'
import { postgresBin, startPostgres } from '../test-support/start-postgres.ts'
import { openTestApp, setUpProject } from '../test-support/test-app.ts'

const bin = postgresBin()
if (bin === null) console.warn('PostgreSQL is not installed, so reports on remote stores are not compared.')

const ITEMS = 40
const times = { startTime: '2026-05-04T12:00:00.000Z', endTime: '2026-05-04T12:00:01.000Z' }
const onSpan = (n: number) => ({ target: { kind: 'span' as const, traceId: traceIdOf(n), spanId: spanIdOf(1) } })

/** A server with forty judged outputs: three reviewers of whom one is lenient, end users, comments. */
async function judged(name: string, env: Record<string, string>) {
  const server = await openTestApp(name, env)
  const { project, browser, key } = await setUpProject(server)
  const random = seededRandom(5)
  const numbers = Array.from({ length: ITEMS }, (_, n) => n)
  await server.context.events.appendSpans(
    project.id,
    numbers.map((n) =>
      sampleSpan(n, 1, {
        ...times,
        promptName: 'answer',
        promptVersion: n % 2 === 0 ? '1' : '2',
        model: 'm',
        metadata: { topic: n % 4 === 0 ? 'billing' : 'setup' },
        output: [textMessage('assistant', 'word '.repeat(5 + (n % 9)))],
      }),
    ),
  )
  const time = '2026-05-04T13:00:00.000Z'
  const feedback = numbers.flatMap((n) => {
    const quality = random.int(4)
    const reviewers = ['ann', 'bob', 'cid'].map((id) =>
      sampleFeedback({
        ...onSpan(n),
        author: { kind: 'human', id, role: 'reviewer' },
        criterion: 'worth',
        value: Math.min(4, Math.max(0, quality + (id === 'cid' ? 1 : 0) + random.int(2))),
        time,
        rationale: n % 3 === 0 ? 'Too long and the refund date is missing' : '',
      }),
    )
    const user = sampleFeedback({
      ...onSpan(n),
      author: { kind: 'human', id: `u${n}`, role: 'end_user' },
      criterion: 'thumbs',
      value: n % 3 === 0 ? 0 : 1,
      time,
    })
    return [...reviewers, user]
  })
  await server.context.events.appendFeedback(project.id, feedback)
  return { server, project, browser, call: server.withKey(key.secretKey) }
}
type Judged = Awaited<ReturnType<typeof judged>>

const paths = [
  '/api/v1/quality/agreement?by=metadata:topic',
  '/api/v1/quality/agreement?by=promptVersion&population=production&strata=metadata:topic',
  '/api/v1/quality/consensus?criterion=worth&limit=200',
  '/api/v1/quality/consensus/sources',
  '/api/v1/quality/coverage?by=metadata:topic&target=billing:1,setup:1',
  '/api/v1/quality/dimensions',
  '/api/v1/quality/slice-keys',
  '/api/v1/quality/bias',
  '/api/v1/overview?from=2026-05-01T00:00:00Z&to=2026-05-10T00:00:00Z&population=production&strata=metadata:topic',
  '/api/v1/overview?promptName=answer&from=2026-05-01T00:00:00Z&to=2026-05-10T00:00:00Z&population=target&strata=metadata:topic&target=billing:1,setup:3',
  '/api/v1/overview?promptName=answer&from=2026-05-01T00:00:00Z&to=2026-05-10T00:00:00Z',
]

test.skipIf(bin === null)(
  'reports on trust and the overview are the same on remote stores',
  async () => {
    const remoteEngine = eventStoreTargets.find(({ kind }) => kind === 'remote')!
    const [postgres, engine, here] = await Promise.all([startPostgres(bin ?? ''), remoteEngine.open(), judged('trust-embedded', {})])
    const there = await judged('trust-remote', { PLAUDIT_POSTGRES_URL: await postgres.newDatabase(), PLAUDIT_CLICKHOUSE_URL: engine.url })
    try {
      for (const path of paths) {
        const [own, other] = await Promise.all([answerOf(here, path), answerOf(there, path)])
        expect(other, path).toEqual(own)
      }
      const report = (await there.call('GET', paths[0]!)).body as unknown as AgreementReport
      expect(report.criteria.find(({ criterion }) => criterion === 'worth')).toMatchObject({ pairedItems: ITEMS, raters: 3 })
      const { criteria } = (await there.call('GET', paths.at(-1)!)).body as unknown as Overview
      expect(criteria.find(({ criterion }) => criterion === 'worth')?.consensus).toBe(ITEMS)
      const [own, other] = await Promise.all([reviewersOf(here), reviewersOf(there)])
      expect(other).toEqual(own)
      expect(own).toHaveLength(3)
    } finally {
      await Promise.all([here.server.close(), there.server.close()])
      await Promise.all([postgres.remove(), engine.remove()])
    }
  },
  60_000,
)

/** What differs by nature: ids that the server gives, and when a report was made. */
async function answerOf({ call, project }: Judged, path: string): Promise<unknown> {
  const { status, body } = await call('GET', path)
  expect(status, `${path} ${String(body['detail'])}`).toBe(200)
  return JSON.parse(JSON.stringify(body).replaceAll(project.id, 'project'), (name, value: unknown) =>
    ['watermark', 'madeAt', 'computedAt', 'feedbackId'].includes(name) ? undefined : value,
  )
}

/** Each reviewer's figures, as the lead sees them. */
async function reviewersOf({ browser, project }: Judged): Promise<unknown> {
  const { body } = await browser.call('GET', `/api/v1/quality/reviewers?project=${project.id}`)
  return (body as unknown as ReviewerReport).reviewers
}
