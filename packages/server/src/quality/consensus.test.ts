import type { ConsensusItem, Overview, Page } from '@plaudit/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleFeedback, sampleSpan, spanIdOf, traceIdOf } from '../test-support/sample-span.ts'
import { compute } from '../jobs/compute.ts'
import { openTestApp, setUpProject, type TestApp } from '../test-support/test-app.ts'
import { consensusOf } from './consensus.ts'
import { judgmentTables } from './judgment-table.ts'

let server: TestApp
let projectId: string
let call: ReturnType<TestApp['withKey']>

beforeAll(async () => {
  server = await openTestApp('consensus')
  const { project, key } = await setUpProject(server)
  projectId = project.id
  call = server.withKey(key.secretKey)
})
afterAll(() => server.close())

const by = (id: string) => ({ author: { kind: 'human' as const, id, role: 'reviewer' as const } })
const onSpan = (n: number) => ({ target: { kind: 'span' as const, traceId: traceIdOf(n), spanId: spanIdOf(1) } })
const traceOf = ({ target }: ConsensusItem) => ('traceId' in target ? target.traceId : '')

async function consensus(query: string): Promise<Page<ConsensusItem>> {
  const { status, body } = await call('GET', `/api/v1/quality/consensus?${query}`)
  expect(status).toBe(200)
  return body as unknown as Page<ConsensusItem>
}

