import type { Feedback, RewardModel, RewardPair, Span, SpanId, TraceId } from '@plaudit/protocol'
import { trainRewardModel, writeRewardModel } from '@plaudit/reward'
import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashSecretKey } from '../access/key.ts'
import { readConfig } from '../config.ts'
import { createApp } from '../http/app.ts'
import { type OpenedContext, openContext } from '../open-context.ts'
import { newDataDir } from '../test-support/data-dir.ts'
import { type RewardMonitor, startRewardMonitor } from './monitor.ts'
import { rewardService } from './service.ts'

const log = pino({ level: 'silent' })
const projectId = uuidv7()
const secretKey = 'sk-test-secret-of-the-first-project'
const otherKey = 'sk-test-secret-of-the-other-project'

/** Polite answers are preferred to rude ones. */
const modelFile = writeRewardModel(
  trainRewardModel(
    Array.from({ length: 60 }, (_, i) => ({
      prompt: `Question ${i}?`,
      chosen: `Thanks for asking, here is answer ${i}.`,
      rejected: `Whatever, find number ${i} yourself.`,
    })),
    { members: 2 },
  ).model,
)

let traces = 0
function generation(output: string, changes: Partial<Span> = {}): Span {
  traces += 1
  return {
    traceId: traces.toString(16).padStart(32, '0') as TraceId,
    spanId: traces.toString(16).padStart(16, '0') as SpanId,
    parentSpanId: null,
    name: 'chat',
    kind: 'generation',
    startTime: new Date().toISOString(),
    endTime: new Date().toISOString(),
    durationMs: 10,
    firstTokenMs: null,
    status: 'ok',
    statusMessage: '',
    model: 'model-a',
    provider: '',
    promptName: '',
    promptVersion: '',
    parameters: {},
    input: [{ role: 'user', parts: [{ type: 'text', content: 'Where is my refund?' }] }],
    output: output === '' ? [] : [{ role: 'assistant', parts: [{ type: 'text', content: output }] }],
    tools: [],
    documents: [],
    usage: { inputTokens: null, outputTokens: null, cacheReadTokens: null, cacheWriteTokens: null, reasoningTokens: null },
    costUsd: null,
    sessionId: '',
    userId: '',
    release: '',
    environment: '',
    service: '',
    tags: [],
    metadata: {},
    attributes: {},
    events: [],
    ...changes,
  }
}

