import type { Dataset, Feedback, RewardEmbeddings, RewardExplanation, RewardModel, RewardRun, RewardScore } from '@plaudit/protocol'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { sampleSpan, textMessage } from '../test-support/sample-span.ts'
import { type Browser, openTestApp, setUpProject, type TestApp } from '../test-support/test-app.ts'

/** Texts that the provider gave vectors for, with the status of each request. */
const given: string[] = []
const statuses: number[] = []
let answers = 200

/** What people like shows in no word: the vector alone says it. */
const isLiked = (text: string) => createHash('sha256').update(text).digest()[0]! % 2 === 0
const vectorOf = (text: string) => [text.length / 100, isLiked(text) ? 1 : -1, 0.5]
/** The first text of a kind that is, or is not, liked. */
function text(kind: string, liked: boolean): string {
  for (let n = 0; ; n += 1) if (isLiked(`${kind} ${n}`) === liked) return `${kind} ${n}`
}
const provider = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const { input } = JSON.parse(String(Buffer.concat(chunks))) as { input: string[] }
    // After the first request of a training, a provider that is set to fail does.
    const status = given.length === 0 ? 200 : answers
    statuses.push(status)
    if (status !== 200) return response.writeHead(status).end('{"error": "no credit"}')
    given.push(...input)
    response.writeHead(200, { 'content-type': 'application/json' })
    return response.end(
      JSON.stringify({
        data: input.map((one, index) => ({ index, embedding: vectorOf(one) })),
        usage: { total_tokens: 10 * input.length },
      }),
    )
  })
})

const rows = Array.from({ length: 120 }, (_, i) =>
  JSON.stringify({ prompt: `Question ${i}?`, chosen: text(`answer ${i}`, true), rejected: text(`answer ${i}`, false) }),
)

async function until<T>(read: () => Promise<T>, done: (value: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const value = await read()
    if (done(value) || tries > 600) return value
    await sleep(50)
  }
}

