import type {
  Dataset,
  DatasetDiff,
  DatasetRow,
  Page,
  RewardComparison,
  RewardDrift,
  RewardExplanation,
  RewardModel,
  RewardRun,
  RewardSelection,
} from '@plaudit/protocol'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isLinkLocal } from '../http/outbound.ts'
import { runService } from '../rewards/run-service.ts'
import { runStore } from '../rewards/run-store.ts'
import { sampleSpan, textMessage } from '../test-support/sample-span.ts'
import { type Browser, openTestApp, setUpProject, type TestApp } from '../test-support/test-app.ts'

const [polite, rude] = [(i: number) => `Thanks for asking, here is answer ${i}.`, (i: number) => `Whatever, find number ${i} yourself.`]

describe('data sets, runs and models on a running server', () => {
  let server: TestApp
  let browser: Browser
  let project: string
  let secretKey: string
  let withKey: ReturnType<TestApp['withKey']>
  let elsewhere: Server
  let address: string
  const asked: { path: string; key: string | undefined; body: { model?: string; input?: string[]; items?: { output: string }[] } }[] = []

  beforeAll(async () => {
    server = await openTestApp('datasets')
    const made = await setUpProject(server)
    browser = made.browser
    project = made.project.id
    secretKey = made.key.secretKey
    withKey = server.withKey(secretKey)
    // A reward model that is served elsewhere: polite answers are good ones.
    elsewhere = createServer((request, response) => {
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
    address = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    elsewhere.close()
    await server.close()
  })

  const person = async <T>(method: string, path: string, body?: unknown) => {
    const answer = await browser.call(method, `${path}${path.includes('?') ? '&' : '?'}project=${project}`, body)
    return { ...answer, body: answer.body as T }
  }
  async function until<T>(read: () => Promise<T>, done: (value: T) => boolean): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      const value = await read()
      if (done(value) || tries > 1_200) return value
      await sleep(50)
    }
  }
  const ready = (id: string) =>
    until(
      async () => (await person<Dataset>('GET', `/api/v1/datasets/${id}`)).body,
      ({ state }) => state !== 'building',
    )
  const over = (id: string) =>
    until(
      async () => (await person<RewardRun>('GET', `/api/v1/reward/runs/${id}`)).body,
      ({ state }) => state !== 'queued' && state !== 'running',
    )
  const importFile = async (name: string, body: Uint8Array | string, query = '') =>
    (await withKey('POST', `/api/v1/datasets/import?name=${name}${query}`, typeof body === 'string' ? Buffer.from(body) : body, {
      'content-type': 'application/octet-stream',
    })) as unknown as { status: number; body: Dataset & { detail: string } }
  const file = (from: number, to: number) =>
    gzipSync(
      Array.from({ length: to - from }, (_, k) => from + k)
        .map((i) =>
          JSON.stringify({ prompt: `Question ${i}?`, chosen: polite(i), rejected: rude(i), author: `u${i % 3}`, topic: i % 2 ? 'a' : 'b' }),
        )
        .join('\n'),
    )
  let first: Dataset
  let model: RewardModel

  test('refuses what nothing can be made of, and says why', async () => {
    expect((await importFile('empty', '')).status).toBe(400)
    expect((await importFile('../x', file(0, 5))).status).toBe(400)
    const refused = [
      ['rows', '{"chosen": "a"}', 'No row is a pair'],
      ['cut', file(0, 50).subarray(0, 60), 'unexpected end'],
      ['ties', '{"prompt":"q","chosen":"a","rejected":"b","tie":true}', 'no pairs'],
    ] as const
    const begun = await Promise.all(refused.map(([name, body]) => importFile(name, body)))
    for (const [index, [, , reason]] of refused.entries()) {
      const { id } = begun[index]!.body
      const failed = await ready(id)
      expect(failed).toMatchObject({ state: 'failed', rows: 0, checksum: null })
      expect(failed.error).toContain(reason)
      expect((await person('GET', `/api/v1/datasets/${id}/rows`)).status).toBe(409)
    }
    const nothing = await person<Dataset>('POST', '/api/v1/datasets', { name: 'none', feedback: null })
    expect(nothing.status).toBe(400)
  })

  test('makes a snapshot of a file, with a card and a checksum of its rows', async () => {
    const { status, body } = await importFile('polite', file(0, 120), '&licence=CC+BY+4.0&provenance=made+for+a+test&file=polite.jsonl.gz')
    expect(status).toBe(202)
    first = await ready(body.id)
    expect(first).toMatchObject({
      version: 1,
      state: 'ready',
      rows: 120,
      licence: 'CC BY 4.0',
      definition: { file: { name: 'polite.jsonl.gz' } },
    })
    expect(first.card).toMatchObject({ prompts: 120, authors: 3, leakage: { prompts: 0 }, sources: { file: 120 } })
    const download = await server.app.request(`/api/v1/datasets/${first.id}/file`, { headers: { authorization: `Bearer ${secretKey}` } })
    const lines = await download.text()
    expect(createHash('sha256').update(lines).digest('hex')).toBe(first.checksum)
    const again = await ready((await importFile('polite', file(0, 120))).body.id)
    expect(again).toMatchObject({ version: 2, checksum: first.checksum })
  })

  test('lists rows by page and side, and what changed since a version', async () => {
    const seen: DatasetRow[] = []
    for (let cursor = ''; ;) {
      const { body } = await person<Page<DatasetRow>>('GET', `/api/v1/datasets/${first.id}/rows?limit=50${cursor}`)
      seen.push(...body.items)
      if (body.nextCursor === null) break
      cursor = `&cursor=${body.nextCursor}`
    }
    expect(new Set(seen.map(({ key }) => key)).size).toBe(120)
    const { items } = (await person<Page<DatasetRow>>('GET', `/api/v1/datasets/${first.id}/rows?split=test&limit=200`)).body
    expect(items).toEqual(seen.filter(({ split }) => split === 'test'))
    const later = await ready((await importFile('polite', file(20, 150))).body.id)
    const { body: diff } = await person<DatasetDiff>('GET', `/api/v1/datasets/${later.id}/diff?since=${first.id}`)
    expect(diff).toMatchObject({ added: 30, removed: 20, same: 100 })
  })

  test('joins feedback with an imported file, and leads every row back to its judgment', async () => {
    const generation = (trace: number, i: number, output: string, metadata = {}) =>
      sampleSpan(trace, trace, {
        input: [textMessage('user', `Where is ${i}?`)],
        output: [textMessage('assistant', output)],
        metadata,
      })
    const spans = Array.from({ length: 20 }, (_, i) => [
      generation(2 * i + 1, i, polite(i), { scenario: i % 2 ? 'refund' : 'delivery' }),
      generation(2 * i + 2, i, rude(i)),
    ]).flat()
    await server.context.events.appendSpans(project, spans)
    await withKey('POST', '/api/v1/feedback', {
      items: Array.from({ length: 20 }, (_, i) => ({
        criterion: 'preference',
        kind: 'comparison',
        value: 'left',
        author: { id: `r${i % 2}` },
        target: {
          kind: 'comparison',
          outputs: [spans[2 * i], spans[2 * i + 1]].map((span) => ({ traceId: span?.traceId, spanId: span?.spanId })),
        },
      })),
    })
    const made = await person<Dataset>('POST', '/api/v1/datasets', {
      name: 'joint',
      feedback: { criterion: 'preference', excludeAuthors: ['r1'] },
      include: [first.id],
      split: { by: 'prompt', test: 0.25 },
    })
    const joint = await ready(made.body.id)
    expect(joint).toMatchObject({ state: 'ready', rows: 130, card: { traced: 10, sources: { file: 120, comparison: 10 } } })
    const { items } = (await person<Page<DatasetRow>>('GET', `/api/v1/datasets/${joint.id}/rows?limit=200`)).body
    const traced = items.find(({ source }) => source === 'comparison')!
    expect(traced.strata).toMatchObject({ criterion: 'preference', scenario: 'delivery' })
    expect((await withKey('GET', `/api/v1/feedback/${traced.feedback[0]}`)).body['author']).toMatchObject({ id: 'r0' })
    expect((await withKey('GET', `/api/v1/traces/${traced.traces[0]}`)).status).toBe(200)
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
      projectId: project,
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
    expect(
      items.filter(({ stratum }) => stratum === 'reward coverage').every(({ inclusionProbability }) => inclusionProbability === 1),
    ).toBe(true)
    expect(items.filter(({ stratum }) => stratum === null)).toHaveLength(2)
    expect((await person('POST', path, { of: 'comparison', queueId: queue.body.id })).status).toBe(400)
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
    const stored = await server.context.db
      .selectFrom('reward_model')
      .select('endpoint_key')
      .where('id', '=', external.id)
      .executeTakeFirst()
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
})