describe('reward models on a running server', () => {
  let dataDir: string
  let opened: OpenedContext
  let app: ReturnType<typeof createApp>
  let monitor: RewardMonitor

  beforeAll(async () => {
    dataDir = await newDataDir('rewards')
    opened = await openContext(readConfig({}, { dataDir }), log, 'http://127.0.0.1:4100')
    const { db } = opened.context
    app = createApp(opened.context)
    for (const [id, key] of [
      [projectId, secretKey],
      [uuidv7(), otherKey],
    ] as const) {
      await db.insertInto('project').values({ id, name: id, slug: id }).execute()
      const hash = hashSecretKey(key)
      await db
        .insertInto('api_key')
        .values({ id: uuidv7(), project_id: id, name: 'k', public_key: `pk-${key}`, secret_hash: hash, secret_hint: '' } as never)
        .execute()
    }
    monitor = startRewardMonitor(opened.context)
  })
  afterAll(async () => {
    await monitor.close()
    await opened.close()
    rmSync(dataDir, { recursive: true, force: true })
  })

  async function call<T>(method: string, path: string, body?: unknown, key = secretKey): Promise<{ status: number; body: T }> {
    const isFile = body instanceof Uint8Array
    const response = await app.request(path, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': isFile ? 'application/octet-stream' : 'application/json' },
      ...(body === undefined ? {} : { body: isFile ? new Uint8Array(body) : JSON.stringify(body) }),
    })
    const text = await response.text()
    const json = response.headers.get('content-type')?.includes('json') === true && !text.includes('\n')
    return { status: response.status, body: (json ? JSON.parse(text) : text) as T }
  }

  const register = (name: string) => call<RewardModel>('POST', `/api/v1/reward/models?name=${name}`, modelFile)
  const scoresOf = async (span: Span) =>
    (await call<{ items: Feedback[] }>('GET', `/api/v1/feedback?traceId=${span.traceId}&criterion=reward`)).body.items

  async function until<T>(read: () => Promise<T>, done: (value: T) => boolean): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      const value = await read()
      if (done(value) || tries > 200) return value
      await sleep(50)
    }
  }

  test('refuses what is no model, unknown models, other people and a score without a model', async () => {
    const damaged = modelFile.slice(0, -20)
    expect(await call('POST', '/api/v1/reward/models?name=a', damaged)).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('cut short') as string },
    })
    expect((await call('POST', '/api/v1/reward/models?name=../x', modelFile)).status).toBe(400)
    expect((await call('POST', '/api/v1/reward/models?name=a', modelFile, `pk-${secretKey}`)).status).toBe(403)
    expect((await call('GET', `/api/v1/reward/models/${uuidv7()}`)).status).toBe(404)
    const items = [{ input: 'q', output: 'a' }]
    expect(await call('POST', '/api/v1/reward/score', { items })).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('No reward model is active') as string },
    })
    expect((await call('POST', '/api/v1/reward/score', { items, model: 'absent@1' })).status).toBe(404)
    expect((await call('POST', '/api/v1/reward/score', { items: [] })).status).toBe(400)
  })

  test('keeps versions with their cards, one of them active, and every change on record', async () => {
    const first = await register('polite')
    expect(first).toMatchObject({ status: 201, body: { name: 'polite', version: 1, state: 'archived', bytes: modelFile.length } })
    expect(first.body.report.verdict).toMatch(/length/)
    const second = await register('polite')
    expect(second.body.version).toBe(2)
    // A key may not do what a person with the report card before them does.
    expect((await call('PATCH', `/api/v1/reward/models/${first.body.id}`, { state: 'active' })).status).toBe(403)
    for (const { id } of [first.body, second.body]) {
      expect((await rewardService(opened.context).changeModel(projectId, id, { state: 'active' }, 'a-person')).state).toBe('active')
    }
    const { items } = (await call<{ items: RewardModel[] }>('GET', '/api/v1/reward/models')).body
    expect(items.map(({ version, state }) => [version, state])).toEqual([
      [2, 'active'],
      [1, 'archived'],
    ])
    const file = await app.request(`/api/v1/reward/models/${second.body.id}/file`, { headers: { authorization: `Bearer ${secretKey}` } })
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(modelFile)
    expect((await call('GET', `/api/v1/reward/models/${second.body.id}`, undefined, otherKey)).status).toBe(404)
    const audit = await opened.context.db.selectFrom('audit_log').select('action').where('project_id', '=', projectId).execute()
    expect(audit.filter(({ action }) => action === 'reward_model.set_state')).toHaveLength(2)
  })

  test('scores texts and messages, with the active model or a named version', async () => {
    const items = [
      { input: 'Hello?', output: 'Thanks for asking, here is the answer.' },
      { input: 'Hello?', output: [{ role: 'assistant', parts: [{ type: 'text', content: 'Whatever, find it yourself.' }] }] },
    ]
    const { body } = await call<{ items: { reward: number; std: number; model: string }[] }>('POST', '/api/v1/reward/score', { items })
    expect(body.items.map(({ model }) => model)).toEqual(['polite@2', 'polite@2'])
    expect(body.items[0]!.reward).toBeGreaterThan(body.items[1]!.reward)
    const named = await call<typeof body>('POST', '/api/v1/reward/score', { items, model: 'polite@1' })
    expect(named.body.items[0]).toMatchObject({ model: 'polite@1', reward: body.items[0]!.reward })
  })

  test('scores a new generation once, as feedback of a model author, and passes over what has no output', async () => {
    const [good, empty, chain] = [generation('Thanks for asking!'), generation(''), generation('x', { kind: 'chain' })]
    await opened.context.events.appendSpans(projectId, [good, empty, chain])
    const [score] = await until(
      () => scoresOf(good),
      (scores) => scores.length > 0,
    )
    expect(score).toMatchObject({
      kind: 'rating',
      author: { kind: 'model', id: 'polite@2' },
      target: { kind: 'span', spanId: good.spanId },
      metadata: { model: 'polite', version: '2' },
    })
    expect(Number(score?.metadata.std)).toBeGreaterThan(0)
    await opened.context.events.appendSpans(projectId, [good])
    await sleep(400)
    expect(await scoresOf(good)).toHaveLength(1)
    expect([await scoresOf(empty), await scoresOf(chain)]).toEqual([[], []])
    const written = await opened.context.events.query(
      `SELECT 1 FROM feedback WHERE project_id = {projectId:String} AND criterion = 'reward'`,
      {
        projectId,
      },
    )
    expect(written).toHaveLength(1)
  })

  test('scores after a restart what arrived while nothing listened', async () => {
    await monitor.close()
    const missed = Array.from({ length: 1_200 }, () => generation('Whatever.'))
    await opened.context.events.appendSpans(projectId, missed)
    monitor = startRewardMonitor(opened.context)
    const scored = () =>
      opened.context.events.query<{ n: string; ids: string }>(
        `SELECT count() AS n, uniqExact(feedback_id) AS ids FROM feedback WHERE project_id = {projectId:String} AND criterion = 'reward'`,
        { projectId },
      )
    const rows = await until(scored, ([row]) => Number(row?.n) >= 1_201)
    expect(rows).toEqual([{ n: '1201', ids: '1201' }])
  })

  test('scores stored generations on request, with progress, and only once', async () => {
    const { id } = (await register('late')).body
    const run = await call<RewardModel>('POST', `/api/v1/reward/models/${id}/backfill`, {})
    expect(run).toMatchObject({ status: 202, body: { backfill: { state: 'running', passed: 0 } } })
    expect((await call('POST', `/api/v1/reward/models/${id}/backfill`, {})).status).toBe(409)
    const read = async () => (await call<RewardModel>('GET', `/api/v1/reward/models/${id}`)).body.backfill
    const done = await until(read, (backfill) => backfill?.state === 'done')
    // All generations of the project but the one without output.
    expect(done).toMatchObject({ state: 'done', spans: 1_202, passed: 1_202, scored: 1_201 })
    await call('POST', `/api/v1/reward/models/${id}/backfill`, {})
    expect(await until(read, (backfill) => backfill?.state === 'done')).toMatchObject({ passed: 1_202, scored: 0 })
    await call('POST', `/api/v1/reward/models/${id}/backfill`, {})
    expect((await call<RewardModel>('DELETE', `/api/v1/reward/models/${id}/backfill`)).body.backfill?.state).toMatch(/stopped|done/)
  })

  test('gives the pairs in people’s comparisons, corrections and rankings', async () => {
    const spans = ['best', 'middle', 'worst'].map((output) => generation(output))
    const [best, middle, worst] = spans.map(({ traceId, spanId }) => ({ traceId, spanId }))
    await opened.context.events.appendSpans(projectId, spans)
    const author = { id: 'u-1' }
    const comparison = { criterion: 'quality', kind: 'comparison', target: { kind: 'comparison', outputs: [worst, best] } }
    const { body } = await call<{ items: { id?: string }[] }>('POST', '/api/v1/feedback', {
      items: [
        { ...comparison, value: 'right', author },
        { ...comparison, value: 'tie', author: { id: 'u-2' } },
        { ...comparison, value: 'both_bad', author: { id: 'u-3' } },
        { ...comparison, value: 'left', author: { kind: 'model', id: 'judge' } },
        { criterion: 'fix', kind: 'correction', target: { kind: 'span', ...middle }, value: 'better', author },
        {
          criterion: 'order',
          kind: 'ranking',
          target: { kind: 'comparison', outputs: [middle, best, worst] },
          value: { ranks: [2, 1, 2] },
          author,
        },
      ],
    })
    expect(body.items.every(({ id }) => id !== undefined)).toBe(true)
    const lines = async (query: string) =>
      (await call<string>('GET', `/api/v1/reward/pairs${query}`)).body
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as RewardPair)
    const pairs = await lines('')
    expect(pairs.map(({ source, chosen, rejected, tie }) => `${source}: ${chosen} > ${rejected}${tie ? ' (tie)' : ''}`).toSorted()).toEqual(
      [
        'comparison: best > worst',
        'comparison: worst > best (tie)',
        'correction: better > middle',
        'ranking: best > middle',
        'ranking: best > worst',
        'ranking: middle > worst (tie)',
      ],
    )
    expect(pairs.find(({ source }) => source === 'ranking')).toMatchObject({ prompt: 'Where is my refund?', weight: 0.5, author: 'u-1' })
    expect(await lines('?criterion=fix')).toHaveLength(1)
  })

  test('groups pairs by the opening user turn, so that one conversation is never on both sides of a split', async () => {
    const turn = (role: 'system' | 'user' | 'assistant', content: string) => ({ role, parts: [{ type: 'text' as const, content }] })
    const input = [turn('system', 'Be kind.'), turn('user', 'Hi'), turn('assistant', 'Hello'), turn('user', 'Why?')]
    const span = { ...generation('because'), input }
    await opened.context.events.appendSpans(projectId, [span])
    const { traceId, spanId } = span
    await call('POST', '/api/v1/feedback', {
      criterion: 'opening',
      kind: 'correction',
      target: { kind: 'span', traceId, spanId },
      value: 'Because.',
    })
    const { body } = await call<string>('GET', '/api/v1/reward/pairs?criterion=opening')
    expect(JSON.parse(body)).toMatchObject({ prompt: 'Be kind.\n\nHi\n\nHello\n\nWhy?', group: 'Hi', chosen: 'Because.' })
  })
})
