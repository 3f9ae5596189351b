import type { Dataset, RewardComparison, RewardModel, RewardRun } from '@plaudit/protocol'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isLinkLocal } from '../http/outbound.ts'
import { openLearning, pairsFile, polite, rude } from '../test-support/learning-app.ts'

const { server, withKey, person, ready, over, importFile, close } = await openLearning('external-models')
const asked: { path: string; key: string | undefined; body: { model?: string; input?: string[]; items?: { output: string }[] } }[] = []
/** A reward model that is served elsewhere: polite answers are good ones. */
const elsewhere = createServer((request, response) => {
  void (async () => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = JSON.parse(Buffer.concat(chunks).toString()) as (typeof asked)[number]['body']
    const path = request.url ?? ''
    asked.push({ path, key: request.headers.authorization, body })
    if (path === '/moved') return response.writeHead(302, { location: '/classify' }).end()
    if (path === '/words') return response.end('not json')
    const texts = body.input ?? body.items?.map(({ output }) => output) ?? []
    const data = texts.map((text, index) => ({ index, probs: [text.includes('Thanks') ? 0.9 : 0.2] }))
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(body.input ? { data } : { items: data.map(({ probs }) => ({ reward: probs[0], std: 0.5 })) }))
  })()
})
elsewhere.listen(0, '127.0.0.1')
await once(elsewhere, 'listening')
const address = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`

afterAll(async () => {
  elsewhere.close()
  await close()
})

let first: Dataset
/** A model of ours, to compare with. */
let model: RewardModel

beforeAll(async () => {
  first = await ready((await importFile('polite', pairsFile(0, 120))).body.id)
  const training = { kind: 'train', datasetId: first.id, name: 'polite', members: 2, folds: 2 }
  const { modelId } = await over((await person<RewardRun>('POST', '/api/v1/reward/runs', training)).body.id)
  model = (await person<RewardModel>('GET', `/api/v1/reward/models/${modelId}`)).body
})

test('takes a model that is served elsewhere through the same card and lifecycle', async () => {
  const register = (url: string, contract = 'vllm-classify') =>
    person<RewardModel>('POST', '/api/v1/reward/models/external', {
      name: 'judge',
      endpoint: { url, contract, model: 'org/reward-7b' },
      apiKey: 'a-secret-of-the-endpoint',
    })
  expect((await register('ftp://127.0.0.1/x')).status).toBe(400)
  const { body: external } = await register(`${address}/classify`)
  expect(external).toMatchObject({ state: 'archived', report: {}, endpoint: { hasKey: true, model: 'org/reward-7b' }, bytes: 0 })
  expect(JSON.stringify(external)).not.toContain('a-secret')
  const stored = await server.context.db.selectFrom('reward_model').select('endpoint_key').where('id', '=', external.id).executeTakeFirst()
  expect(stored?.endpoint_key).not.toContain('a-secret')
  expect((await person('PATCH', `/api/v1/reward/models/${external.id}`, { state: 'active' })).status).toBe(409)
  expect((await withKey('GET', `/api/v1/reward/models/${external.id}/card`)).status).toBe(404)

  const run = await person<RewardRun>('POST', '/api/v1/reward/runs', { kind: 'evaluate', datasetId: first.id, modelId: external.id })
  expect(await over(run.body.id)).toMatchObject({ state: 'done', card: { kind: 'held-out', accuracy: { estimate: 1 } } })
  expect(asked.at(-1)).toMatchObject({ path: '/classify', key: 'Bearer a-secret-of-the-endpoint', body: { model: 'org/reward-7b' } })
  const judged = (await person<RewardModel>('GET', `/api/v1/reward/models/${external.id}`)).body
  expect(judged.report).toMatchObject({ accuracy: { estimate: 1 }, lengthControlled: null })
  expect((await person<RewardModel>('PATCH', `/api/v1/reward/models/${external.id}`, { state: 'active' })).body.state).toBe('active')
  const scored = await withKey('POST', '/api/v1/reward/score', { items: [{ input: 'q', output: polite(1) }] })
  expect(scored.body['items']).toEqual([{ reward: Math.log(0.9 / (1 - 0.9)), std: null, novelty: null, model: 'judge@1' }])
  const rolledBack = await person<RewardModel>('PATCH', `/api/v1/reward/models/${model.id}`, { state: 'active' })
  expect(rolledBack.body.state).toBe('active')

  const both = { datasetId: first.id, first: external.id, second: model.id }
  const { body: comparison } = await person<RewardComparison>('POST', '/api/v1/reward/compare', both)
  // Both are right on every pair, and the data set's test side was in no training.
  expect(comparison).toMatchObject({ leaked: 0, disagreements: 0, accuracy: { estimate: 0 } })
  expect(comparison.sentence).toContain('judge@1 and polite@1 cannot be told apart')
  expect((await person('POST', '/api/v1/reward/compare', { ...both, second: external.id })).status).toBe(400)

  const own = (await register(`${address}/score`, 'plaudit')).body
  const answer = await withKey('POST', '/api/v1/reward/score', {
    model: `judge@${own.version}`,
    items: [{ input: 'q', output: rude(1) }],
  })
  expect(answer.body['items']).toMatchObject([{ reward: 0.2, std: 0.5 }])
})

test('asks no address that keeps secrets of machines, follows no redirect, and says what went wrong', async () => {
  const fails = async (url: string) => {
    const { body } = await person<RewardModel>('POST', '/api/v1/reward/models/external', {
      name: 'bad',
      endpoint: { url, contract: 'vllm-classify' },
    })
    const answer = await withKey('POST', '/api/v1/reward/score', { model: body.id, items: [{ input: '', output: 'x' }] })
    expect(answer.status).toBe(422)
    return String(answer.body['detail'])
  }
  expect(await fails('http://169.254.169.254/latest')).toContain('link-local')
  expect(await fails(`${address}/moved`)).toContain('redirect')
  expect(await fails(`${address}/words`)).toContain('not JSON')
  expect(await fails('http://127.0.0.1:9/')).toContain('cannot be reached')
  expect(['169.254.1.1', '::ffff:169.254.1.1', '::ffff:a9fe:a9fe', 'fe80::1', '0.0.0.0', '::'].every(isLinkLocal)).toBe(true)
  expect(['127.0.0.1', '10.0.0.3', '::1', 'fd00::1', '192.168.1.1'].some(isLinkLocal)).toBe(false)
})
