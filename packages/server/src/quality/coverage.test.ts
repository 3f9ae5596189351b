import type { CoverageReport } from '@plaudit/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleFeedback, sampleSpan, spanIdOf, traceIdOf } from '../test-support/sample-span.ts'
import { openTestApp, setUpProject, type TestApp } from '../test-support/test-app.ts'

let server: TestApp
let projectId: string
let call: ReturnType<TestApp['withKey']>

beforeAll(async () => {
  server = await openTestApp('coverage')
  const { project, key } = await setUpProject(server)
  projectId = project.id
  call = server.withKey(key.secretKey)
})
afterAll(() => server.close())

const onSpan = (n: number) => ({ target: { kind: 'span' as const, traceId: traceIdOf(n), spanId: spanIdOf(2) } })

async function coverage(query: string): Promise<CoverageReport> {
  const { status, body } = await call('GET', `/api/v1/quality/coverage?${query}`)
  expect(body['detail']).toBeUndefined()
  expect(status).toBe(200)
  return body as unknown as CoverageReport
}

describe('coverage', () => {
  test('of nothing says so, and refuses what traffic does not have', async () => {
    expect(await coverage('by=model')).toMatchObject({ traffic: 0, sentence: 'There is no traffic here.', estimates: [] })
    expect((await call('GET', '/api/v1/quality/coverage?by=queue')).body['detail']).toMatch(/traffic has no queue/)
    expect((await call('GET', '/api/v1/quality/coverage?by=model&target=a:-1')).body['detail']).toMatch(/share of a/)
  })

  test('counts traces by stratum, weighs the scores to traffic and to a target, and names what was never judged', async () => {
    // 80 traces on topic a, 20 on b, 10 on c; judged: 10 of a (score 4), 10 of b (score 2), none of c.
    const topicOf = (n: number) => (n < 80 ? 'a' : n < 100 ? 'b' : 'c')
    await server.context.events.appendSpans(
      projectId,
      Array.from({ length: 110 }, (_, n) => [
        sampleSpan(n, 1, { kind: 'chain', metadata: { topic: 'of the root' } }),
        sampleSpan(n, 2, { parentSpanId: spanIdOf(1), startTime: '2026-05-04T12:00:01.000Z', metadata: { topic: topicOf(n) } }),
      ]).flat(),
    )
    const judged = [...Array.from({ length: 10 }, (_, n) => n), ...Array.from({ length: 10 }, (_, n) => 80 + n)]
    await server.context.events.appendFeedback(
      projectId,
      judged.map((n, k) => sampleFeedback({ ...onSpan(n), value: (n < 80 ? 4 : 2) + (k % 2 === 0 ? 0.5 : -0.5) })),
    )
    const report = await coverage('by=metadata:topic&target=a:1,b:3')
    expect(report).toMatchObject({ judged: 20, traffic: 110, empty: ['c'], withProbability: 0 })
    expect(report.emptyShare).toBeCloseTo(10 / 110, 12)
    expect(report.strata.map(({ name, judged: own, traffic }) => [name, own, traffic])).toEqual([
      ['c', 0, 10],
      ['a', 10, 80],
      ['b', 10, 20],
    ])
    // χ² of 10, 10, 0 against 80 : 20 : 10.
    const expected = [80, 20, 10].map((n) => (20 * n) / 110)
    const chiSquare = [10, 10, 0].reduce((sum, n, k) => sum + (n - expected[k]!) ** 2 / expected[k]!, 0)
    expect(report.chiSquare.estimate).toBeCloseTo(chiSquare, 9)
    expect(report.sentence).toMatch(/differs much from the traffic by topic.*“c” has no judgment at all: 9\.1 % of the traffic\./)
    const [score] = report.estimates
    expect(score).toMatchObject({ criterion: 'helpfulness', sample: { estimate: 3, n: 20, clusters: 20 } })
    // Nothing is known of c, so that there is no mean of all traffic; of a and b alone there is.
    expect(score?.production).toMatchObject({
      estimate: null,
      reason: expect.stringMatching(/“c” \(9\.1 % of the traffic\) has no judgment/) as string,
    })
    expect(score?.target?.estimate).toBeCloseTo(0.25 * 4 + 0.75 * 2, 9)
    expect(score?.target?.low).toBeLessThan(2.5)
    const known = await coverage('by=metadata:topic&metadata=topic:a')
    expect(known.estimates[0]?.production.estimate).toBeCloseTo(4, 9)
  })

  test('of a target: all others are what it does not name, and a stratum of its own need not be a large one', async () => {
    const { estimates } = await coverage('by=metadata:topic&target=a:1,(all others):3')
    expect(estimates[0]?.target?.estimate).toBeCloseTo(0.25 * 4 + 0.75 * 2, 9)
    // A stratum for each trace: the 200 largest have names, all others count together.
    await server.context.events.appendSpans(
      projectId,
      Array.from({ length: 300 }, (_, n) =>
        Array.from({ length: n < 200 ? 2 : 1 }, (_unused, k) => sampleSpan(1_000 + 2 * n + k, 2, { metadata: { user: `u${n}` } })),
      ).flat(),
    )
    const rare = ['u250', 'u260'].flatMap((user, k) => {
      const trace = 1_000 + 2 * Number(user.slice(1))
      return [sampleFeedback({ ...onSpan(trace), criterion: 'rare', value: 2 + 2 * k })]
    })
    await server.context.events.appendFeedback(projectId, rare)
    const many = await coverage('by=metadata:user&criterion=rare&target=u250:1,u260:3')
    expect(many.strata).toHaveLength(201)
    expect(many.strata.find(({ name }) => name === '(all others)')).toMatchObject({ judged: 2 })
    expect(many.strata.reduce((sum, { traffic }) => sum + traffic, 0)).toBe(many.traffic)
    expect(many.traffic).toBe(110 + 500)
    expect(many.estimates[0]?.target?.estimate).toBeCloseTo(0.25 * 2 + 0.75 * 4, 9)
  })

  test('uses the inclusion probabilities of a plan where every judgment has one', async () => {
    const presentation = (probability: number) => ({ presentation: { inclusionProbability: probability } })
    await server.context.events.appendFeedback(projectId, [
      sampleFeedback({ ...onSpan(0), criterion: 'drawn', value: 1, ...presentation(0.5) }),
      sampleFeedback({ ...onSpan(1), criterion: 'drawn', value: 0, ...presentation(0.25) }),
    ])
    const { estimates } = await coverage('by=metadata:topic&criterion=drawn')
    expect(estimates[0]?.production.estimate).toBeCloseTo(1 / 3, 9)
    expect(estimates[0]?.sample.estimate).toBe(0.5)
  })
})
