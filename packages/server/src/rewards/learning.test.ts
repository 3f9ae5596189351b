import type { Dataset, RewardDrift, RewardExplanation, RewardModel, RewardRun, RewardSelection } from '@plaudit/protocol'
import { setTimeout as sleep } from 'node:timers/promises'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLearning, pairsFile } from '../test-support/learning-app.ts'
import { runService } from './run-service.ts'
import { runStore } from './run-store.ts'

const { server, projectId, withKey, person, until, ready, over, importFile, storeJudgedPairs, close } = await openLearning('learning')
afterAll(close)

let first: Dataset
let model: RewardModel

beforeAll(async () => {
  first = await ready((await importFile('polite', pairsFile(0, 120))).body.id)
  await storeJudgedPairs()
})

test('trains on a data set in the background, and keeps its card and its test', async () => {
  const run = await person<RewardRun>('POST', '/api/v1/reward/runs', {
    kind: 'train',
    datasetId: first.id,
    name: 'polite',
    members: 2,
    folds: 2,
  })
  expect(run).toMatchObject({ status: 202, body: { state: 'queued' } })
  const done = await over(run.body.id)
  expect(done).toMatchObject({ state: 'done', progress: { share: 1 }, error: null })
  model = (await person<RewardModel>('GET', `/api/v1/reward/models/${done.modelId}`)).body
  expect(model).toMatchObject({ name: 'polite', version: 1, state: 'archived' })
  const training = model.training as { dataset: { checksum: string }; test: { accuracy: { estimate: number }; pairs: number } }
  expect(training.dataset.checksum).toBe(first.checksum)
  const { splits } = first.card as { splits: { train: number; test: number } }
  expect([model.report['pairs'], training.test.pairs]).toEqual([splits.train, splits.test])
  expect(training.test.accuracy.estimate).toBe(1)
  const page = await withKey('GET', `/api/v1/reward/models/${model.id}/card`)
  expect(page.headers.get('content-type')).toMatch(/^text\/html/)
  expect(page.body['text']).toContain('polite@1')
  expect(page.body['text']).not.toMatch(/<script|src=|href=/)
})

test('takes up a run that a crash left behind', async () => {
  const now = new Date()
  const id = uuidv7()
  const run = {
    id,
    projectId,
    kind: 'train',
    datasetId: first.id,
    modelId: null,
    name: 'again',
    createdBy: 'somebody',
    now,
  } as const
  const store = runStore(server.context.db)
  await store.add({ ...run, options: { folds: 2, members: 2, seed: 1 } })
  await store.claim(id, now, now)
  // Nobody has reported on it for a minute: whoever worked on it is gone.
  await server.context.db
    .updateTable('reward_run')
    .set({ updated_at: new Date(now.getTime() - 60_000) })
    .where('id', '=', id)
    .execute()
  await runService(server.context).catchUp()
  expect(await over(id)).toMatchObject({ state: 'done', error: null })
})

test('cancels a run', async () => {
  const { body } = await person<RewardRun>('POST', '/api/v1/reward/runs', {
    kind: 'train',
    datasetId: first.id,
    name: 'gone',
    members: 20,
    folds: 20,
  })
  await person('DELETE', `/api/v1/reward/runs/${body.id}`)
  expect((await over(body.id)).state).toBe('cancelled')
  await sleep(1_500)
  const { body: models } = await person<{ items: RewardModel[] }>('GET', '/api/v1/reward/models')
  expect(models.items.filter(({ name }) => name === 'gone')).toEqual([])
})

test('lets only a person make a model active, and rolls back', async () => {
  const path = `/api/v1/reward/models/${model.id}`
  expect(await withKey('PATCH', path, { state: 'active' })).toMatchObject({
    status: 403,
    body: { detail: expect.stringContaining('Only a person') as string },
  })
  expect((await withKey('PATCH', path, { sampleRate: 0.5 })).body).toMatchObject({ sampleRate: 0.5 })
  const active = await person<RewardModel>('PATCH', path, { state: 'active' })
  expect(active.body).toMatchObject({ state: 'active', sampleRate: 0.5 })
  expect(active.body.activatedAt).not.toBeNull()
})

