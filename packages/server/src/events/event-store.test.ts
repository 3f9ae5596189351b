import { randomUUID } from 'node:crypto'
import type { Feedback, Span, SpanId, TraceId } from '@plaudit/protocol'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectClickhouse } from '../db/clickhouse.ts'
import { migrateClickhouse } from '../db/migrate-clickhouse.ts'
import { clickhouseMigrations } from '../db/migrations/clickhouse.ts'
import { type EventStoreTarget, eventStoreTargets } from '../test-support/event-store-target.ts'
import { type EventStore, openEventStore } from './event-store.ts'
import { decodeFeedback, feedbackColumns, type FeedbackRow } from './feedback-row.ts'
import { serverClock } from './server-clock.ts'
import { decodeSpan, spanColumns, type SpanRow } from './span-row.ts'

const log = pino({ level: 'silent' })
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736' as TraceId
const time = '2026-05-04T12:30:00.123Z'

function spanOf(index: number, changes: Partial<Span> = {}): Span {
  return {
    traceId,
    spanId: index.toString(16).padStart(16, '0') as SpanId,
    parentSpanId: null,
    name: 'chat',
    kind: 'generation',
    startTime: time,
    endTime: '2026-05-04T12:30:01.623Z',
    durationMs: 1500,
    firstTokenMs: null,
    status: 'ok',
    statusMessage: '',
    model: 'model-a',
    provider: 'provider',
    promptName: 'support',
    promptVersion: '3',
    parameters: { temperature: 0.2 },
    input: [{ role: 'user', parts: [{ type: 'text', content: 'Where is my refund? שלום 👋' }] }],
    output: [{ role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'find', arguments: { order: 7 } }] }],
    tools: [{ name: 'find' }],
    documents: [{ id: 'd', content: 'Refunds take 5 days.', score: 0.5 }],
    usage: { inputTokens: 10, outputTokens: 20, cacheReadTokens: null, cacheWriteTokens: null, reasoningTokens: null },
    costUsd: 0.001,
    sessionId: 's-1',
    userId: 'u-1',
    release: '1.0',
    environment: 'production',
    service: 'shop',
    tags: ['a', 'b'],
    metadata: { documentType: 'contract' },
    attributes: { 'http.route': '/chat' },
    events: [{ name: 'exception', time, attributes: { message: 'x' } }],
    ...changes,
  }
}

function feedbackOf(changes: Partial<Feedback> = {}): Feedback {
  return {
    id: '0198f2a4-7c3e-7d52-9a41-6f0e2d9c8b17',
    target: { kind: 'span', traceId, spanId: spanOf(1).spanId },
    criterion: 'helpfulness',
    kind: 'rating',
    value: 4,
    author: { kind: 'human', id: 'u-17', role: 'reviewer' },
    identifier: '',
    rationale: 'Clear.',
    time,
    receivedAt: time,
    metadata: {},
    presentation: { order: ['left'] },
    ...changes,
  }
}