describe('consensus', () => {
  test('needs a criterion', async () => {
    expect((await call('GET', '/api/v1/quality/consensus')).status).toBe(400)
    expect((await consensus('criterion=nothing')).items).toEqual([])
  })

  test('of choices weighs reviewers by how reliable they are, keeps the votes, and leaves single judgments alone', async () => {
    // Ann and Bob agree always, Cid half of the time: where one sound reviewer stands against Cid, the sound one is believed.
    const truth = (n: number) => (n % 3 === 0 ? 'remove' : 'keep')
    const other = (n: number) => (n % 3 === 0 ? 'keep' : 'remove')
    const rows = Array.from({ length: 40 }, (_, n) => n).flatMap((n) => [
      sampleFeedback({ ...onSpan(n), ...by('ann'), criterion: 'decision', kind: 'label', value: truth(n) }),
      sampleFeedback({ ...onSpan(n), ...by('bob'), criterion: 'decision', kind: 'label', value: truth(n) }),
      sampleFeedback({ ...onSpan(n), ...by('cid'), criterion: 'decision', kind: 'label', value: n % 2 === 0 ? truth(n) : other(n) }),
    ])
    const disputed = [
      sampleFeedback({ ...onSpan(100), ...by('ann'), criterion: 'decision', kind: 'label', value: 'keep', rationale: 'A joke.' }),
      sampleFeedback({ ...onSpan(100), ...by('cid'), criterion: 'decision', kind: 'label', value: 'remove' }),
    ]
    const alone = sampleFeedback({ ...onSpan(101), ...by('ann'), criterion: 'decision', kind: 'label', value: 'remove' })
    await server.context.events.appendSpans(projectId, [
      sampleSpan(100, 1, { output: [{ role: 'assistant', parts: [{ type: 'text', content: 'Kept.' }] }] }),
    ])
    await server.context.events.appendFeedback(projectId, [...rows, ...disputed, alone])
    const { items, nextCursor } = await consensus('criterion=decision&limit=200')
    expect(nextCursor).toBeNull()
    expect(items).toHaveLength(41)
    const found = items.find((item) => traceOf(item) === traceIdOf(100))
    expect(found).toMatchObject({ value: 'keep', n: 2, spread: 1, method: 'one-coin', preview: 'Kept.' })
    expect(found?.probability).toBeGreaterThan(0.9)
    expect(found?.votes.map(({ author, value, rationale }) => [author, value, rationale]).toSorted()).toEqual([
      ['ann', 'keep', 'A joke.'],
      ['cid', 'remove', ''],
    ])
    const { body } = await call('GET', '/api/v1/quality/consensus/sources')
    const [source] = (body as { items: { source: { raters: { rater: string; accuracy: number }[] } }[] }).items
    const accuracy = (id: string) => source?.source.raters.find(({ rater }) => rater === id)?.accuracy ?? 0
    expect(accuracy('ann')).toBeGreaterThan(accuracy('cid') + 0.2)
  })

  test('of numbers is corrected for severity, and pages by how far votes are apart', async () => {
    const rows = Array.from({ length: 30 }, (_, n) => n).flatMap((n) => {
      const level = 1 + (n % 3)
      return [
        sampleFeedback({ ...onSpan(n), ...by('fair'), criterion: 'helpful', value: level }),
        // Too high by one, always.
        sampleFeedback({ ...onSpan(n), ...by('kind'), criterion: 'helpful', value: level + 1 + (n === 7 ? 1 : 0) }),
      ]
    })
    await server.context.events.appendFeedback(projectId, rows)
    const first = await consensus('criterion=helpful&limit=20')
    expect(first.items[0]).toMatchObject({ method: 'normal', n: 2 })
    expect(traceOf(first.items[0]!)).toBe(traceIdOf(7))
    const rest = await consensus(`criterion=helpful&limit=20&cursor=${first.nextCursor}`)
    const all = [...first.items, ...rest.items]
    expect(new Set(all.map(traceOf)).size).toBe(30)
    for (const item of all) {
      const n = Number.parseInt(traceOf(item), 16)
      if (n !== 7) expect(Math.abs(item.score! - (1.5 + (n % 3)))).toBeLessThan(0.15)
      expect(item.posterior.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 4)
    }
  })

  test('follows judgments that change or go, and knows lists of labels', async () => {
    const given = (id: string, value: string[]) => sampleFeedback({ ...onSpan(200), ...by(id), criterion: 'topics', kind: 'labels', value })
    const [one, two] = [given('ann', ['a', 'b']), given('bob', ['b', 'a'])]
    await server.context.events.appendFeedback(projectId, [one, two, given('cid', ['b'])])
    expect((await consensus('criterion=topics')).items).toMatchObject([
      { n: 3, value: '["a","b"]', spread: expect.closeTo(2 / 3, 5) as number },
    ])
    await server.context.events.deleteFeedback(projectId, [one])
    expect((await consensus('criterion=topics')).items).toMatchObject([{ n: 2 }])
    await server.context.events.deleteFeedback(projectId, [two])
    expect((await consensus('criterion=topics')).items).toEqual([])
  })

  test('of marks is what most reviewers marked, stretch by stretch, with their votes and the text', async () => {
    // The smile is one code point and two code units.
    const text = 'The 🙂 court found in 1999 for the defendant.'
    const points = Array.from(text)
    const mark = (type: string, start: number, end: number) => ({
      type,
      start,
      end,
      field: 'output',
      quote: points.slice(start, end).join(''),
    })
    const given = (n: number, id: string, value: object[], more: object = {}) =>
      sampleFeedback({ ...onSpan(n), ...by(id), criterion: 'errors', kind: 'marks', value, ...more })
    await server.context.events.appendSpans(projectId, [
      sampleSpan(400, 1, { output: [{ role: 'assistant', parts: [{ type: 'text', content: text }] }] }),
    ])
    await server.context.events.appendFeedback(projectId, [
      given(400, 'ann', [mark('wrong', 4, 21), mark('vague', 0, 3)]),
      given(400, 'bob', [mark('wrong', 17, 26), mark('missing', 30, 30)]),
      given(400, 'cid', [mark('wrong', 4, 5), { type: 'missing', start: 30, end: 30, field: 'output' }]),
      // Judged again in another queue: the newest counts, and as one vote.
      given(400, 'cid', [], { identifier: 'queue:before', time: '2026-05-03T13:00:00.000Z' }),
      // Two who agree, on the input as well; and one alone.
      given(401, 'ann', [{ type: 'wrong', start: 2, end: 9, field: 'input' }]),
      given(401, 'bob', [{ type: 'wrong', start: 2, end: 9, field: 'input' }]),
      given(402, 'ann', [mark('wrong', 0, 3)]),
      // Half is no majority.
      given(403, 'ann', [mark('wrong', 0, 3)]),
      given(403, 'bob', []),
    ])
    const { items } = await consensus('criterion=errors&limit=50')
    const found = (n: number) => items.find((item) => traceOf(item) === traceIdOf(n))
    expect(found(400)).toMatchObject({
      kind: 'marks',
      method: 'majority',
      n: 3,
      probability: null,
      score: null,
      marks: [
        { type: 'wrong', field: 'output', start: 4, end: 5, quote: '🙂', votes: 2, share: 2 / 3 },
        { type: 'wrong', field: 'output', start: 17, end: 21, quote: points.slice(17, 21).join(''), votes: 2, share: 2 / 3 },
        { type: 'missing', field: 'output', start: 30, end: 30, quote: '', votes: 2, share: 2 / 3 },
      ],
    })
    expect(
      found(400)
        ?.votes.map(({ author }) => author)
        .toSorted(),
    ).toEqual(['ann', 'bob', 'cid'])
    expect(found(401)).toMatchObject({ spread: 0, marks: [{ type: 'wrong', field: 'input', start: 2, end: 9, votes: 2, share: 1 }] })
    expect(found(402)).toBeUndefined()
    expect(found(403)).toMatchObject({ n: 2, spread: 1, marks: [] })
    expect(items.map(({ spread }) => spread)).toEqual(items.map(({ spread }) => spread).toSorted((a, b) => b - a))

    const lead = { author: { kind: 'human' as const, id: 'lena', role: 'lead' as const }, identifier: 'decision:0198f2a5' }
    await server.context.events.appendFeedback(projectId, [given(403, 'lena', [mark('wrong', 0, 3)], lead)])
    const decided = (await consensus('criterion=errors&limit=50')).items.find((item) => traceOf(item) === traceIdOf(403))
    expect(decided).toMatchObject({ method: 'decision', n: 2, marks: [{ start: 0, end: 3, quote: 'The', votes: null, share: null }] })
    expect((await consensus('criterion=decision&limit=1')).items[0]?.marks).toBeNull()
  })

  test('is what a lead decided, where one did, and the decision is no vote', async () => {
    const lead = { author: { kind: 'human' as const, id: 'lena', role: 'lead' as const }, identifier: 'decision:0198f2a4' }
    await server.context.events.appendFeedback(projectId, [
      sampleFeedback({ ...onSpan(100), ...lead, criterion: 'decision', kind: 'label', value: 'remove' }),
      sampleFeedback({ ...onSpan(101), ...lead, criterion: 'decision', kind: 'label', value: 'keep' }),
    ])
    const { items } = await consensus('criterion=decision&limit=200')
    const found = (n: number) => items.find((item) => traceOf(item) === traceIdOf(n))
    expect(found(100)).toMatchObject({
      value: 'remove',
      probability: 1,
      method: 'decision',
      n: 2,
      votes: [{ value: 'keep' }, { value: 'remove' }],
    })
    expect(found(101)).toMatchObject({ value: 'keep', method: 'decision', n: 1 })
    expect(found(0)?.method).not.toBe('decision')
  })

  test('can be asked of part of the traffic', async () => {
    await server.context.events.appendSpans(
      projectId,
      [0, 1, 2].map((n) => sampleSpan(n, 1, { model: n === 1 ? 'small' : 'large' })),
    )
    const { items } = await consensus('criterion=decision&model=small')
    expect(items.map(traceOf)).toEqual([traceIdOf(1)])
  })
})