test('explains a score, and says what it has never seen', async () => {
  const { body } = await person<RewardExplanation>('POST', '/api/v1/reward/explain', {
    input: 'Question?',
    output: 'Thanks for asking. Whatever, zyx.',
  })
  expect(body.model).toBe('polite@1')
  expect(body.sentences.map(({ contribution }) => Math.sign(contribution))).toEqual([1, -1])
  expect(body.novelty).toBeGreaterThan(0)
})

test('watches whether an active model still agrees with people', async () => {
  const drift = async () => (await person<RewardDrift>('GET', `/api/v1/reward/models/${model.id}/drift`)).body
  expect(await drift()).toMatchObject({ pairs: 0, alarm: false, sentence: expect.stringContaining('too few') as string })
  const { items } = (await withKey('GET', '/api/v1/feedback?criterion=preference&limit=200')).body as { items: { target: object }[] }
  const judge = (outcome: string, author: string) =>
    withKey('POST', '/api/v1/feedback', {
      items: items.map(({ target }) => ({ criterion: 'fresh', kind: 'comparison', value: outcome, author: { id: author }, target })),
    })
  await judge('left', 'p1')
  const well = await drift()
  expect(well).toMatchObject({ pairs: 20, accuracy: 1, alarm: false })
  await judge('right', 'p2')
  await judge('right', 'p3')
  const ill = await drift()
  expect(ill).toMatchObject({ pairs: 60, alarm: true, sentence: expect.stringMatching(/^Alarm: it agrees/) as string })
  expect(ill.alarmAt).not.toBeNull()
})

test('offers what the model is least sure of beside a blind slice, and fills a queue with it', async () => {
  const path = '/api/v1/reward/select'
  expect((await person('POST', path, { model: 'polite@1' })).status).toBe(409)
  await person('PATCH', `/api/v1/reward/models/${model.id}`, { sampleRate: 1 })
  await person('POST', `/api/v1/reward/models/${model.id}/backfill`, {})
  await until(
    async () => (await person<RewardModel>('GET', `/api/v1/reward/models/${model.id}`)).body.backfill,
    (backfill) => backfill?.state === 'done',
  )
  const { body: pairs } = await person<RewardSelection>('POST', path, {
    of: 'comparison',
    rule: 'uncertainty',
    limit: 10,
    uniformShare: 0.4,
  })
  expect(pairs).toMatchObject({ model: 'polite@1', candidates: 20, added: null })
  expect(pairs.items.map(({ reason }) => reason)).toEqual([...Array(6).fill('targeted'), ...Array(4).fill('uniform')])
  expect(pairs.items.at(-1)).toMatchObject({ target: { kind: 'comparison' }, probability: 4 / 14 })
  expect((await person('POST', path, { rule: 'uncertainty' })).status).toBe(400)

  const rubric = await person<{ id: string }>('POST', '/api/v1/rubrics', {
    name: 'Fine',
    criteria: [{ type: 'binary', key: 'fine', title: 'Fine?' }],
  })
  const queue = await person<{ id: string }>('POST', '/api/v1/queues', { name: 'Unsure', itemKind: 'span', rubricId: rubric.body.id })
  const chosen = { rule: 'coverage', limit: 8, queueId: queue.body.id }
  expect((await person<RewardSelection>('POST', path, chosen)).body).toMatchObject({ candidates: 40, added: 8 })
  expect((await person<RewardSelection>('POST', path, chosen)).body.added).toBe(0)
  const { items } = (
    await person<{ items: { stratum: string | null; inclusionProbability: number }[] }>('GET', `/api/v1/queues/${queue.body.id}/items`)
  ).body
  expect(items.filter(({ stratum }) => stratum === 'reward coverage').every(({ inclusionProbability }) => inclusionProbability === 1)).toBe(
    true,
  )
  expect(items.filter(({ stratum }) => stratum === null)).toHaveLength(2)
  expect((await person('POST', path, { of: 'comparison', queueId: queue.body.id })).status).toBe(400)
})
