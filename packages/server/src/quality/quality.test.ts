import type { AgreementReport } from '@plaudit/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleFeedback, sampleSpan, spanIdOf, traceIdOf } from '../test-support/sample-span.ts'
import { openTestApp, setUpProject, type TestApp } from '../test-support/test-app.ts'

let server: TestApp
let projectId: string
let call: ReturnType<TestApp['withKey']>

beforeAll(async () => {
  server = await openTestApp('quality')
  const { project, key } = await setUpProject(server)
  projectId = project.id
  call = server.withKey(key.secretKey)
})
afterAll(() => server.close())

const by = (id: string, role: 'reviewer' | 'end_user' = 'reviewer') => ({ author: { kind: 'human' as const, id, role } })
const onSpan = (n: number) => ({ target: { kind: 'span' as const, traceId: traceIdOf(n), spanId: spanIdOf(1) } })

async function agreement(query = ''): Promise<AgreementReport> {
  const { status, body } = await call('GET', `/api/v1/quality/agreement${query}`)
  expect(status).toBe(200)
  return body as unknown as AgreementReport
}

describe('agreement', () => {
  test('of nothing says so', async () => {
    expect(await agreement()).toMatchObject({ grade: 'unknown', criteria: [], sentence: 'There are no judgments of reviewers here.' })
  })

  test('refuses a slice that it does not know, a window that ends before it begins, and a public key', async () => {
    expect((await call('GET', '/api/v1/quality/agreement?by=mood')).status).toBe(400)
    expect((await call('GET', '/api/v1/quality/agreement?from=2026-05-02T00:00:00Z&to=2026-05-01T00:00:00Z')).status).toBe(400)
    expect((await server.request('GET', '/api/v1/quality/agreement')).status).toBe(401)
  })

  test('is alpha on the level of each criterion, with raw agreement, counts and slices; end users and replaced judgments do not count', async () => {
    const { events } = server.context
    // Krippendorff's example of two observers and ten binary units: alpha 0.095, agreement 0.6.
    const first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    const second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    const spans = first.map((_, i) => sampleSpan(i, 1, { model: i < 5 ? 'small' : 'large', metadata: { topic: i % 2 === 0 ? 'a' : 'b' } }))
    await events.appendSpans(projectId, spans)
    await events.appendFeedback(
      projectId,
      first.flatMap((value, i) => [
        sampleFeedback({ ...onSpan(i), ...by('ann'), criterion: 'ok', value: 1 - value }),
        sampleFeedback({ ...onSpan(i), ...by('ann'), criterion: 'ok', value, time: '2026-05-04T14:00:00.000Z' }),
        sampleFeedback({ ...onSpan(i), ...by('bob'), criterion: 'ok', value: second[i] }),
        sampleFeedback({ ...onSpan(i), ...by('user', 'end_user'), criterion: 'ok', value: 1 }),
        sampleFeedback({ ...onSpan(i), ...by('ann'), criterion: 'tone', kind: 'label', value: i < 5 ? 'warm' : 'cold' }),
        sampleFeedback({ ...onSpan(i), ...by('bob'), criterion: 'tone', kind: 'label', value: i < 5 ? 'warm' : 'cold' }),
      ]),
    )
    const report = await agreement('?by=model')
    const [worst, best] = report.criteria
    expect(worst).toMatchObject({ criterion: 'ok', level: 'nominal', grade: 'low', items: 10, pairedItems: 10, raters: 2, ratings: 20 })
    expect(worst?.alpha.estimate).toBeCloseTo(0.095, 3)
    expect(worst?.alpha.low).toBeLessThan(0.095)
    expect(worst?.percent).toMatchObject({ estimate: 0.6, n: 20, clusters: 10 })
    expect(worst?.ceiling?.low.estimate).toBeCloseTo(0.6, 12)
    expect(worst?.slices.map(({ slice, ratings }) => [slice, ratings])).toEqual([
      ['small', 10],
      ['large', 10],
    ])
    expect(best).toMatchObject({ criterion: 'tone', grade: 'good', alpha: { estimate: 1 } })
    expect(report.sentence).toMatch(/one of two criteria is below 0\.67\. “ok” is the problem \(0\.10 \[/)
    expect(report.weakest).toBe('ok')
  })

  test('is cut down to spans by their metadata, and made anew when a judgment comes', async () => {
    const before = await agreement('?metadata=topic:a&criterion=ok')
    expect(before.criteria).toMatchObject([{ ratings: 10, items: 5 }])
    await server.context.events.appendFeedback(projectId, [sampleFeedback({ ...onSpan(0), ...by('eve'), criterion: 'ok', value: 0 })])
    const after = await agreement('?metadata=topic:a&criterion=ok')
    expect(after.criteria).toMatchObject([{ ratings: 11, raters: 3 }])
    expect(after.source.watermark).not.toBe(before.source.watermark)
    expect((await agreement('?metadata=topic:a&criterion=ok')).source).toEqual(after.source)
  })

  test('of marks is by characters of the text, of comparisons by outcome, of label lists whatever their order', async () => {
    const text = 'The lease ends in May.'
    const message = { role: 'assistant' as const, parts: [{ type: 'text' as const, content: text }] }
    await server.context.events.appendSpans(projectId, [sampleSpan(50, 1, { output: [message] }), sampleSpan(51, 1, { output: [message] })])
    const mark = (start: number, end: number) => [{ type: 'wrong', start, end, field: 'output' }]
    const pair = { target: { kind: 'comparison' as const, outputs: [50, 51].map((n) => ({ traceId: traceIdOf(n), spanId: spanIdOf(1) })) } }
    await server.context.events.appendFeedback(projectId, [
      sampleFeedback({ ...onSpan(50), ...by('ann'), criterion: 'errors', kind: 'marks', value: mark(4, 9) }),
      sampleFeedback({ ...onSpan(50), ...by('bob'), criterion: 'errors', kind: 'marks', value: mark(4, 9) }),
      sampleFeedback({ ...onSpan(51), ...by('ann'), criterion: 'errors', kind: 'marks', value: mark(18, 21) }),
      sampleFeedback({ ...onSpan(51), ...by('bob'), criterion: 'errors', kind: 'marks', value: mark(18, 21) }),
      sampleFeedback({ ...pair, ...by('ann'), criterion: 'better', kind: 'comparison', value: { outcome: 'left' } }),
      sampleFeedback({ ...pair, ...by('bob'), criterion: 'better', kind: 'comparison', value: { outcome: 'cannot_judge' } }),
      sampleFeedback({ ...onSpan(50), ...by('ann'), criterion: 'topics', kind: 'labels', value: ['a', 'b'] }),
      sampleFeedback({ ...onSpan(50), ...by('bob'), criterion: 'topics', kind: 'labels', value: ['b', 'a'] }),
      sampleFeedback({ ...onSpan(51), ...by('ann'), criterion: 'topics', kind: 'labels', value: [] }),
      sampleFeedback({ ...onSpan(51), ...by('bob'), criterion: 'topics', kind: 'labels', value: [] }),
    ])
    const { criteria } = await agreement()
    const found = (name: string) => criteria.find(({ criterion }) => criterion === name)
    expect(found('errors')).toMatchObject({ level: 'characters', alpha: { estimate: 1 }, parts: [{ part: 'wrong' }] })
    expect(found('better')).toMatchObject({ ratings: 1, alpha: { estimate: null, reason: 'No item has two ratings.' } })
    expect(found('topics')).toMatchObject({ alpha: { estimate: 1 }, percent: { estimate: 1 } })
    expect(found('topics')?.parts.map(({ part }) => part)).toEqual(['a', 'b'])
  })
})
