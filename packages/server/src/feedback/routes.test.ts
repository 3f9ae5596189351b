import type { Feedback, FeedbackBatchResult, Page } from '@plaudit/protocol'
import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, openTestApp, setUpProject, type TestApp } from '../test-support/test-app.ts'

let server: TestApp
let call: ReturnType<TestApp['withKey']>
let publicKey: string
beforeAll(async () => {
  server = await openTestApp('feedback')
  const { key } = await setUpProject(server)
  call = server.withKey(key.secretKey)
  publicKey = key.publicKey
})
afterAll(() => server.close())

const path = '/api/v1/feedback'
let traces = 0
/** A judgment on a trace of its own. */
function thumbsUp(changes: Record<string, unknown> = {}) {
  traces += 1
  const traceId = traces.toString(16).padStart(32, '0')
  return {
    target: { kind: 'trace', traceId },
    criterion: 'helpful',
    kind: 'thumbs',
    value: 'up',
    author: { kind: 'human', id: 'u-1' },
    ...changes,
  }
}
const listed = async (query: string) => (await call('GET', `${path}?${query}`)).body as unknown as Page<Feedback>
const post = (body: unknown, headers: Record<string, string> = {}): Promise<Answer> => call('POST', path, body, headers)

describe('refuses', () => {
  test('who shows no key, an unknown one, or half of a pair', async () => {
    const keys = [
      {},
      { authorization: 'Bearer sk-unknown' },
      { authorization: `Basic ${btoa(`${publicKey}:wrong`)}` },
      { 'x-api-key': 'x' },
    ]
    for (const headers of keys)
      expect((await server.request('POST', path, { body: thumbsUp(), headers: headers as never })).status).toBe(401)
  })

  test('a public key for anything but the feedback of end users', async () => {
    const asPublic = server.withKey(publicKey)
    expect((await asPublic('GET', path)).status).toBe(403)
    expect((await asPublic('POST', path, thumbsUp({ author: { kind: 'model', id: 'judge' } }))).status).toBe(403)
    expect((await asPublic('POST', path, thumbsUp({ author: { kind: 'human', id: 'u', role: 'lead' } }))).status).toBe(403)
    const { status, body } = await asPublic('POST', path, thumbsUp())
    expect(status).toBe(201)
    expect((await call('GET', `${path}/${String(body['id'])}`)).body).toMatchObject({ author: { role: 'end_user' } })
  })

  test('what is not JSON, not UTF-8, or not said to be JSON', async () => {
    expect((await post('{"target":')).body).toMatchObject({ status: 400, code: 'invalid_argument' })
    const broken = Buffer.concat([Buffer.from('{"rationale":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')])
    expect((await post(new Uint8Array(broken))).body).toMatchObject({ status: 400, detail: 'The body is not valid UTF-8.' })
    expect((await post(JSON.stringify(thumbsUp()), { 'content-type': 'text/csv' })).status).toBe(415)
  })

  test('what is too large, declared or not, and what unpacks to too much', async () => {
    const large = JSON.stringify(thumbsUp({ rationale: 'x'.repeat(17_000_000) }))
    expect((await post(large)).body).toMatchObject({ status: 413, code: 'too_large' })
    expect((await post(large, { 'content-length': '100' })).status).toBe(413)
    const bomb = gzipSync(Buffer.alloc(200_000_000, 0x20))
    expect(bomb.byteLength).toBeLessThan(300_000)
    expect((await post(new Uint8Array(bomb), { 'content-encoding': 'gzip' })).status).toBe(413)
  })

  test('broken and unknown compression', async () => {
    const packed = gzipSync(JSON.stringify(thumbsUp()))
    const truncated = new Uint8Array(packed.subarray(0, packed.byteLength - 10))
    expect((await post(truncated, { 'content-encoding': 'gzip' })).body).toMatchObject({
      status: 400,
      detail: /not complete, valid gzip/ as never,
    })
    expect((await post(new Uint8Array(packed), { 'content-encoding': 'zip' })).status).toBe(415)
    expect((await post(new Uint8Array(packed), { 'content-encoding': 'gzip' })).status).toBe(201)
  })

  test('times that cannot be', async () => {
    for (const time of ['1970-01-01T00:00:00Z', '2100-01-01T00:00:00Z', 'yesterday'])
      expect([time, (await post(thumbsUp({ time }))).status]).toEqual([time, 400])
  })

  test('an id of another judgment', async () => {
    const id = randomUUID()
    expect((await post(thumbsUp({ id }))).status).toBe(201)
    expect((await post(thumbsUp({ id }))).body).toMatchObject({ status: 409, code: 'conflict' })
  })
})

