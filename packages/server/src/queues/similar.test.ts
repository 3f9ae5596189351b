import { ApiError, type Work } from '@plaudit/protocol'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openReviewDesk, type ReviewDesk } from '../test-support/review-desk.ts'
import { sampleSpan, spanIdOf, textMessage, traceIdOf } from '../test-support/sample-span.ts'
import { openTestApp, setUpProject, type TestApp } from '../test-support/test-app.ts'
import { adjudicationService } from './adjudication-service.ts'
import { judgmentStore } from './judgment-store.ts'
import { similarService } from './similar-service.ts'
import { bySharedWords, wordsOf } from './similar.ts'

test('what shares rare words is similar, the rarer the more; what shares only common ones is not', () => {
  const shared = new Map([
    ['both', new Set(['the', 'deposit', 'landlord'])],
    ['one', new Set(['the', 'landlord'])],
    ['common', new Set(['the'])],
  ])
  expect(bySharedWords(shared, 4, 10)).toEqual([
    { item: 'both', words: ['deposit', 'landlord'] },
    { item: 'one', words: ['landlord'] },
  ])
  expect(bySharedWords(shared, 4, 1)).toHaveLength(1)
})

test('words are runs of letters and digits of any script, in lower case', () => {
  expect(wordsOf('The Deposit, the החוזה: 1200 €! Ça va?')).toEqual(['the', 'deposit', 'החוזה', '1200'])
})

test('a number is one word, whatever stands between its digits, and none of what it is made of', () => {
  const words = wordsOf('Pay 1,200.50 by 09:30 on 2026-11-25, as v1.2.300 says. It is 200, or 200.')
  expect(words).toEqual(['pay', '1,200.50', '09:30', '2026-11-25', 'v1.2.300', 'says', '200'])
})

describe('how similar items were decided', () => {
  let app: TestApp
  let projectId: string
  let review: ReviewDesk
  const outputs = [
    'When is the deposit of 1,200 back?',
    'The deposit of the flat is kept.',
    'The parcel of 3,200 grams is late, by 200 hours.',
    'Where is the DEPOSIT of my tenant?',
    'A letter.',
    'A deposit as well.',
  ]
  beforeAll(async () => {
    app = await openTestApp('similar')
    projectId = (await setUpProject(app)).project.id
    await app.context.events.appendSpans(
      projectId,
      outputs.map((output, index) =>
        sampleSpan(index + 1, 1, {
          model: 'secret-model',
          input: [textMessage('user', `Question ${index + 1}`)],
          output: [textMessage('assistant', output)],
        }),
      ),
    )
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    review = await openReviewDesk(app.context, projectId, { overlap: 2 })
    const items = outputs.map((_, index) => ({
      target: { kind: 'span' as const, traceId: traceIdOf(index + 1), spanId: spanIdOf(1) },
      priority: 0,
    }))
    await review.queues.addItems(projectId, review.queueId, items)
  })
  const similar = (who: string, leaseId: string, queueId = review.queueId) =>
    similarService(app.context).similarTo(review.as(who), queueId, leaseId)
  const refusal = (attempt: Promise<unknown>) =>
    attempt.then(
      () => 'shown',
      (error: unknown) => (error instanceof ApiError ? error.code : error),
    )
  const judgeAll = async (who: string, answers: readonly number[]) => {
    const works: Work[] = []
    for (const helpful of answers) works.push((await review.judge(who, { helpful }))!)
    return works
  }

  test('is shown after one’s own judgment: finished items of the queue that share rare words, counted and without names', async () => {
    const before = await review.claim('ann')
    expect(await refusal(similar('ann', before!.lease.id))).toBe('conflict')
    const [first, second] = await judgeAll('ann', [3, 5, 1, 4, 2, 1])
    await judgeAll('bob', [3, 2, 1, 4, 2])
    const decision = { answers: { helpful: 4 }, rationales: {}, errors: [], note: '' }
    await adjudicationService(app.context).decide(projectId, review.queueId, second!.itemId, 'lead', decision)

    const found = await similar('ann', first!.lease.id)
    expect(found.compared).toBe(4)
    // The newer of two that are alike comes first; the sixth shares a word, too, and is not finished.
    expect(found.items.map(({ outputs: texts }) => texts)).toEqual([[outputs[3]], [outputs[1]]])
    expect(found.items[1]).toMatchObject({
      itemId: second!.itemId,
      words: ['deposit'],
      input: 'Question 2',
      judgments: 2,
      answers: [{ criterion: 'helpful', n: 2, decided: [4] }],
    })
    expect(found.items[0]?.answers).toEqual([{ criterion: 'helpful', n: 2, counts: [{ answer: 4, n: 2 }], decided: null }])
    expect(found.items[1]?.answers[0]?.counts.map(({ answer, n }) => `${answer}: ${n}`).toSorted()).toEqual(['2: 1', '5: 1'])
    expect(JSON.stringify(found)).not.toMatch(/ann|bob|lead|secret-model/)

    expect(await refusal(similar('bob', first!.lease.id))).toBe('not_found')
    const other = await openReviewDesk(app.context, projectId)
    expect(await refusal(similar('ann', first!.lease.id, other.queueId))).toBe('not_found')
    const elsewhere = { ...review.as('ann'), projectId: '0198f2a4-7c3e-7d52-9a41-6f0e2d9c8b17' }
    expect(await refusal(similarService(app.context).similarTo(elsewhere, review.queueId, first!.lease.id))).toBe('not_found')
  })

  test('a change after it is stored as such, also in the feedback; one without it is not', async () => {
    for (const who of ['ann', 'bob']) await judgeAll(who, [3, 5, 1])
    for (const who of ['ann', 'bob']) {
      const again = await review.desk.reopen(review.as(who), review.queueId)
      if (who === 'ann') expect((await similar(who, again.lease.id)).compared).toBe(2)
      await review.submit(who, again, { helpful: 2 })
      const changed = (await judgmentStore(app.context.db).onItems([again.itemId])).find(({ personId }) => personId === who)
      expect(changed?.presentation['afterReveal']).toBe(who === 'ann' ? true : undefined)
    }
    const rows = await app.context.events.query<{ author_id: string; value: string }>(
      `SELECT author_id, value FROM feedback FINAL WHERE project_id = {projectId:String} AND identifier = {identifier:String}
         AND JSONExtractBool(presentation, 'afterReveal')`,
      { projectId, identifier: `queue:${review.queueId}` },
    )
    expect(rows).toMatchObject([{ author_id: 'ann', value: '2' }])
  })

  test('is refused in the entry test, and changes nothing in how known answers were met', async () => {
    const entry = await openReviewDesk(app.context, projectId, { qualification: { items: 2, passMark: 0.5 } })
    await entry.addItems([21, 22], { helpful: 5 })
    const work = await entry.judge('cid', { helpful: 1 })
    expect(await refusal(similar('cid', work!.lease.id, entry.queueId))).toBe('forbidden')

    const [known] = await judgeAll('ann', [3])
    await adjudicationService(app.context).setGold(projectId, review.queueId, known!.itemId, { helpful: 5 })
    const again = await review.desk.reopen(review.as('ann'), review.queueId)
    await similar('ann', again.lease.id)
    await review.submit('ann', again, { helpful: 5 })
    const row = await app.context.db.selectFrom('assignment').select(['gold_correct']).where('id', '=', known!.lease.id).executeTakeFirst()
    expect(row).toEqual({ gold_correct: 0 })
  })
})