describe('reward models with vectors on a running server', () => {
  let server: TestApp
  let browser: Browser
  let project: string
  let model: RewardModel
  let dataset: Dataset

  async function person<T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T & { detail?: string } }> {
    const answer = await browser.call(method, `${path}${path.includes('?') ? '&' : '?'}project=${project}`, body)
    return { status: answer.status, body: answer.body as T & { detail?: string } }
  }
  const train = (vectors: boolean) =>
    person<RewardRun>('POST', '/api/v1/reward/runs', {
      kind: 'train',
      datasetId: dataset.id,
      name: 'capitals',
      members: 2,
      folds: 2,
      vectors,
    })
  const over = (id: string) =>
    until(
      async () => (await person<RewardRun>('GET', `/api/v1/reward/runs/${id}`)).body,
      ({ state }) => state !== 'queued' && state !== 'running',
    )
  const importRows = async () => {
    const answer = await server.request('POST', `/api/v1/datasets/import?name=capitals&project=${project}`, {
      body: Buffer.from(rows.join('\n')),
      headers: { 'content-type': 'application/octet-stream', origin: 'http://plaudit.test', cookie: cookieOf(browser) },
    })
    const { id } = answer.body as unknown as Dataset
    return until(
      async () => (await person<Dataset>('GET', `/api/v1/datasets/${id}`)).body,
      ({ state }) => state !== 'building',
    )
  }

  beforeAll(async () => {
    provider.listen(0, '127.0.0.1')
    await once(provider, 'listening')
    server = await openTestApp('embeddings', {
      PLAUDIT_EMBEDDINGS: `http://127.0.0.1:${(provider.address() as AddressInfo).port}/v1/embeddings`,
      PLAUDIT_EMBEDDING_MODEL: 'letters',
      PLAUDIT_EMBEDDING_PRICE: '2',
    })
    const made = await setUpProject(server)
    browser = made.browser
    project = made.project.id
    dataset = await importRows()
    expect(dataset).toMatchObject({ state: 'ready' })
  })
  afterAll(async () => {
    await server.close()
    provider.close()
  })

  test('a training that the provider fails midway goes on where it was, and pays nothing twice', async () => {
    answers = 402
    const failed = await over((await train(true)).body.id)
    expect(failed).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('refused: it answered 402') as string,
      vectors: { model: 'letters', texts: 64, requests: 1, tokens: 640, costUsd: 0.00128 },
    })
    answers = 200
    const done = await over((await train(true)).body.id)
    expect(done).toMatchObject({ state: 'done', vectors: { texts: 176, requests: 3 } })
    expect(given).toHaveLength(240)
    expect(new Set(given).size).toBe(240)
    model = (await person<RewardModel>('GET', `/api/v1/reward/models/${done.modelId}`)).body
    expect(model).toMatchObject({
      report: { accuracy: { estimate: 1 } },
      training: { embedding: { model: 'letters', dimension: 3 }, test: { accuracy: { estimate: 1 } } },
    })
    const words = await over((await train(false)).body.id)
    expect(words.vectors).toBeNull()
    const { report } = (await person<RewardModel>('GET', `/api/v1/reward/models/${words.modelId}`)).body
    expect((report as { accuracy: { estimate: number } }).accuracy.estimate).toBeLessThan(0.7)
  })

  test('it judges, scores and explains with the vectors that are there, and asks for new ones once', async () => {
    const judged = await over(
      (await person<RewardRun>('POST', '/api/v1/reward/runs', { kind: 'evaluate', datasetId: dataset.id, modelId: model.id })).body.id,
    )
    expect(judged).toMatchObject({ state: 'done', card: { accuracy: { estimate: 1 } } })
    expect(given).toHaveLength(240)
    const score = async (output: string) =>
      (await person<RewardScore>('POST', '/api/v1/reward/score', { model: `capitals@${model.version}`, items: [{ input: 'q', output }] }))
        .body
    expect((await score(text('answer 1', true))).items[0]!.reward).toBeGreaterThan((await score(text('answer 1', false))).items[0]!.reward)
    expect(given).toHaveLength(240)
    await Promise.all([score('A new answer'), score('A new answer')])
    expect(given.slice(240)).toEqual(['A new answer'])
    const output = text('First. Second.', true)
    const { body } = await person<RewardExplanation>('POST', '/api/v1/reward/explain', {
      model: 'capitals@1',
      input: 'q',
      output,
    })
    expect(body.vector).toBeGreaterThan(0.5)
    expect(body.vector! + body.words! + body.traits.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(body.reward, 6)
    expect(body.sentences).toHaveLength(3)
  })

  test('it scores new traffic, also after the provider was away', async () => {
    expect((await person('PATCH', `/api/v1/reward/models/${model.id}`, { state: 'shadow' })).status).toBe(200)
    const scoresOf = async (traceId: string) =>
      (await person<{ items: Feedback[] }>('GET', `/api/v1/feedback?traceId=${traceId}&criterion=reward`)).body.items
    const span = (n: number, output: string) =>
      sampleSpan(n, n, {
        startTime: new Date().toISOString(),
        input: [textMessage('user', 'q')],
        output: [textMessage('assistant', output)],
      })
    answers = 401
    const asked = statuses.length
    await server.context.events.appendSpans(project, [span(1, text('span', true)), span(2, text('span', false))])
    await until(
      () => Promise.resolve(statuses.length),
      (requests) => requests > asked,
    )
    expect(await scoresOf(span(1, '').traceId)).toEqual([])
    answers = 200
    const [high] = await until(
      () => scoresOf(span(1, '').traceId),
      (scores) => scores.length > 0,
    )
    const [low] = await scoresOf(span(2, '').traceId)
    expect(high!.value).toBeGreaterThan(low!.value as number)
    expect(given.filter((one) => one.startsWith('span'))).toHaveLength(2)
  })

  test('says what vectors have cost, and erases them with their project', async () => {
    const { body } = await person<RewardEmbeddings>('GET', '/api/v1/reward/embeddings')
    expect(body).toMatchObject({
      encoder: { model: 'letters', usdPerMillionTokens: 2 },
      usage: [{ model: 'letters', texts: given.length, tokens: 10 * given.length }],
    })
    expect(body.usage[0]!.costUsd).toBeCloseTo((20 * given.length) / 1e6, 10)
    const folder = join(server.context.config.dataDir, 'embeddings', project)
    expect(existsSync(folder)).toBe(true)
    await browser.call('DELETE', `/api/v1/projects/${project}`)
    expect(existsSync(folder)).toBe(false)
  })
})

describe('a server without an encoder', () => {
  test('says so, before anything is done', async () => {
    const server = await openTestApp('no-encoder')
    const { browser, project, key } = await setUpProject(server)
    const path = (rest: string) => `${rest}${rest.includes('?') ? '&' : '?'}project=${project.id}`
    const { body } = await server.withKey(key.secretKey)('POST', '/api/v1/datasets/import?name=a', Buffer.from(rows.join('\n')), {
      'content-type': 'application/octet-stream',
    })
    const datasetId = (body as unknown as Dataset).id
    await until(
      async () => (await browser.call('GET', path(`/api/v1/datasets/${datasetId}`))).body as unknown as Dataset,
      ({ state }) => state !== 'building',
    )
    const run = { kind: 'train', datasetId, name: 'a', vectors: true }
    expect(await browser.call('POST', path('/api/v1/reward/runs'), run)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('name one in PLAUDIT_EMBEDDINGS') as string },
    })
    expect((await browser.call('GET', path('/api/v1/reward/embeddings'))).body).toEqual({ encoder: null, usage: [] })
    await server.close()
  })

  test.each([
    [{ PLAUDIT_EMBEDDINGS: 'https://api.example.com/v1/embeddings' }, 'name the model there in PLAUDIT_EMBEDDING_MODEL'],
    [{ PLAUDIT_EMBEDDING_MODEL: 'a' }, 'set its address in PLAUDIT_EMBEDDINGS'],
    [{ PLAUDIT_EMBEDDINGS: 'https://a.example', PLAUDIT_EMBEDDING_MODEL: 'a', PLAUDIT_EMBEDDING_PRICE: 'cheap' }, 'must be a number'],
  ])('refuses to start with half of a provider: %j', (env, sentence) => {
    expect(() => readConfig(env)).toThrow(sentence)
  })
})

function cookieOf({ cookies }: Browser): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}
