import type { Workload } from '@plaudit/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openReviewDesk, type ReviewDesk } from '../test-support/review-desk.ts'
import { openTestApp, setUpProject, type TestApp } from '../test-support/test-app.ts'

let app: TestApp
let review: ReviewDesk
let read: (days?: number) => Promise<Workload>
const DAY_MS = 86_400_000
const start = Date.parse('2026-05-04T10:00:00Z')

beforeAll(async () => {
  app = await openTestApp('workload')
  const { project, key } = await setUpProject(app)
  const withKey = app.withKey(key.secretKey)
  review = await openReviewDesk(app.context, project.id, { overlap: 2, hourlyRate: { amount: 30, currency: 'EUR' } })
  await review.addItems(Array.from({ length: 20 }, (_, index) => index + 1))
  read = async (days = 28) => (await withKey('GET', `/api/v1/queues/${review.queueId}/workload?days=${days}`)).body as unknown as Workload
})
afterAll(() => app.close())

test('without work there is a reason in place of every figure', async () => {
  app.setClock(new Date(start))
  const { days, people, activeMs, daysLeft, cost } = await read(7)
  expect(days.map(({ day }) => day)).toEqual(['28', '29', '30', '01', '02', '03', '04'].map((d, i) => `2026-0${i < 3 ? 4 : 5}-${d}`))
  expect([people, activeMs.estimate, daysLeft.estimate, cost?.perJudgment.estimate, cost?.spent]).toEqual([[], null, null, null, 0])
  expect(daysLeft.reason).toBe('There are too few observations.')
})

test('pace, time, backlog and cost by hand', async () => {
  // What Ann and Bob judge on each of five days; each item takes a minute.
  const pace = { ann: [2, 3, 2, 0, 3], bob: [2, 3, 2, 0, 1] }
  for (let day = 0; day < 5; day += 1) {
    app.setClock(new Date(start + day * DAY_MS))
    for (const [person, days] of Object.entries(pace))
      for (let n = 0; n < (days[day] ?? 0); n += 1) await review.judge(person, { helpful: 5 })
  }
  app.setClock(new Date(start + 5 * DAY_MS))
  const { days, people, activeMs, progress, daysLeft, cost } = await read()
  expect(days.slice(-6).map(({ judgments }) => judgments)).toEqual([4, 6, 4, 0, 4, 0])
  expect(days.slice(-6).map((one) => one.people)).toEqual([2, 2, 2, 0, 2, 0])
  expect(people).toMatchObject([
    { personId: 'ann', judgments: 10, daysWorked: 4, activeMs: 10 * 60_000, meanActiveMs: 60_000, calibration: null },
    { personId: 'bob', judgments: 8, daysWorked: 4 },
  ])
  expect(activeMs).toMatchObject({ estimate: 60_000, n: 18, clusters: 2 })
  expect(progress).toMatchObject({ judgments: 18, judgmentsNeeded: 40 })
  // 18 judgments in five days (m = 3.6, s² = 4.8, t(4)² = 7.709), 22 left.
  expect(daysLeft).toMatchObject({ estimate: expect.closeTo(22 / 3.6, 9), n: 18, clusters: 5, reason: null })
  const misses = (T: number) => (22 - 3.6 * T) ** 2 - 7.70864742 * 4.8 * (T + T ** 2 / 5)
  expect(misses(daysLeft.low ?? 0)).toBeCloseTo(0, 1)
  expect(misses(daysLeft.high ?? 0)).toBeCloseTo(0, 1)
  expect(cost).toMatchObject({ currency: 'EUR', spent: expect.closeTo(9, 9), perJudgment: { estimate: expect.closeTo(0.5, 9) } })
  expect(cost?.left.estimate).toBeCloseTo(11, 9)
})