describe.each(eventStoreTargets)('the event store, $kind', ({ open }) => {
  let target: EventStoreTarget
  let events: EventStore

  async function openEvents() {
    const clickhouse = await connectClickhouse(target.url)
    await migrateClickhouse(clickhouse)
    events = await openEventStore(clickhouse, target.journalDir === null ? null : { journalDir: target.journalDir, log })
  }
  const count = async (table: string, projectId: string) => {
    const [row] = await events.query<{ n: string }>(`SELECT count() AS n FROM ${table} FINAL WHERE project_id = {projectId:String}`, {
      projectId,
    })
    return Number(row?.n)
  }

  beforeAll(async () => {
    target = await open()
    await openEvents()
  })
  afterAll(async () => {
    await events.close()
    await target.remove()
  })

  test('refuses who does not know its path', async () => {
    const answer = await fetch(new URL('/?query=SELECT%201', target.url))
    expect(answer.status).toBe(404)
  })

  test('is migrated once, also by several servers at the same time', async () => {
    const clickhouse = await connectClickhouse(target.url)
    await Promise.all([migrateClickhouse(clickhouse), migrateClickhouse(clickhouse), migrateClickhouse(clickhouse)])
    const applied = await clickhouse.query<{ name: string }>('SELECT name FROM migration FINAL ORDER BY name')
    expect(applied.map(({ name }) => name)).toEqual(clickhouseMigrations.map(({ name }) => name))
    await clickhouse.close()
  })

  test('returns a span as it was given', async () => {
    await events.appendSpans('whole', [spanOf(1)])
    const rows = await events.query<SpanRow>(`SELECT ${spanColumns} FROM spans WHERE project_id = 'whole'`)
    expect(rows.map(decodeSpan)).toEqual([spanOf(1)])
  })

  test('counts a retried batch once', async () => {
    const batch = Array.from({ length: 50 }, (_, index) => spanOf(index + 1))
    await events.appendSpans('retried', batch)
    await events.appendSpans('retried', batch)
    expect(await count('spans', 'retried')).toBe(50)
  })

  test('knows without a look-up which ids are new, once it has read those that are there', async () => {
    await events.appendFeedback('ids', [feedbackOf({ id: 'before' })])
    expect(await count('feedback', 'ids')).toBe(1)
    const clickhouse = await connectClickhouse(target.url)
    const journalDir = mkdtempSync(join(tmpdir(), 'plaudit-journal-'))
    const alone = await openEventStore(clickhouse, { journalDir, log })
    await expect.poll(() => alone.claimFeedbackId('ids', randomUUID())).toBe(true)
    expect(alone.claimFeedbackId('ids', 'before')).toBe(false)
    expect([alone.claimFeedbackId('ids', 'new'), alone.claimFeedbackId('ids', 'new')]).toEqual([true, false])
    expect(alone.claimFeedbackId('another', 'before')).toBe(true)
    await alone.appendFeedback('ids', [feedbackOf({ id: 'sent without a claim' })])
    expect(alone.claimFeedbackId('ids', 'sent without a claim')).toBe(false)
    await alone.close()
    rmSync(journalDir, { recursive: true })
    // Where others write to the store, it has to be asked.
    const shared = await openEventStore(await connectClickhouse(target.url))
    expect(shared.claimFeedbackId('ids', randomUUID())).toBe(false)
    await shared.close()
  })

  test.each<Feedback['target']>([
    { kind: 'span', traceId, spanId: spanOf(1).spanId },
    { kind: 'trace', traceId },
    { kind: 'session', sessionId: 's-1' },
    { kind: 'document', traceId, spanId: spanOf(1).spanId, index: 2 },
    { kind: 'comparison', outputs: [spanOf(1), spanOf(2)].map(({ spanId }) => ({ traceId, spanId })) },
  ])('returns feedback on a $kind as it was given', async (target) => {
    const given = feedbackOf({ target })
    await events.appendFeedback(target.kind, [given])
    const rows = await events.query<FeedbackRow>(`SELECT ${feedbackColumns} FROM feedback FINAL WHERE project_id = {project:String}`, {
      project: target.kind,
    })
    expect(rows.map(decodeFeedback)).toEqual([given])
  })

  test('the newer judgment of the same identity supersedes, another author does not, and deleting removes', async () => {
    const [first, second, other] = [
      feedbackOf(),
      feedbackOf({ value: 2 }),
      feedbackOf({ author: { kind: 'human', id: 'u-18', role: null } }),
    ]
    for (const one of [first, second, other]) await events.appendFeedback('superseded', [one])
    const scores = await events.query(`SELECT score FROM feedback FINAL WHERE project_id = 'superseded' ORDER BY score`)
    expect(scores).toEqual([{ score: 2 }, { score: 4 }])
    await events.deleteFeedback('superseded', [second])
    expect(await count('feedback', 'superseded')).toBe(1)
  })

  test('takes spans of many months at once, as an import brings them', async () => {
    const month = (index: number) => new Date(Date.UTC(2012, index, 3)).toISOString()
    await events.appendSpans(
      'months',
      Array.from({ length: 120 }, (_, index) => spanOf(index + 1, { startTime: month(index), endTime: month(index) })),
    )
    expect(await count('spans', 'months')).toBe(120)
  })

  test('erases a project and nothing else', async () => {
    await events.appendSpans('erased', [spanOf(1)])
    await events.appendFeedback('erased', [feedbackOf()])
    await events.appendSpans('kept', [spanOf(1)])
    await events.eraseProject('erased')
    expect([await count('spans', 'erased'), await count('feedback', 'erased'), await count('spans', 'kept')]).toEqual([0, 0, 1])
  })

  test('a crash of the engine loses nothing, counts nothing twice, and delays what is being written', async () => {
    const writes = Array.from({ length: 200 }, (_, index) => events.appendSpans('crashed', [spanOf(index + 1)]))
    await Promise.race(writes)
    await Promise.all([target.crash(), ...writes])
    expect(await count('spans', 'crashed')).toBe(200)
    await events.close()
    await openEvents()
    expect(await count('spans', 'crashed')).toBe(200)
  })
})

test('an address that cannot be used is named, without its password', async () => {
  const refused = connectClickhouse('http://someone:secret@127.0.0.1:9/')
  await expect(refused).rejects.toThrow(/127\.0\.0\.1:9 cannot be used.*PLAUDIT_CLICKHOUSE_URL/)
  await expect(refused).rejects.not.toThrow(/secret/)
  await expect(connectClickhouse('not an address')).rejects.toThrow(/must be an address like/)
})

test('versions only grow, also when the clock is set back', () => {
  const times = [1_000, 1_000, 900, 1_001]
  const next = serverClock(() => times.shift() ?? 1_002)
  const versions = [next(), next(), next(), next(), next()]
  expect(versions).toEqual(versions.toSorted((a, b) => (a < b ? -1 : 1)))
  expect(new Set(versions).size).toBe(5)
})
