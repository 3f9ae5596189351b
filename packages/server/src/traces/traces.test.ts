import type { Feedback, Page, Session, SessionSummary, Trace, TraceFacets, TraceSummary } from '@plaudit/protocol'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleFeedback, sampleSpan, spanIdOf, textMessage, traceIdOf } from '../test-support/sample-span.ts'
import { openTestApp, setUpProject, type TestApp } from '../test-support/test-app.ts'

let server: TestApp
let projectId: string
let call: ReturnType<TestApp['withKey']>
let get: <T>(path: string) => Promise<T>
let otherCall: ReturnType<TestApp['withKey']>

beforeAll(async () => {
  server = await openTestApp('traces')
  const { browser, project, key } = await setUpProject(server)
  projectId = project.id
  call = server.withKey(key.secretKey)
  get = async (path) => (await call('GET', path)).body as never
  const other = (await browser.call('POST', '/api/v1/projects', { name: 'Other' })).body as { id: string }
  const otherKey = (await browser.call('POST', `/api/v1/projects/${other.id}/keys`, { name: 'Other' })).body as { secretKey: string }
  otherCall = server.withKey(otherKey.secretKey)

  const minute = (n: number) => ({ startTime: new Date(Date.UTC(2026, 4, 4, 12, n)).toISOString() })
  const { events } = server.context
  await events.appendSpans(projectId, [
    sampleSpan(1, 1, {
      ...minute(1),
      name: 'answer',
      kind: 'chain',
      userId: 'anna',
      input: [textMessage('user', 'Where is my “refund”—please?')],
    }),
    sampleSpan(1, 2, { ...minute(2), parentSpanId: spanIdOf(1), model: 'a', promptName: 'support', promptVersion: '3', sessionId: 's-1' }),
    sampleSpan(2, 1, { ...minute(3), model: 'b', promptName: 'support', promptVersion: '3', status: 'error', sessionId: 's-1' }),
    sampleSpan(3, 1, {
      ...minute(4),
      model: 'a',
      promptName: 'summary',
      promptVersion: '3',
      output: [textMessage('assistant', '東京に住む人 👍🏽 Ångström')],
    }),
    sampleSpan(4, 1, { ...minute(5), metadata: { title: 'a, b: c', type: 'contract' } }),
    // Lasts for a day: it began long before its last span.
    sampleSpan(5, 1, { startTime: '2026-05-03T12:00:00.000Z', kind: 'agent', environment: 'staging' }),
    sampleSpan(5, 2, { ...minute(6), parentSpanId: spanIdOf(1), model: 'c' }),
  ])
  await events.appendFeedback(projectId, [
    sampleFeedback({ target: { kind: 'span', traceId: traceIdOf(1), spanId: spanIdOf(2) }, value: 2 }),
    sampleFeedback({ target: { kind: 'trace', traceId: traceIdOf(1) }, value: 5 }),
    sampleFeedback({ target: { kind: 'trace', traceId: traceIdOf(1) }, value: 1, author: { kind: 'model', id: 'judge', role: null } }),
    sampleFeedback({
      target: { kind: 'document', traceId: traceIdOf(2), spanId: spanIdOf(1), index: 0 },
      criterion: 'relevant',
      kind: 'thumbs',
      value: 'down',
    }),
    sampleFeedback({ target: { kind: 'trace', traceId: traceIdOf(3) }, criterion: 'topic', kind: 'label', value: 'travel' }),
    sampleFeedback({ target: { kind: 'session', sessionId: 's-1' }, value: 4 }),
    sampleFeedback({
      target: { kind: 'comparison', outputs: [1, 4].map((n) => ({ traceId: traceIdOf(n), spanId: spanIdOf(1) })) },
      criterion: 'better',
      kind: 'comparison',
      value: { outcome: 'left' },
    }),
  ])
})
afterAll(() => server.close())

/** Numbers of the traces that a list answers with. */
async function listed(query: Record<string, string>): Promise<number[]> {
  const { items } = await get<Page<TraceSummary>>(`/api/v1/traces?${new URLSearchParams(query).toString()}`)
  return items.map(({ traceId }) => Number.parseInt(traceId, 16))
}

