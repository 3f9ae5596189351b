import type { Overview } from '@plaudit/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleFeedback, sampleSpan, spanIdOf, traceIdOf } from '../test-support/sample-span.ts'
import { openTestApp, setUpProject, type TestApp } from '../test-support/test-app.ts'

let server: TestApp
let projectId: string
let call: ReturnType<TestApp['withKey']>

beforeAll(async () => {
  server = await openTestApp('overview')
  const { project, key } = await setUpProject(server)
  projectId = project.id
  call = server.withKey(key.secretKey)
})
afterAll(() => server.close())

async function overview(query = ''): Promise<Overview> {
  return (await call('GET', `/api/v1/overview${query}`)).body as unknown as Overview
}
const day = (n: number) => ({ startTime: `2026-05-0${n}T12:00:00.000Z` })
const onSpan = (trace: number, span = 1) => ({ target: { kind: 'span' as const, traceId: traceIdOf(trace), spanId: spanIdOf(span) } })
const variantA = { model: 'm', promptName: 'support', promptVersion: '1' }
const variantB = { model: 'm', promptName: 'support', promptVersion: '2' }

describe('the overview', () => {
  test('refuses a window that ends before it begins', async () => {
    const { status, body } = await call('GET', '/api/v1/overview?from=2026-05-02T00:00:00Z&to=2026-05-01T00:00:00Z')
    expect([status, body['detail']]).toEqual([400, expect.stringMatching(/before/)])
  })

  test('of nothing says that there is nothing', async () => {
    const { totals, feedbackRate, criteria } = await overview()
    expect(totals).toMatchObject({ traces: 0, feedback: 0, costUsd: null })
    expect(feedbackRate).toMatchObject({ estimate: null, reason: 'There are no traces.' })
    expect(criteria).toEqual([])
  })

  test('counts, averages and bounds by prompt version and model over time', async () => {
    const { events } = server.context
    await events.appendSpans(projectId, [
      sampleSpan(1, 1, { ...day(1), ...variantA, costUsd: 0.5 }),
      sampleSpan(2, 1, { ...day(2), ...variantA, costUsd: 0.25 }),
      sampleSpan(3, 1, { ...day(2), ...variantB, status: 'error' }),
      sampleSpan(4, 1, { ...day(3), ...variantB, environment: 'staging' }),
      // Exported twice: counts once.
      sampleSpan(4, 1, { ...day(3), ...variantB, environment: 'staging' }),
    ])
    await events.appendSpans(projectId, [sampleSpan(1, 1, { ...day(1), ...variantA, costUsd: 0.5 })])
    const corrected = sampleFeedback({ ...onSpan(2), value: 1 })
    const withdrawn = sampleFeedback({ ...onSpan(2), value: 1 })
    await events.appendFeedback(projectId, [
      sampleFeedback({ ...onSpan(1), value: 1 }),
      // On the trace as a whole: counts for its generation.
      sampleFeedback({ target: { kind: 'trace', traceId: traceIdOf(1) }, value: 3 }),
      corrected,
      withdrawn,
      sampleFeedback({ ...onSpan(3), value: 5 }),
      sampleFeedback({ ...onSpan(3), value: 2, author: { kind: 'model', id: 'judge', role: null } }),
      sampleFeedback({ ...onSpan(3), criterion: 'wrong', kind: 'flag', value: { reasons: [] } }),
      sampleFeedback({ ...onSpan(3), criterion: 'fix', kind: 'correction', value: { text: 'better' } }),
      // Its trace has not arrived.
      sampleFeedback({ ...onSpan(9), value: 1 }),
    ])
    await events.appendFeedback(projectId, [{ ...corrected, value: 5 }])
    await events.deleteFeedback(projectId, [withdrawn])

    const { totals, volume, feedbackRate, criteria, bucketMs } = await overview()
    expect(totals).toEqual({
      traces: 4,
      generations: 4,
      errors: 1,
      feedback: 7,
      humanFeedback: 6,
      tracesWithFeedback: 3,
      costUsd: 0.75,
    })
    expect([bucketMs, volume.length]).toEqual([86_400_000, 30])
    expect(volume.at(-2)).toEqual({ time: '2026-05-02T00:00:00.000Z', traces: 2, withFeedback: 2, feedback: 5 })
    expect(feedbackRate).toMatchObject({ estimate: 0.75, n: 3, clusters: 4 })

    const [human, model, flag] = ['human', 'model', 'flag'].map((name) =>
      criteria.find(({ kind, authorKind, criterion }) =>
        name === 'flag' ? kind === 'flag' : authorKind === name && criterion === 'helpfulness',
      ),
    )
    // Traces (1, 3), (5) and (5): mean 14/4.
    expect(human?.overall).toMatchObject({ estimate: 3.5, n: 4, clusters: 3 })
    const first = human?.variants.find(({ promptVersion }) => promptVersion === '1')
    // Traces (1, 3) and (5): mean 3, and t(1) · √(2 · 8 / 9) on both sides, as in estimate.test.ts.
    expect(first?.overall).toMatchObject({ estimate: 3, n: 3, clusters: 2, reason: null })
    expect(first?.overall.high).toBeCloseTo(3 + 12.7062047 * (4 / 3), 5)
    expect(first?.series.map(({ time, score }) => [time.slice(0, 10), score.estimate, score.n])).toEqual([
      ['2026-05-01', 2, 2],
      ['2026-05-02', 5, 1],
    ])
    const second = human?.variants.find(({ promptVersion }) => promptVersion === '2')
    expect(second?.overall).toMatchObject({
      estimate: 5,
      low: null,
      high: null,
      clusters: 1,
      reason: expect.stringMatching(/one trace/) as string,
    })
    expect(model?.overall).toMatchObject({ estimate: 2, n: 1 })
    expect(flag?.overall).toMatchObject({ estimate: null, n: 1, reason: expect.stringMatching(/flag/) as string })
  })

  test('keeps to its window and filters', async () => {
    expect((await overview('?from=2026-05-02T00:00:00Z&to=2026-05-03T00:00:00Z')).totals).toMatchObject({ traces: 2, feedback: 5 })
    expect((await overview('?environment=staging')).totals).toMatchObject({ traces: 1, feedback: 0 })
    expect((await overview('?promptName=other')).totals).toMatchObject({ traces: 0, feedback: 0 })
  })

  test('counts feedback from when its trace arrives', async () => {
    await server.context.events.appendSpans(projectId, [sampleSpan(9, 1, { ...day(3), ...variantB })])
    expect((await overview()).totals).toMatchObject({ traces: 5, feedback: 8, tracesWithFeedback: 4 })
  })

  test('takes a trace with several variants as one cluster of the whole', async () => {
    const { events } = server.context
    await events.appendSpans(projectId, [
      sampleSpan(20, 1, { ...day(4), ...variantA }),
      sampleSpan(20, 2, { ...day(4), ...variantB }),
      sampleSpan(21, 1, { ...day(4), ...variantA }),
    ])
    await events.appendFeedback(projectId, [
      sampleFeedback({ ...onSpan(20, 1), criterion: 'tone', value: 1 }),
      sampleFeedback({ ...onSpan(20, 2), criterion: 'tone', value: 5 }),
      sampleFeedback({ ...onSpan(21), criterion: 'tone', value: 2 }),
      sampleFeedback({ target: { kind: 'session', sessionId: 's' }, criterion: 'tone', value: 4, time: '2026-05-04T15:00:00.000Z' }),
    ])
    const tone = (await overview()).criteria.find(({ criterion }) => criterion === 'tone')
    expect(tone?.overall).toMatchObject({ estimate: 3, n: 4, clusters: 3 })
    expect(tone?.variants.map(({ promptVersion, overall }) => [promptVersion, overall.estimate, overall.clusters]).toSorted()).toEqual([
      ['1', 1.5, 2],
      ['2', 5, 1],
    ])
  })
})
