import type { AgreementReport } from '@plaudit/protocol'
import { krippendorffAlpha, ratingsFromTable } from '@plaudit/stats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleFeedback, sampleSpan, spanIdOf, traceIdOf } from '../test-support/sample-span.ts'
import { openTestApp, setUpProject, type TestApp } from '../test-support/test-app.ts'

let server: TestApp
let projectId: string
let call: ReturnType<TestApp['withKey']>

/** Reviewers agree on easy outputs, nine in ten of the traffic, and on every third hard one; hard ones are judged far more often. */
const isEasy = (n: number) => n % 10 !== 0
const valueOf = (n: number, reviewer: number) =>
  1 + ((n + Math.floor(n / 30) + (isEasy(n) || Math.floor(n / 10) % 3 === 0 ? 0 : reviewer)) % 3)
const isJudged = (n: number) => !isEasy(n) || n % 30 === 4 || n % 30 === 15
const traffic = Array.from({ length: 600 }, (_, n) => n)
const judged = traffic.filter(isJudged)
const alphaOf = (some: readonly number[]) =>
  krippendorffAlpha(ratingsFromTable(some.map((n) => [valueOf(n, 0), valueOf(n, 1)])), { level: 'ordinal' }).estimate!

beforeAll(async () => {
  server = await openTestApp('agreement-population')
  const { project, key } = await setUpProject(server)
  projectId = project.id
  call = server.withKey(key.secretKey)
  const { events } = server.context
  await events.appendSpans(
    projectId,
    traffic.map((n) => sampleSpan(n, 1, { metadata: { topic: isEasy(n) ? 'easy' : 'hard' }, model: n % 2 === 0 ? 'even' : 'odd' })),
  )
  const votes = (n: number, criterion: string, more: object = {}) =>
    [0, 1].map((reviewer) =>
      sampleFeedback({
        target: { kind: 'span', traceId: traceIdOf(n), spanId: spanIdOf(1) },
        criterion,
        value: valueOf(n, reviewer),
        author: { kind: 'human', id: `r${reviewer}`, role: 'reviewer' },
        ...more,
      }),
    )
  await events.appendFeedback(projectId, [
    ...judged.flatMap((n) => votes(n, 'tone')),
    ...judged.flatMap((n) => votes(n, 'drawn', { presentation: { inclusionProbability: isEasy(n) ? 2 / 27 : 1 } })),
    // Nobody else looked at easy ones.
    ...judged.flatMap((n) => votes(n, 'alone').slice(0, isEasy(n) ? 1 : 2)),
  ])
})
afterAll(() => server.close())

async function criterion(name: string, query: string) {
  const { status, body } = await call('GET', `/api/v1/quality/agreement?${query}`)
  expect(body['detail']).toBeUndefined()
  expect(status).toBe(200)
  return (body as unknown as AgreementReport).criteria.find((one) => one.criterion === name)!
}
const byTopic = 'strata=metadata:topic'