describe('refuses', () => {
  test.each([
    ['a cursor of its own making', '/api/v1/traces?cursor=x', 400, /cursor/],
    ['a metadata condition without a colon', '/api/v1/traces?metadata=contract', 400, /key:value/],
    ['a limit of 0', '/api/v1/traces?limit=0', 400, /limit/],
    ['an id that is none', '/api/v1/traces/xyz', 400, /32 hexadecimal/],
    ['a trace that is not there', `/api/v1/traces/${traceIdOf(99)}`, 404, /no trace/],
    ['a session that is not there', '/api/v1/sessions/none', 404, /no session/],
  ])('%s', async (_name, path, status, message) => {
    const answer = await call('GET', path)
    expect(answer.status).toBe(status)
    expect(answer.body['detail']).toMatch(message)
  })

  test("another project's traces and sessions", async () => {
    expect((await otherCall('GET', `/api/v1/traces/${traceIdOf(1)}`)).status).toBe(404)
    expect((await otherCall('GET', '/api/v1/sessions/s-1')).status).toBe(404)
    expect((await otherCall('GET', '/api/v1/traces')).body).toEqual({ items: [], nextCursor: null })
    expect((await otherCall('GET', '/api/v1/sessions')).body).toEqual({ items: [], nextCursor: null })
    expect((await otherCall('GET', '/api/v1/traces/facets')).body).toMatchObject({ models: [], criteria: [] })
  })
})

describe('the list', () => {
  test('is in the order of the first span, newest first, however long a trace lasts', async () => {
    expect(await listed({})).toEqual([4, 3, 2, 1, 5])
  })

  test.each<[Record<string, string>, number[]]>([
    [{ model: 'a' }, [3, 1]],
    [{ model: 'c' }, [5]],
    [{ promptName: 'support', promptVersion: '3' }, [2, 1]],
    [{ promptName: 'summary', model: 'b' }, []],
    [{ userId: 'anna', model: 'a' }, [1]],
    [{ sessionId: 's-1' }, [2, 1]],
    [{ environment: 'staging' }, [5]],
    [{ status: 'error' }, [2]],
    [{ status: 'ok' }, [4, 3, 1, 5]],
    [{ from: '2026-05-04T12:03:00.000Z', to: '2026-05-04T12:05:00.000Z' }, [3, 2]],
    [{ text: 'REFUND where' }, [1]],
    [{ text: 'refund nothing' }, []],
    [{ text: 'fund' }, []],
    [{ text: '住む' }, [3]],
    [{ text: '大阪' }, []],
    [{ text: '👍🏽 ångström' }, [3]],
    [{ text: '👎' }, []],
    [{ text: '”' }, [1]],
    [{ metadata: 'type:contract,title:a\\, b: c' }, [4]],
    [{ metadata: 'type:' }, []],
    [{ feedback: 'any' }, [4, 3, 2, 1]],
    [{ feedback: 'none' }, [5]],
    [{ feedback: 'negative' }, [2]],
    [{ feedback: 'topic' }, [3]],
    [{ feedback: 'topic=travel' }, [3]],
    [{ feedback: 'helpfulness<3' }, [1]],
    [{ feedback: 'helpfulness>=6' }, []],
    [{ feedback: 'better' }, [4, 1]],
  ])('with %j holds %j, and counts as many', async (query, expected) => {
    expect(await listed(query)).toEqual(expected)
    expect(await get(`/api/v1/traces/count?${new URLSearchParams(query).toString()}`)).toEqual({ traces: expected.length })
  })

  test('sums up a trace, with scores of people and of models apart', async () => {
    const { items } = await get<Page<TraceSummary>>('/api/v1/traces?userId=anna')
    expect(items).toMatchObject([{ name: 'answer', model: 'a', promptVersion: '3', spanCount: 2, durationMs: 61_000 }])
    expect(items[0]?.feedback.filter(({ criterion }) => criterion === 'helpfulness')).toEqual([
      { criterion: 'helpfulness', kind: 'rating', authorKind: 'human', mean: 3.5, n: 2 },
      { criterion: 'helpfulness', kind: 'rating', authorKind: 'model', mean: 1, n: 1 },
    ])
  })

  test('offers the values there are', async () => {
    const facets = await get<TraceFacets>('/api/v1/traces/facets')
    expect(facets.models.toSorted()).toEqual(['a', 'b', 'c'])
    expect(facets.criteria.toSorted()).toEqual(['better', 'helpfulness', 'relevant', 'topic'])
    expect(facets.metadataKeys.toSorted()).toEqual(['title', 'type'])
  })
})

test('pages have neither gaps nor repeats, also among equal starts and traces that cross the window', async () => {
  const project = '0198f2a4-7c3e-7d52-9a41-00000000beef'
  const { events } = server.context
  const { traceService } = await import('./service.ts')
  const traces = traceService(server.context)
  const starts = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 30 })), { minLength: 1, maxLength: 25 })
  let run = 0
  await fc.assert(
    fc.asyncProperty(starts, fc.integer({ min: 1, max: 7 }), async (given, limit) => {
      run += 1
      const inProject = `${project}-${run}`
      const hour = (n: number) => new Date(Date.UTC(2026, 4, 1, n)).toISOString()
      await events.appendSpans(
        inProject,
        given.flatMap(([start, length], index) => [
          sampleSpan(index + 1, 1, { startTime: hour(start) }),
          sampleSpan(index + 1, 2, { startTime: hour(start + length) }),
        ]),
      )
      const found: string[] = []
      for (let cursor: string | undefined; ;) {
        const page = await traces.listTraces(inProject, { limit, cursor })
        found.push(...page.items.map(({ traceId }) => traceId))
        if (page.nextCursor === null) break
        expect(page.items).toHaveLength(limit)
        cursor = page.nextCursor
      }
      const expected = given
        .map(([start], index) => ({ start, id: traceIdOf(index + 1) }))
        .toSorted((a, b) => b.start - a.start || (a.id < b.id ? 1 : -1))
      expect(found).toEqual(expected.map(({ id }) => id))
    }),
    { numRuns: 12 },
  )
})