describe('the overview', () => {
  test('takes the consensus of several reviewers once, and end users as they are', async () => {
    const day = { startTime: '2026-05-04T12:00:00.000Z', promptName: 'p', promptVersion: '1', model: 'm' }
    const ids = Array.from({ length: 12 }, (_, n) => 300 + n)
    await server.context.events.appendSpans(
      projectId,
      ids.map((n) => sampleSpan(n, 1, day)),
    )
    await server.context.events.appendFeedback(
      projectId,
      ids.flatMap((n, k) => [
        sampleFeedback({ ...onSpan(n), ...by('ann'), criterion: 'worth', value: 1 + (k % 4) }),
        sampleFeedback({ ...onSpan(n), ...by('bob'), criterion: 'worth', value: 1 + (k % 4) }),
        sampleFeedback({ ...onSpan(n), author: { kind: 'human', id: `u${n}`, role: 'end_user' }, criterion: 'worth', value: 4 }),
      ]),
    )
    expect((await consensus('criterion=worth&limit=200')).items).toHaveLength(12)
    const { body } = await call('GET', '/api/v1/overview?promptName=p')
    const { criteria, totals } = body as unknown as Overview
    const worth = criteria.find(({ criterion }) => criterion === 'worth')
    // Twelve by consensus, twelve end users: 24 scores of 36 judgments.
    expect(worth).toMatchObject({ consensus: 12, overall: { n: 24, clusters: 12 } })
    expect(worth?.overall.estimate).toBeCloseTo((12 * 2.5 + 12 * 4) / 24, 2)
    expect(worth?.variants).toMatchObject([{ promptVersion: '1', overall: { n: 24 } }])
    expect(totals.feedback).toBe(36)
  })
})

test('inference in a thread of its own finds the same', async () => {
  const tables = judgmentTables()
  for (let n = 0; n < 60; n++)
    for (const [k, rater] of ['ann', 'bob', 'cid'].entries())
      tables.add(['ok', 'label', `item ${n}`, rater, (n * (k + 3)) % 7 < 3 ? 'yes' : 'no', '', 1_700_000_000_000 + n])
  const [table] = tables.build()
  const source = { watermark: '1', computedAt: '2026-05-04T12:30:00.000Z' }
  const rows = consensusOf(table!, source)
  expect(rows).toHaveLength(61)
  expect(await compute('consensus', { table: table!, source })).toEqual(rows)
})
