import type { QueueResultPage } from '@plaudit/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openReviewDesk, type ReviewDesk } from '../test-support/review-desk.ts'
import { openTestApp, setUpProject, type TestApp } from '../test-support/test-app.ts'

let app: TestApp
let withKey: ReturnType<TestApp['withKey']>
let review: ReviewDesk

beforeAll(async () => {
  app = await openTestApp('results')
  const { project, key } = await setUpProject(app)
  withKey = app.withKey(key.secretKey)
  review = await openReviewDesk(app.context, project.id, { overlap: 2 })
  await review.addItems([1, 2, 3])
})
afterAll(() => app.close())

test('refuses a queue that is not there, and a public answer', async () => {
  const nowhere = '/api/v1/queues/0198f2a4-7c3e-7d52-9a41-000000000001'
  expect((await withKey('GET', `${nowhere}/results`)).status).toBe(404)
  expect((await withKey('GET', `${nowhere}/results.csv`)).status).toBe(404)
  expect((await app.request('GET', `/api/v1/queues/${review.queueId}/results.csv`)).status).toBe(401)
})

test('an empty queue of judgments is a table without answers', async () => {
  const { body } = await withKey('GET', `/api/v1/queues/${review.queueId}/results.csv`)
  expect((body['text'] as string).trimEnd().split('\r\n')).toHaveLength(4)
  expect(body['text']).not.toContain('helpful')
})

test('a row for each item, a column for each reviewer and criterion', async () => {
  await review.judge('ann', { helpful: 5 })
  await review.judge('bob', { helpful: 2 })
  await review.judge('ann', { helpful: 1 })
  const answer = await withKey('GET', `/api/v1/queues/${review.queueId}/results.csv`)
  expect(answer.headers.get('content-type')).toContain('text/csv')
  const [header, ...rows] = (answer.body['text'] as string)
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','))
  expect(header?.slice(-3)).toEqual(['helpful: ann', 'helpful: bob', 'helpful: decision'])
  expect(rows.map((row) => [row[1], ...row.slice(-3)])).toEqual([
    ['done', '5', '2', ''],
    ['open', '1', '', ''],
    ['open', '', '', ''],
  ])
  const done = await withKey('GET', `/api/v1/queues/${review.queueId}/results.csv?state=done`)
  expect((done.body['text'] as string).trimEnd().split('\r\n')).toHaveLength(2)
})

test('pages hold every judgment whole', async () => {
  const first = (await withKey('GET', `/api/v1/queues/${review.queueId}/results?limit=2`)).body as unknown as QueueResultPage
  expect(first).toMatchObject({ reviewers: [{ personId: 'ann' }, { personId: 'bob' }], criteria: ['helpful'] })
  expect(first.items.map(({ judgments }) => judgments.map(({ personId, answers }) => [personId, answers['helpful']]))).toEqual([
    [
      ['ann', 5],
      ['bob', 2],
    ],
    [['ann', 1]],
  ])
  const second = (await withKey('GET', `/api/v1/queues/${review.queueId}/results?limit=2&cursor=${first.nextCursor}`))
    .body as unknown as QueueResultPage
  expect(second).toMatchObject({ items: [{ judgments: [], decision: null }], nextCursor: null })
})
