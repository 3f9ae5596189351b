import type { FeedbackInput } from '@plaudit/protocol'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { feedbackService } from '../feedback/service.ts'
import { openReviewDesk, type ReviewDesk } from '../test-support/review-desk.ts'
import { sampleSpan, spanIdOf, traceIdOf } from '../test-support/sample-span.ts'
import { openTestApp, setUpProject, type TestApp } from '../test-support/test-app.ts'
import { fillService } from './fill-service.ts'
import { ruleService } from './rule-service.ts'

let app: TestApp
let projectId: string
let review: ReviewDesk
const numbers = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index)
const arrive = (some: readonly number[], model = 'meridian') =>
  app.context.events.appendSpans(
    projectId,
    some.map((n) => sampleSpan(n, 1, { model, startTime: new Date().toISOString() })),
  )
const judge = async (...judgments: Partial<FeedbackInput>[]) => {
  const target = (n: number) => ({ kind: 'span', traceId: traceIdOf(n), spanId: spanIdOf(1) }) as const
  const results = await feedbackService(app.context).recordFeedback(
    projectId,
    judgments.map((one, index) => ({ target: target(index), criterion: 'helpful', kind: 'rating', ...one })),
  )
  expect(results.filter((result) => 'error' in result)).toEqual([])
}
const about = (n: number) => ({ kind: 'span', traceId: traceIdOf(n), spanId: spanIdOf(1) }) as const
/** Without waiting until what arrived has settled. */
const followRules = async () => {
  await sleep(5)
  return ruleService(app.context, { settleMs: 0 }).followRules()
}
const items = async () => (await review.queues.listItems(projectId, review.queueId, { limit: 200 })).items

beforeAll(async () => {
  app = await openTestApp('rule')
  projectId = (await setUpProject(app)).project.id
  await arrive(numbers(1, 20))
  review = await openReviewDesk(app.context, projectId, {
    rule: {
      filter: { model: 'meridian' },
      plan: { uniform: 0.2, strata: [{ name: 'complaints', filter: { feedback: 'negative' }, rate: 1 }], seed: 3 },
    },
  })
})
afterAll(() => app.close())

test('what was there before the rule stays out, and what does not match too', async () => {
  await arrive(numbers(101, 30), 'atlas')
  expect(await followRules()).toBe(0)
})

test('new traffic enters at its rate, with its inclusion probability and the plan, once however often the rule is followed', async () => {
  await arrive(numbers(201, 100))
  const added = await followRules()
  expect(added).toBeGreaterThan(8)
  expect(added).toBeLessThan(35)
  for (const item of await items())
    expect(item).toMatchObject({
      inclusionProbability: expect.closeTo(0.2, 12),
      stratum: null,
      planVersion: expect.stringMatching(/^[0-9a-f]{12}$/),
    })
  expect(await followRules()).toBe(0)
  // A crash between adding and noting: the rule looks again and adds nothing twice.
  await app.context.db
    .updateTable('queue')
    .set({ rule_from: new Date(0) })
    .where('id', '=', review.queueId)
    .execute()
  const before = (await items()).map(({ target }) => target)
  await followRules()
  expect(
    (await items()).filter(({ target }) => 'traceId' in target && target.traceId >= traceIdOf(201)).map(({ target }) => target),
  ).toEqual(before)
})

test('a complaint that comes later brings its trace in by its stratum', async () => {
  const inQueue = new Set((await items()).flatMap(({ target }) => ('traceId' in target ? target.traceId : [])))
  const left = numbers(201, 100).find((n) => !inQueue.has(traceIdOf(n)))!
  await judge({ target: about(left), criterion: 'thumbs', kind: 'thumbs', value: 'down', author: { kind: 'human', id: 'user' } })
  expect(await followRules()).toBe(1)
  expect((await items()).at(-1)).toMatchObject({ target: { traceId: traceIdOf(left) }, stratum: 'complaints', inclusionProbability: 1 })
})

test('a rule that cannot be followed keeps no other from it', async () => {
  const broken = await openReviewDesk(app.context, projectId, {
    rule: { filter: { feedback: 'helpful<many' }, plan: { uniform: 1, strata: [], seed: 1 } },
  })
  await arrive(numbers(351, 40))
  const before = (await items()).length
  await expect(followRules()).rejects.toThrow('compare helpful with a number')
  expect((await items()).length).toBeGreaterThan(before)
  await broken.queues.changeQueue(projectId, broken.queueId, { state: 'archived' })
  expect(await followRules()).toBe(0)
})

test('a plan aims at disagreement and at what a reward model is unsure of', async () => {
  await arrive(numbers(401, 30), 'target')
  const human = (n: number, id: string, value: number) => ({ target: about(n), value, author: { kind: 'human' as const, id } })
  await judge(human(401, 'ann', 5), human(401, 'bob', 1), human(402, 'ann', 4), human(402, 'bob', 4), human(403, 'ann', 2))
  await judge(
    ...numbers(401, 30).map((n) => ({
      target: about(n),
      criterion: 'reward',
      value: 0,
      author: { kind: 'model' as const, id: 'm@1' },
      metadata: { std: String(n === 417 ? 0.9 : 0.1 + n / 10_000) },
    })),
  )
  review = await openReviewDesk(app.context, projectId)
  const strata = (['disagreement', 'uncertain'] as const).map((feedback) => ({ name: feedback, filter: { feedback }, rate: 1 }))
  await fillService(app.context).fill(projectId, review.queueId, {
    filter: { model: 'target' },
    plan: { uniform: 0, strata, seed: 1 },
    limit: 1_000,
    priority: 0,
  })
  const drawn = (await items()).map(({ target, stratum }) => [stratum, 'traceId' in target ? Number.parseInt(target.traceId, 16) : 0])
  expect(drawn.filter(([stratum]) => stratum === 'disagreement')).toEqual([['disagreement', 401]])
  const unsure = drawn.flatMap(([stratum, n]) => (stratum === 'uncertain' ? [n] : []))
  expect(unsure).toContain(417)
  expect(unsure.length).toBeLessThanOrEqual(4)
})
