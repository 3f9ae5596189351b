import { ApiError, type RubricInput } from '@plaudit/protocol'
import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fiveStars, openReviewDesk, type ReviewDesk } from '../test-support/review-desk.ts'
import { sampleFeedback, spanIdOf, traceIdOf } from '../test-support/sample-span.ts'
import { openTestApp, setUpProject, type TestApp } from '../test-support/test-app.ts'
import { adjudicationService } from './adjudication-service.ts'

let app: TestApp
let projectId: string
let review: ReviewDesk
const start = new Date('2026-05-04T09:00:00Z')
const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'done',
    (error: unknown) => (error instanceof ApiError ? error.code : error),
  )

beforeAll(async () => {
  app = await openTestApp('desk')
  projectId = (await setUpProject(app)).project.id
})
afterAll(() => app.close())
beforeEach(() => app.setClock(start))

describe('nothing is lost', () => {
  beforeEach(async () => {
    review = await openReviewDesk(app.context, projectId)
    await review.addItems([1, 2])
  })
  const runOut = async () => {
    app.setClock(new Date(start.getTime() + 20 * 60_000))
    await review.desk.expireLeases()
  }

  test('what was begun is offered back first when its lease ran out, and what was taken by somebody else meanwhile is not', async () => {
    const first = await review.claim('ann')
    await review.desk.saveDraft(review.as('ann'), { leaseId: first!.lease.id, answers: { helpful: 2 }, rationales: {}, activeMs: 5 })
    await runOut()
    expect(await review.claim('ann')).toMatchObject({ itemId: first!.itemId, draft: { answers: { helpful: 2 } } })
    expect((await review.claim('bob'))?.itemId).not.toBe(first!.itemId)
  })

  test('a submit brings the next item where it is asked for, again when it is repeated, or says why there is none', async () => {
    const first = await review.claim('ann')
    const submissionId = randomUUID()
    const submitted = await review.submit('ann', first!, { helpful: 4 }, { holding: [], submissionId })
    expect(submitted).toMatchObject({ state: 'accepted', next: { closed: null } })
    const second = submitted.next!.work!
    expect(second.itemId).not.toBe(first!.itemId)
    expect((await review.submit('ann', first!, { helpful: 4 }, { holding: [], submissionId })).next?.work?.lease.id).toBe(second.lease.id)
    await review.queues.changeQueue(projectId, review.queueId, { state: 'paused' })
    const last = await review.submit('ann', second, { helpful: 2 }, { holding: [] })
    expect(last).toMatchObject({ state: 'accepted', next: { work: null, closed: 'The queue is paused.' } })
  })

  test.each([
    { hideOthers: true, others: [] },
    { hideOthers: false, others: [[4, '']] },
  ])(
    'what others and models said is shown, without names, only where the queue does not hide it: $hideOthers',
    async ({ hideOthers, others }) => {
      review = await openReviewDesk(app.context, projectId, { overlap: 2, blind: { hideOthers, hidePrelabels: hideOthers } })
      await review.addItems([3])
      await app.context.events.appendFeedback(projectId, [
        sampleFeedback({
          target: { kind: 'span', traceId: traceIdOf(3), spanId: spanIdOf(1) },
          criterion: 'helpful',
          kind: 'rating',
          value: 5,
          author: { kind: 'model', id: 'judge', role: null },
        }),
      ])
      expect((await review.judge('ann', { helpful: 4 }))?.others).toEqual([])
      await app.context.background.settled()
      const seen = await review.claim('bob')
      expect(seen?.others.map(({ value, author }) => [value, author.id])).toEqual(others)
      expect(seen?.prelabels.map(({ value }) => value)).toEqual(hideOthers ? [] : [5])
      await review.submit('bob', seen!, { helpful: 2 })
      await app.context.background.settled()
      const [row] = await app.context.events.query<{ presentation: string }>(
        `SELECT presentation FROM feedback FINAL WHERE project_id = {projectId:String} AND identifier = {identifier:String} AND author_id = 'bob'`,
        { projectId, identifier: `queue:${review.queueId}` },
      )
      expect(JSON.parse(row?.presentation ?? '{}')).toMatchObject({ othersShown: !hideOthers, prelabelsShown: !hideOthers })
    },
  )

  test('a submit after the lease ran out counts while there is a place, and is late when there is none; a lead can count it', async () => {
    const ann = await review.claim('ann')
    await runOut()
    const bob = await review.claim('bob')
    expect(bob!.itemId).toBe(ann!.itemId)
    expect(await review.submit('bob', bob!, { helpful: 4 })).toMatchObject({ state: 'accepted' })
    expect(await review.submit('ann', ann!, { helpful: 1 })).toMatchObject({ state: 'late' })
    const accepted = await adjudicationService(app.context).acceptLate(projectId, review.queueId, ann!.itemId, ann!.lease.id)
    expect(new Map(accepted.judgments.map(({ personId, state }) => [personId, state]))).toEqual(
      new Map([
        ['ann', 'accepted'],
        ['bob', 'accepted'],
      ]),
    )
    const [row] = await app.context.events.query<{ n: string }>(
      'SELECT count() AS n FROM feedback FINAL WHERE project_id = {projectId:String} AND identifier = {identifier:String}',
      { projectId, identifier: `queue:${review.queueId}` },
    )
    expect(row?.n).toBe('2')
    const again = adjudicationService(app.context).acceptLate(projectId, review.queueId, ann!.itemId, ann!.lease.id)
    expect(await codeOf(again)).toBe('conflict')
  })

  test('a judgment that is refused, and one on a version of the rubric that is gone, are kept as a draft', async () => {
    const work = await review.claim('ann')
    expect(await codeOf(review.submit('ann', work!, { helpful: 9 }))).toBe('unprocessable')
    expect(await review.claim('ann')).toMatchObject({ itemId: work!.itemId, draft: { answers: { helpful: 9 } } })
    expect(await codeOf(review.submit('ann', work!, { helpful: 3 }, { rubricVersion: 7 }))).toBe('conflict')
    expect(await review.claim('ann')).toMatchObject({ itemId: work!.itemId, draft: { answers: { helpful: 3 } } })
    expect(await review.submit('ann', work!, { helpful: 3 })).toMatchObject({ state: 'accepted' })
  })

  test('two devices of one person: one item, one judgment, and the other submission is refused', async () => {
    const [one, other] = await Promise.all([review.claim('ann'), review.claim('ann')])
    const work = one ?? other
    const both = await Promise.all([
      codeOf(review.submit('ann', work!, { helpful: 1 })),
      codeOf(review.submit('ann', work!, { helpful: 5 })),
    ])
    expect(both.toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual(['conflict', 'done'])
  })

  test('a judgment whose answer got lost before it was published is published by the next try', async () => {
    const work = await review.claim('ann')
    const submissionId = '0198f2a4-7c3e-4d52-9a41-000000000001'
    await review.submit('ann', work!, { helpful: 5 }, { submissionId })
    await sql`UPDATE assignment SET published = false WHERE id = ${work!.lease.id}`.execute(app.context.db)
    await review.submit('ann', work!, { helpful: 5 }, { submissionId })
    const { rows } = await sql<{ published: boolean }>`SELECT published FROM assignment WHERE id = ${work!.lease.id}`.execute(
      app.context.db,
    )
    expect(rows).toEqual([{ published: true }])
  })
})

describe('skips', () => {
  beforeEach(async () => {
    review = await openReviewDesk(app.context, projectId)
    await review.addItems([1])
  })
  const skip = async (person: string, reason: 'other' | 'guideline_unclear') => {
    const work = await review.claim(person)
    if (work === null) return false
    await review.desk.skip(review.as(person), { leaseId: work.lease.id, reason, note: '' })
    return true
  }
  const progress = async () => (await review.queues.getQueue(projectId, review.queueId)).progress

  test('pass the item on to others, and to a lead when three people skipped it', async () => {
    for (const person of ['ann', 'bob']) expect(await skip(person, 'other')).toBe(true)
    expect(await progress()).toMatchObject({ open: 1, needsLead: 0, done: 0 })
    expect(await skip('cid', 'other')).toBe(true)
    expect(await progress()).toMatchObject({ open: 1, needsLead: 1, done: 0 })
    expect(await review.claim('dee')).toBeNull()
  })

  test('go to a lead at once when no other reviewer can mend the reason', async () => {
    expect(await skip('ann', 'guideline_unclear')).toBe(true)
    expect(await progress()).toMatchObject({ needsLead: 1, done: 0 })
  })
})

describe('marks', () => {
  const marks: RubricInput['criteria'] = [{ type: 'mark', key: 'errors', title: 'Errors', types: [{ value: 'wrong', label: 'Wrong' }] }]
  beforeEach(async () => {
    review = await openReviewDesk(app.context, projectId, {}, [...fiveStars, ...marks])
    await review.addItems([7])
  })

  test('must lie in the text and quote what stands there', async () => {
    const work = await review.claim('ann')
    const mark = (fields: object) => ({ helpful: 3, errors: [{ type: 'wrong', start: 0, end: 6, ...fields }] })
    expect(await codeOf(review.submit('ann', work!, mark({ end: 100 })))).toBe('unprocessable')
    expect(await codeOf(review.submit('ann', work!, mark({ quote: 'outpuT' })))).toBe('unprocessable')
    expect(await codeOf(review.submit('ann', work!, mark({ quote: 'output', after: ' off' })))).toBe('unprocessable')
    expect(await review.submit('ann', work!, mark({ quote: 'output', before: '', after: ' of 7' }))).toMatchObject({ state: 'accepted' })
  })
})