describe('a trace', () => {
  test('has its spans by start and all feedback on them', async () => {
    const trace = await get<Trace>(`/api/v1/traces/${traceIdOf(1)}`)
    expect(trace.spans.map(({ spanId }) => spanId)).toEqual([spanIdOf(1), spanIdOf(2)])
    expect(trace.feedback.map(({ target }) => target.kind).toSorted()).toEqual(['comparison', 'span', 'trace', 'trace'])
    const other = await get<Trace>(`/api/v1/traces/${traceIdOf(4)}`)
    expect(other.feedback.map(({ criterion }) => criterion)).toEqual(['better'])
  })

  test('counts a span once that was exported twice, in its newer form', async () => {
    await server.context.events.appendSpans(projectId, [
      sampleSpan(6, 1, { startTime: '2026-05-01T00:00:00.000Z', model: 'old', userId: 'twice' }),
    ])
    await server.context.events.appendSpans(projectId, [
      sampleSpan(6, 1, { startTime: '2026-05-01T00:00:00.000Z', model: 'new', userId: 'twice' }),
    ])
    const { spans } = await get<Trace>(`/api/v1/traces/${traceIdOf(6)}`)
    expect(spans.map(({ model }) => model)).toEqual(['new'])
    const { items } = await get<Page<TraceSummary>>('/api/v1/traces?userId=twice')
    expect(items).toMatchObject([{ spanCount: 1, model: 'new' }])
    expect(await listed({ model: 'old' })).toEqual([])
  })

  test('has the feedback that came before it', async () => {
    const target: Feedback['target'] = { kind: 'span', traceId: traceIdOf(7), spanId: spanIdOf(1) }
    const given = await call('POST', '/api/v1/feedback', { target, criterion: 'tone', kind: 'rating', value: 4 })
    expect(given.status).toBe(201)
    expect((await call('GET', `/api/v1/traces/${traceIdOf(7)}`)).body['detail']).toMatch(/waits for it/)
    await server.context.events.appendSpans(projectId, [sampleSpan(7, 1, { startTime: '2026-05-02T00:00:00.000Z' })])
    const { feedback } = await get<Trace>(`/api/v1/traces/${traceIdOf(7)}`)
    expect(feedback).toMatchObject([{ criterion: 'tone', value: 4, target }])
    expect(await listed({ feedback: 'tone>3' })).toEqual([7])
  })

  test('has neither superseded nor deleted feedback', async () => {
    const input = { target: { kind: 'trace', traceId: traceIdOf(5) }, criterion: 'tone', kind: 'rating', author: { id: 'u' } }
    await call('POST', '/api/v1/feedback', { ...input, value: 1 })
    const { id } = (await call('POST', '/api/v1/feedback', { ...input, value: 5 })).body as { id: string }
    expect((await get<Trace>(`/api/v1/traces/${traceIdOf(5)}`)).feedback).toMatchObject([{ value: 5 }])
    expect(await listed({ feedback: 'tone<2' })).toEqual([])
    await call('DELETE', `/api/v1/feedback/${id}`)
    expect((await get<Trace>(`/api/v1/traces/${traceIdOf(5)}`)).feedback).toEqual([])
    expect(await listed({ feedback: 'tone=5' })).toEqual([])
  })
})

test('a session has its traces in order of time, and feedback on itself and on them', async () => {
  const { items } = await get<Page<SessionSummary>>('/api/v1/sessions')
  expect(items).toMatchObject([{ sessionId: 's-1', traceCount: 2, startTime: '2026-05-04T12:02:00.000Z' }])
  expect(items[0]?.feedback).toContainEqual({ criterion: 'helpfulness', kind: 'rating', authorKind: 'human', mean: 11 / 3, n: 3 })
  const session = await get<Session>('/api/v1/sessions/s-1')
  expect(session.traces.map(({ traceId }) => traceId)).toEqual([traceIdOf(1), traceIdOf(2)])
  expect(session.feedback).toMatchObject([{ value: 4, target: { kind: 'session', sessionId: 's-1' } }])
})