describe('agreement of a population', () => {
  test('refuses what is none', async () => {
    const detail = async (query: string) => JSON.stringify((await call('GET', `/api/v1/quality/agreement?${query}`)).body)
    expect(await detail('population=all')).toMatch(/population/)
    expect(await detail('population=production&strata=guideline')).toMatch(/traffic has no queue/)
    expect(await detail('population=target&target=easy:x')).toMatch(/share of easy/)
  })

  test('has the truth of the traffic where hard items are reviewed more often; as sampled it is far off', async () => {
    const truth = alphaOf(traffic)
    const sampled = await criterion('tone', '')
    expect(sampled.alpha.estimate).toBeCloseTo(alphaOf(judged), 9)
    expect(sampled.alpha.high!).toBeLessThan(truth)
    expect(sampled.weighting).toMatchObject({ population: 'sample', method: 'none' })

    const weighted = await criterion('tone', `population=production&${byTopic}`)
    expect(weighted.weighting).toMatchObject({ population: 'production', method: 'strata', strata: 'metadata:topic' })
    expect(Math.abs(weighted.alpha.estimate! - truth)).toBeLessThan(0.03)
    expect(weighted.alpha.low!).toBeLessThan(truth)
    expect(weighted.alpha.high!).toBeGreaterThan(truth)
    expect(weighted.alpha.effective!).toBeLessThan(weighted.pairedItems)
    expect(weighted.grade).toBe('good')
    expect(sampled.grade).not.toBe('good')
    // Equal judgments of the traffic, by hand: all easy ones, and a third of the hard ones.
    expect(weighted.percent.estimate).toBeCloseTo(0.9 + 0.1 / 3, 9)
    expect(weighted.ceiling!.low.estimate!).toBeGreaterThan(sampled.ceiling!.low.estimate!)
  })

  test('uses the probabilities of a plan where every judgment has one', async () => {
    const drawn = await criterion('drawn', 'population=production')
    expect(drawn.weighting.method).toBe('probability')
    expect(drawn.alpha.estimate).toBeCloseTo((await criterion('tone', `population=production&${byTopic}`)).alpha.estimate!, 9)
  })

  test('weighs a slice to its own traffic', async () => {
    const { slices } = await criterion('tone', `population=production&${byTopic}&by=model`)
    // Hard ones are all even, so that of the odd traffic there is no other stratum.
    const odd = slices.find(({ slice }) => slice === 'odd')!
    expect(odd.alpha.estimate).toBeCloseTo(1, 9)
    const even = slices.find(({ slice }) => slice === 'even')!
    // 240 easy ones and 60 hard ones: 0.8 + 0.2 / 3.
    expect(even.percent.estimate).toBeCloseTo(0.8 + 0.2 / 3, 9)
  })

  test('finds the slice of a later step of a trace, and the traces that it is in', async () => {
    const { events } = server.context
    const steps = Array.from({ length: 12 }, (_, n) => 700 + n)
    await events.appendSpans(
      projectId,
      steps.flatMap((n) => [
        sampleSpan(n, 1, { model: 'drafts', promptName: 'draft' }),
        sampleSpan(n, 2, { model: 'revises', promptName: 'revise', startTime: '2026-05-04T12:00:05.000Z' }),
      ]),
    )
    await events.appendFeedback(
      projectId,
      steps.flatMap((n) =>
        [0, 1].map((reviewer) =>
          sampleFeedback({
            target: { kind: 'span', traceId: traceIdOf(n), spanId: spanIdOf(2) },
            criterion: 'revision',
            value: 1 + ((n + (n % 4 === 0 ? reviewer : 0)) % 3),
            author: { kind: 'human', id: `r${reviewer}`, role: 'reviewer' },
          }),
        ),
      ),
    )
    const { slices } = await criterion('revision', 'population=production&by=model')
    expect(slices.map(({ slice, percent }) => [slice, percent.estimate])).toEqual([['revises', 0.75]])
    const ofModel = await criterion('revision', 'population=production&model=revises')
    expect(ofModel.percent.estimate).toBeCloseTo(0.75, 9)
    expect((await criterion('revision', 'population=production&promptName=revise')).percent.estimate).toBeCloseTo(0.75, 9)
  })

  test('is of a target of given shares, and says what it cannot know', async () => {
    const half = await criterion('tone', `population=target&${byTopic}&target=easy:50,hard:50`)
    expect(half.percent.estimate).toBeCloseTo(2 / 3, 9)
    expect((await criterion('tone', 'population=target')).alpha.reason).toMatch(/No target population is set/)
    const alone = await criterion('alone', `population=production&${byTopic}`)
    expect(alone.alpha).toMatchObject({
      estimate: null,
      reason: expect.stringMatching(/“easy” \(90 % of the traffic\) has no item/) as string,
    })
    expect(alone.grade).toBe('unknown')
  })
})
