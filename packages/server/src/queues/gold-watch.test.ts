import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { adjudicationService } from './adjudication-service.ts'
import { goldService } from './gold-service.ts'
import { peopleService } from './people-service.ts'
import { openReviewDesk, type ReviewDesk } from '../test-support/review-desk.ts'
import { openTestApp, setUpProject, type TestApp } from '../test-support/test-app.ts'

let app: TestApp
let projectId: string
let review: ReviewDesk
const numbers = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index)

beforeAll(async () => {
  app = await openTestApp('gold')
  projectId = (await setUpProject(app)).project.id
})
afterAll(() => app.close())
const personIn = async (id: string) =>
  (await peopleService(app.context).peopleOf(projectId, review.queueId)).find(({ personId }) => personId === id)

describe('the watch over gold answers', () => {
  beforeEach(async () => {
    review = await openReviewDesk(app.context, projectId, { goldRate: 0.5, goldWatch: { good: 0.9, poor: 0.5, alpha: 0.02, beta: 0.1 } })
    await review.addItems(numbers(1, 40))
    await review.addItems(numbers(101, 40), { helpful: 5 })
  })
  const work = async (person: string, helpful: number, most = 60) => {
    for (let count = 0; count < most; count += 1) if ((await review.judge(person, { helpful })) === null) return count
    return most
  }

  test('stops somebody whose answers are poor after a few, tells them why, and lets good work go on', async () => {
    expect(await work('ann', 5, 40)).toBe(40)
    const judged = await work('bob', 1)
    expect(judged).toBeLessThan(30)
    expect(await personIn('bob')).toMatchObject({ pausedBy: 'watch', gold: { estimate: 0 } })
    expect(await personIn('ann')).toMatchObject({ pausedBy: null, pausedReason: null })
    const { closed } = await review.desk.claim(review.as('bob'), review.queueId, [])
    expect(closed).toMatch(
      /^A lead needs to look at your work first: of the last \d+ items with known answers you met 0; the queue expects 90 %/,
    )
  })

  test('a lead lets them go on, and the watch begins anew', async () => {
    await work('bob', 1)
    await peopleService(app.context).setPaused(projectId, review.queueId, 'bob', null)
    expect(await review.judge('bob', { helpful: 1 })).not.toBeNull()
    expect(await personIn('bob')).toMatchObject({ pausedBy: null })
    await work('bob', 1)
    expect(await personIn('bob')).toMatchObject({ pausedBy: 'watch' })
  })

  test('corrected gold is scored anew: a stop that rested on wrong answers is lifted, a lead’s stop stays', async () => {
    await work('bob', 1)
    await work('cid', 1)
    await peopleService(app.context).setPaused(projectId, review.queueId, 'cid', 'Come and see me.')
    const adjudication = adjudicationService(app.context)
    const { items } = await review.queues.listItems(projectId, review.queueId, { limit: 200 })
    for (const { id, gold } of items) if (gold) await adjudication.setGold(projectId, review.queueId, id, { helpful: 1 })
    expect(await personIn('bob')).toMatchObject({ pausedBy: null, pausedReason: null, gold: { estimate: 1 } })
    expect(await personIn('cid')).toMatchObject({ pausedBy: 'lead', pausedReason: 'Come and see me.', gold: { estimate: 1 } })
  })

  test('an item that is gold no more has its judgments counted and published', async () => {
    await work('ann', 4, 60)
    const { items } = await review.queues.listItems(projectId, review.queueId, { limit: 200 })
    const known = items.find(({ gold, judged }) => gold && judged > 0)!
    const before = (await review.queues.getQueue(projectId, review.queueId)).progress
    await adjudicationService(app.context).setGold(projectId, review.queueId, known.id, null)
    const after = (await review.queues.getQueue(projectId, review.queueId)).progress
    expect([after.items, after.done, after.judgments]).toEqual([before.items + 1, before.done + 1, before.judgments + 1])
    const published = await app.context.events.query(
      'SELECT 1 FROM feedback FINAL WHERE project_id = {projectId:String} AND trace_id = {traceId:String} AND identifier = {identifier:String}',
      { projectId, traceId: 'traceId' in known.target ? known.target.traceId : '', identifier: `queue:${review.queueId}` },
    )
    expect(published).toHaveLength(1)
  })
})

describe('the entry test', () => {
  beforeEach(async () => {
    review = await openReviewDesk(app.context, projectId, { qualification: { items: 3, passMark: 0.6 } })
    await review.addItems(numbers(1, 5))
    await review.addItems(numbers(101, 4), { helpful: 5 })
  })

  test('comes first, says what is known, and opens the queue to who passes', async () => {
    for (const helpful of [5, 1, 5]) {
      const item = await review.claim('ann')
      const { goldFeedback } = await review.submit('ann', item!, { helpful })
      expect(goldFeedback).toContain(helpful === 5 ? 'your answers are right' : 'differ from the known ones: Helpful 5.')
    }
    expect(await personIn('ann')).toMatchObject({ qualified: true, pausedBy: null })
    const item = await review.claim('ann')
    expect(item?.target).toMatchObject({ traceId: expect.stringMatching(/^0+[1-5]$/) })
    expect((await review.submit('ann', item!, { helpful: 2 })).goldFeedback).toBeNull()
  })

  test('closes it to who fails, until a lead lets them in or the known answers are corrected', async () => {
    for (const person of ['bob', 'cid']) for (let count = 0; count < 3; count += 1) await review.judge(person, { helpful: 1 })
    expect(await personIn('bob')).toMatchObject({ qualified: false, pausedBy: 'test' })
    expect(await review.judge('bob', { helpful: 1 })).toBeNull()
    await goldService(app.context).setPaused(review.queueId, 'bob', null)
    expect(await personIn('bob')).toMatchObject({ qualified: true, pausedBy: null })
    expect(await review.judge('bob', { helpful: 1 })).not.toBeNull()
    const { items } = await review.queues.listItems(projectId, review.queueId, { limit: 200 })
    for (const { id, gold } of items)
      if (gold) await adjudicationService(app.context).setGold(projectId, review.queueId, id, { helpful: 1 })
    expect(await personIn('cid')).toMatchObject({ qualified: true, pausedBy: null })
  })
})
