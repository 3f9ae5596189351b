import type { Overview } from '@plaudit/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleFeedback, sampleSpan, spanIdOf, traceIdOf } from '../test-support/sample-span.ts'
import { openTestApp, setUpProject, type TestApp } from '../test-support/test-app.ts'

let server: TestApp
let projectId: string
let call: ReturnType<TestApp['withKey']>

/** Easy traces are nine in ten of each version's traffic and hardly judged; hard ones are judged every second time, and score lower. */
const isEasy = (n: number) => n % 10 !== 0
const truth = { easy: 4.5, hard: 1.5 }
const versionOf = (n: number) => (n < 200 ? '1' : '2')
const scoreOf = (n: number) =>
  (isEasy(n) ? truth.easy : truth.hard) + (versionOf(n) === '2' ? 0.2 : 0) + (Math.floor(n / 10) % 2 === 0 ? 0.3 : -0.3)
const isJudged = (n: number) => (isEasy(n) ? n % 40 === 3 || n % 40 === 14 : n % 20 === 0 || n % 20 === 10)
const traffic = Array.from({ length: 400 }, (_, n) => n)
const onSpan = (n: number) => ({ target: { kind: 'span' as const, traceId: traceIdOf(n), spanId: spanIdOf(1) } })

beforeAll(async () => {
  server = await openTestApp('population')
  const { project, key } = await setUpProject(server)
  projectId = project.id
  call = server.withKey(key.secretKey)
  await server.context.events.appendSpans(
    projectId,
    traffic.map((n) =>
      sampleSpan(n, 1, {
        startTime: `2026-05-0${1 + (n % 2)}T12:00:00.000Z`,
        promptName: 'support',
        promptVersion: versionOf(n),
        model: 'm',
        metadata: { topic: isEasy(n) ? 'easy' : 'hard' },
      }),
    ),
  )
  const judged = traffic.filter(isJudged)
  await server.context.events.appendFeedback(projectId, [
    ...judged.map((n) => sampleFeedback({ ...onSpan(n), value: scoreOf(n) })),
    // The same by a plan that says with which probability it drew each.
    ...judged.map((n) =>
      sampleFeedback({
        ...onSpan(n),
        criterion: 'drawn',
        value: scoreOf(n),
        presentation: { inclusionProbability: isEasy(n) ? 0.05 : 1 },
      }),
    ),
    // Hard ones alone.
    ...judged.filter((n) => !isEasy(n)).map((n) => sampleFeedback({ ...onSpan(n), criterion: 'tone', value: scoreOf(n) })),
    sampleFeedback({ target: { kind: 'session', sessionId: 's' }, criterion: 'whole', value: 4, time: '2026-05-02T15:00:00.000Z' }),
  ])
})
afterAll(() => server.close())

async function overview(query = ''): Promise<Overview> {
  const { status, body } = await call('GET', `/api/v1/overview?${query}`)
  expect(body['detail']).toBeUndefined()
  expect(status).toBe(200)
  return body as unknown as Overview
}
async function criterion(name: string, query: string) {
  return (await overview(query)).criteria.find((one) => one.criterion === name)!
}
const byTopic = 'strata=metadata:topic'
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const whole = 0.9 * truth.easy + 0.1 * truth.hard + 0.1