test('is visible when it is acknowledged', async () => {
  const given = thumbsUp()
  const { body } = await post(given)
  const { items } = await listed(`traceId=${given.target.traceId}`)
  expect(items).toMatchObject([{ id: body['id'], value: 'up', kind: 'thumbs' }])
})

test('a write repeated with the same id or the same key is one judgment', async () => {
  const withId = thumbsUp({ id: randomUUID() })
  const withKey = thumbsUp()
  const first = await post(withKey, { 'idempotency-key': 'order-7' })
  expect((await post(withKey, { 'idempotency-key': 'order-7' })).body['id']).toBe(first.body['id'])
  await Promise.all(Array.from({ length: 5 }, () => post(withId)))
  for (const { target } of [withId, withKey]) expect((await listed(`traceId=${target.traceId}`)).items).toHaveLength(1)
})

test('a newer judgment by the same author on the same question supersedes; deleting removes', async () => {
  const given = thumbsUp()
  const first = await post(given)
  const second = await post({ ...given, value: 'down' })
  const query = `traceId=${given.target.traceId}`
  expect((await listed(query)).items).toMatchObject([{ id: second.body['id'], value: 'down' }])
  expect((await call('GET', `${path}/${String(first.body['id'])}`)).status).toBe(404)
  expect((await call('DELETE', `${path}/${String(second.body['id'])}`)).status).toBe(204)
  expect((await listed(query)).items).toEqual([])
  expect((await call('DELETE', `${path}/${String(second.body['id'])}`)).status).toBe(404)
})

test('a bad record in a batch spoils no other', async () => {
  const good = [thumbsUp(), thumbsUp()]
  const items = [
    good[0],
    { ...thumbsUp(), value: 'sideways' },
    'not an object',
    good[1],
    { ...thumbsUp(), target: { kind: 'trace', traceId: 'x' } },
  ]
  const { status, body } = await post({ items })
  const results = (body as unknown as FeedbackBatchResult).items
  expect(status).toBe(200)
  expect(results.map((one) => ('id' in one ? 'id' : one.error.code))).toEqual([
    'id',
    'invalid_argument',
    'invalid_argument',
    'id',
    'invalid_argument',
  ])
  for (const { target } of good) expect((await listed(`traceId=${target.traceId}`)).items).toHaveLength(1)
  expect((await post({ items: Array.from({ length: 1_001 }, () => thumbsUp()) })).status).toBe(400)
})

test('pages go through everything once, newest first, also when many have the same time', async () => {
  const criterion = 'paged'
  await post({ items: Array.from({ length: 25 }, (_, index) => thumbsUp({ criterion, time: `2026-05-04T12:00:0${index % 3}.000Z` })) })
  const seen: Feedback[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: Page<Feedback> = await listed(`criterion=${criterion}&limit=10${cursor === '' ? '' : `&cursor=${cursor}`}`)
    seen.push(...page.items)
    cursor = page.nextCursor
  }
  expect(new Set(seen.map(({ id }) => id)).size).toBe(25)
  expect(seen.map(({ time }) => time)).toEqual(
    seen
      .map(({ time }) => time)
      .toSorted()
      .toReversed(),
  )
  expect((await call('GET', `${path}?cursor=made-up`)).body).toMatchObject({ status: 400, detail: /nextCursor/ as never })
})