describe('the overview of a population', () => {
  test('refuses what is none', async () => {
    const refused = async (query: string) => {
      const { status, body } = await call('GET', `/api/v1/overview?${query}`)
      return [status, JSON.stringify(body)]
    }
    expect(await refused('population=everybody')).toEqual([400, expect.stringMatching(/population/)])
    expect(await refused('population=production&strata=queue')).toEqual([400, expect.stringMatching(/traffic has no queue/)])
    expect(await refused('population=target&target=easy:-1')).toEqual([400, expect.stringMatching(/share of easy/)])
    expect(await refused('population=target&target=easy:0')).toEqual([400, expect.stringMatching(/at least one share/)])
  })

  test('has the truth of the traffic where strata are judged at unequal rates; as sampled it is far off', async () => {
    const sampled = await criterion('helpfulness', '')
    const judged = traffic.filter(isJudged)
    expect(sampled.weighting).toMatchObject({ population: 'sample', method: 'none' })
    expect(sampled.overall.estimate).toBeCloseTo(mean(judged.map(scoreOf)), 9)
    expect(sampled.overall.high!).toBeLessThan(whole)
    expect(sampled.overall).not.toHaveProperty('effective')

    const weighted = await criterion('helpfulness', `population=production&${byTopic}`)
    expect(weighted.weighting).toMatchObject({ population: 'production', method: 'strata', strata: 'metadata:topic' })
    expect(weighted.weighting.sentence).toMatch(/^Weighted to the traffic .* by topic;/)
    expect(Math.abs(weighted.overall.estimate! - whole)).toBeLessThan(0.15)
    expect(weighted.overall.low!).toBeLessThan(whole)
    expect(weighted.overall.high!).toBeGreaterThan(whole)
    expect(weighted.overall).toMatchObject({ n: judged.length, clusters: judged.length })
    expect(weighted.overall.effective!).toBeLessThan(judged.length)
    // By hand: the means of the strata in the proportions of the traffic.
    const [easy, hard] = [true, false].map((kind) => mean(judged.filter((n) => isEasy(n) === kind).map(scoreOf)))
    expect(weighted.overall.estimate).toBeCloseTo(0.9 * easy! + 0.1 * hard!, 9)
  })

  test('weighs each variant to its own traffic, over time too', async () => {
    const sampled = await criterion('helpfulness', '')
    const { variants } = await criterion('helpfulness', `population=production&${byTopic}`)
    expect(variants.map(({ promptVersion }) => promptVersion).toSorted()).toEqual(['1', '2'])
    for (const { promptVersion, overall, series } of variants) {
      const own = whole + (promptVersion === '2' ? 0.1 : -0.1)
      expect(Math.abs(overall.estimate! - own)).toBeLessThan(0.25)
      expect(sampled.variants.find((one) => one.promptVersion === promptVersion)!.overall.high!).toBeLessThan(own)
      // Hard traces all lie on the first day: of its traffic they are more, and no easy one of a second day stands for them.
      expect(series.map(({ time }) => time.slice(0, 10))).toEqual(['2026-05-01', '2026-05-02'])
      expect(series[1]!.score.estimate!).toBeGreaterThan(4)
      expect(series[0]!.score.estimate!).toBeLessThan(series[1]!.score.estimate!)
    }
  })

  test('uses the probabilities of a plan where every judgment has one', async () => {
    const drawn = await criterion('drawn', 'population=production')
    expect(drawn.weighting).toMatchObject({ method: 'probability', strata: null })
    const judged = traffic.filter(isJudged)
    const weights = judged.map((n) => (isEasy(n) ? 20 : 1))
    const expected = judged.reduce((sum, n, k) => sum + weights[k]! * scoreOf(n), 0) / weights.reduce((sum, weight) => sum + weight, 0)
    expect(drawn.overall.estimate).toBeCloseTo(expected, 9)
    expect(drawn.overall.low!).toBeLessThan(whole)
    expect(drawn.overall.high!).toBeGreaterThan(whole)
  })

  test('is of a target of given shares, and says when none is given', async () => {
    const { overall, weighting } = await criterion('helpfulness', `population=target&${byTopic}&target=easy:1,hard:1`)
    expect(weighting.sentence).toMatch(/shares that you set, by topic/)
    expect(Math.abs(overall.estimate! - 3.1)).toBeLessThan(0.15)
    const none = await criterion('helpfulness', `population=target&${byTopic}`)
    expect(none.overall).toMatchObject({ estimate: null, reason: expect.stringMatching(/No target population is set/) as string })
    expect(none.variants[0]!.series[0]!.score.estimate).toBeNull()
  })

  test('says what it cannot know: strata without judgments, and judgments that are on no trace', async () => {
    const { overall, variants } = await criterion('tone', `population=production&${byTopic}`)
    expect(overall).toMatchObject({
      estimate: null,
      reason: expect.stringMatching(/“easy” \(90 % of the traffic\) has no judgment/) as string,
    })
    expect(variants[0]!.overall.estimate).toBeNull()
    expect((await criterion('whole', `population=production&${byTopic}`)).overall).toMatchObject({
      estimate: null,
      reason: expect.stringMatching(/on no trace/) as string,
    })
  })

  test('takes a trace with several variants as one of the whole, and as one of each', async () => {
    await server.context.events.appendSpans(projectId, [
      sampleSpan(900, 1, { startTime: '2026-05-02T13:00:00.000Z', promptName: 'two', promptVersion: 'a', metadata: { topic: 'x' } }),
      sampleSpan(900, 2, { startTime: '2026-05-02T13:00:01.000Z', promptName: 'two', promptVersion: 'b', metadata: { topic: 'x' } }),
      sampleSpan(901, 1, { startTime: '2026-05-02T13:00:00.000Z', promptName: 'two', promptVersion: 'a', metadata: { topic: 'x' } }),
    ])
    await server.context.events.appendFeedback(projectId, [
      sampleFeedback({ ...onSpan(900), criterion: 'both', value: 1 }),
      sampleFeedback({ target: { kind: 'span', traceId: traceIdOf(900), spanId: spanIdOf(2) }, criterion: 'both', value: 5 }),
      sampleFeedback({ ...onSpan(901), criterion: 'both', value: 2 }),
    ])
    const both = await criterion('both', `population=production&${byTopic}`)
    expect(both.overall).toMatchObject({ estimate: 2.5, n: 3, clusters: 2 })
    expect(both.variants.map(({ promptVersion, overall }) => `${promptVersion} ${overall.estimate}`).toSorted()).toEqual(['a 1.5', 'b 5'])
  })
})
