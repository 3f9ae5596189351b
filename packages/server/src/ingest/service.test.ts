import type { Feedback } from '@plaudit/protocol'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectClickhouse } from '../db/clickhouse.ts'
import { type EmbeddedClickhouse, startEmbeddedClickhouse } from '../db/embedded-clickhouse.ts'
import { migrateClickhouse } from '../db/migrate-clickhouse.ts'
import { type EventStore, openEventStore } from '../events/event-store.ts'
import { decodeFeedback, feedbackColumns, type FeedbackRow } from '../events/feedback-row.ts'
import { decodeSpan, spanColumns, type SpanRow } from '../events/span-row.ts'
import { type FeedbackService, feedbackService } from '../feedback/service.ts'
import { ingestService } from './service.ts'
import { encodeProtobuf, jsonAttributes, type JsonSpan, requestOf } from './test/otlp-request.ts'

const now = new Date('2026-05-04T13:00:00.000Z')
const dataDir = mkdtempSync(join(tmpdir(), 'plaudit-ingest-'))
let engine: EmbeddedClickhouse
let events: EventStore
let feedback: FeedbackService
let projectNumber = 0

beforeAll(async () => {
  engine = await startEmbeddedClickhouse(dataDir)
  const clickhouse = await connectClickhouse(engine.url)
  await migrateClickhouse(clickhouse)
  events = await openEventStore(clickhouse)
  feedback = feedbackService({ events, clock: () => now })
})
afterAll(async () => {
  await events.close()
  await engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const idOf = (index: number) => index.toString(16).padStart(16, '0')
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'

function spanOf(index: number, attributes: Record<string, unknown> = {}, changes: Partial<JsonSpan> = {}): JsonSpan {
  return {
    traceId,
    spanId: idOf(index),
    name: `span ${index}`,
    startTimeUnixNano: '1777899000000000000',
    endTimeUnixNano: '1777899001500000000',
    attributes: jsonAttributes(attributes),
    ...changes,
  }
}

/** Sends the requests one after the other into a project of their own; returns the last answer and what is then stored. */
async function ingested(...requests: JsonSpan[][]) {
  const projectId = `project-${projectNumber++}`
  const service = ingestService({ events, feedback, clock: () => now })
  let answer = { rejectedSpans: 0, errorMessage: '' }
  for (const spans of requests) answer = await service.ingest(projectId, 'protobuf', encodeProtobuf(requestOf(spans)))
  const read = <T>(columns: string, table: string, order: string) =>
    events.query<T>(`SELECT ${columns} FROM ${table} FINAL WHERE project_id = {projectId:String} ORDER BY ${order}`, { projectId })
  return {
    answer,
    spans: (await read<SpanRow>(spanColumns, 'spans', 'span_id')).map(decodeSpan),
    feedback: (await read<FeedbackRow>(feedbackColumns, 'feedback', 'criterion, identifier')).map(decodeFeedback),
  }
}

test('each bad span is rejected with its reason, and its neighbours are stored', async () => {
  const { answer, spans } = await ingested([
    spanOf(1),
    spanOf(2, {}, { traceId: '' }),
    spanOf(3, {}, { traceId: '0'.repeat(32) }),
    spanOf(4, {}, { spanId: 'abcd' }),
    spanOf(5, {}, { startTimeUnixNano: '0', endTimeUnixNano: '0' }),
    spanOf(6, {}, { startTimeUnixNano: '1000000000000000000', endTimeUnixNano: '1000000000000000000' }),
    spanOf(7, {}, { startTimeUnixNano: '1977899000000000000', endTimeUnixNano: '1977899000000000000' }),
    spanOf(8),
  ])
  expect(spans.map(({ name }) => name)).toEqual(['span 1', 'span 8'])
  expect(answer.rejectedSpans).toBe(6)
  expect(answer.errorMessage).toBe(
    '6 spans rejected: 2 × the trace id is missing, zero or not 16 bytes; 1 × the span id is missing, zero or not 8 bytes; ' +
      '1 × the start time is missing; 1 × the start time is before 2010; send nanoseconds since 1970; ' +
      '1 × the start time is more than a day in the future.',
  )
})

test('what can be put right is, and says so', async () => {
  const { answer, spans } = await ingested([
    spanOf(1, {}, { endTimeUnixNano: '1777898000000000000' }),
    spanOf(2, {}, { endTimeUnixNano: '0' }),
    spanOf(3, {}, { startTimeUnixNano: '0' }),
    spanOf(4, {}, { parentSpanId: 'abcd' }),
    spanOf(5, {}, { parentSpanId: '0'.repeat(16) }),
  ])
  expect(answer).toEqual({ rejectedSpans: 0, errorMessage: '' })
  expect(spans.map(({ durationMs }) => durationMs)).toEqual([0, 0, 0, 1_500, 1_500])
  expect(spans.map(({ attributes }) => attributes['plaudit.repaired'])).toEqual([
    'end time was before the start: taken from the start',
    'end time was missing: taken from the start',
    'start time was missing: taken from the end',
    'parent span id was not 8 bytes: taken as a root',
    undefined,
  ])
})

test('a retried request and a span sent twice count once; the later one stands', async () => {
  const batch = Array.from({ length: 20 }, (_, index) => spanOf(index + 1))
  const { spans } = await ingested([...batch, spanOf(1, { again: true })], batch)
  expect(spans).toHaveLength(20)
  expect(spans[0]?.attributes).not.toHaveProperty('again')
})

test('half characters, control characters and a megabyte come back as text', async () => {
  const big = 'ä'.repeat(1_048_576)
  const { answer, spans } = await ingested([
    spanOf(1, { 'input.value': 'a\u0000\u001fb"\\', big, number: Number.MAX_VALUE, odd: '\u2028' }),
  ])
  expect(answer.errorMessage).toBe('')
  expect(spans[0]).toMatchObject({
    input: [{ parts: [{ content: 'a\u0000\u001fb"\\' }] }],
    attributes: { big, number: '1.7976931348623157e+308', odd: '\u2028' },
  })
})

test('half of a surrogate pair, as a cut text ends with, costs nothing else', async () => {
  const service = ingestService({ events, feedback, clock: () => now })
  const body = JSON.stringify(requestOf([spanOf(1, { 'input.value': 'half \ud83d', name: '\udc4b' }), spanOf(2)]))
  await expect(service.ingest('half', 'json', Buffer.from(body))).resolves.toEqual({ rejectedSpans: 0, errorMessage: '' })
  const rows = await events.query<SpanRow>(`SELECT ${spanColumns} FROM spans WHERE project_id = 'half' ORDER BY span_id`)
  expect(rows.map(decodeSpan)).toMatchObject([
    { input: [{ parts: [{ content: 'half \ud83d' }] }], attributes: { name: '\ufffd' } },
    { name: 'span 2' },
  ])
})

test('a body that is no OTLP request writes nothing', async () => {
  const service = ingestService({ events, feedback, clock: () => now })
  const body = encodeProtobuf(requestOf([spanOf(1)]))
  await expect(service.ingest('broken', 'protobuf', body.subarray(0, -3))).rejects.toMatchObject({
    code: 'invalid_argument',
    message: /not a valid OTLP/,
  })
  expect(await events.query(`SELECT 1 FROM spans WHERE project_id = 'broken'`)).toEqual([])
})

test('inline annotations and evaluations of a span, its trace and its session become feedback, once', async () => {
  const carrier = spanOf(1, {
    'session.id': 's-1',
    'annotations.0.annotation.name': 'correctness',
    'annotations.0.annotation.score': 0.5,
    'annotations.0.annotation.label': 'partly',
    'annotations.0.annotation.explanation': 'Misses the date.',
    'annotations.0.annotation.annotator_kind': 'LLM',
    'annotations.0.annotation.identifier': 'judge-v2',
    'annotations.0.annotation.metadata': '{"rubric_version":2}',
    'evaluations.0.evaluation.name': 'correctness',
    'evaluations.0.evaluation.score': 0.5,
    'evaluations.0.evaluation.label': 'partly',
    'evaluations.0.evaluation.annotator_kind': 'LLM',
    'evaluations.0.evaluation.identifier': 'judge-v2',
    'trace.annotations.0.annotation.name': 'retrieval',
    'trace.annotations.0.annotation.score': 1,
    'trace.annotations.0.annotation.annotator_kind': 'CODE',
    'session.annotations.0.annotation.name': 'tone',
    'session.annotations.0.annotation.label': 'warm',
    'session.annotations.0.annotation.annotator_kind': 'HUMAN',
  })
  const stored = await ingested([carrier], [carrier])
  expect(stored.answer.errorMessage).toBe('')
  expect(stored.feedback).toMatchObject([
    {
      criterion: 'correctness',
      kind: 'rating',
      value: 0.5,
      target: { kind: 'span', traceId, spanId: idOf(1) },
      author: { kind: 'model' },
      identifier: 'judge-v2',
      rationale: 'Misses the date.',
      time: '2026-05-04T12:50:01.500Z',
      metadata: { rubric_version: '2', label: 'partly' },
    },
    { criterion: 'retrieval', kind: 'rating', value: 1, target: { kind: 'trace', traceId }, author: { kind: 'code' } },
    { criterion: 'tone', kind: 'label', value: 'warm', target: { kind: 'session', sessionId: 's-1' }, author: { kind: 'human' } },
  ] satisfies Partial<Record<keyof Feedback, unknown>>[])
  expect(
    Object.keys(stored.spans[0]?.attributes ?? {}).filter((name) => name.includes('annotation') || name.includes('evaluation')),
  ).toEqual([])
})

test('a later score of the same annotation supersedes the earlier one', async () => {
  const annotated = (score: number) =>
    spanOf(1, { 'annotations.0.annotation.name': 'correctness', 'annotations.0.annotation.score': score })
  const { feedback: stored } = await ingested([annotated(0)], [annotated(1)])
  expect(stored.map(({ value }) => value)).toEqual([1])
})

test('an evaluator span judges the span that it links to', async () => {
  const evaluation = {
    'openinference.span.kind': 'EVALUATOR',
    'evaluations.0.evaluation.name': 'hallucination',
    'evaluations.0.evaluation.label': 'factual',
  }
  const link = { traceId: '5'.repeat(32), spanId: idOf(99) }
  const stored = await ingested([
    spanOf(1, evaluation, { links: [link] }),
    spanOf(
      2,
      { ...evaluation, 'trace.evaluations.0.evaluation.name': 'whole', 'trace.evaluations.0.evaluation.score': 3 },
      { links: [link] },
    ),
    spanOf(3, evaluation, { links: [link, { traceId, spanId: idOf(1) }] }),
  ])
  expect(stored.feedback).toMatchObject([
    { criterion: 'hallucination', target: { kind: 'span', ...link } },
    { criterion: 'hallucination', target: { kind: 'span', ...link } },
    { criterion: 'whole', target: { kind: 'trace', traceId: link.traceId } },
  ])
  expect(stored.spans).toHaveLength(3)
  expect(stored.spans[0]?.kind).toBe('evaluator')
  expect(stored.answer).toEqual({
    rejectedSpans: 0,
    errorMessage: '1 judgment rejected: 1 × feedback on a span needs exactly one span link, or none for the span that carries it.',
  })
})

test('a bad annotation is reported and stays on its span, which is stored with its good one', async () => {
  const {
    answer,
    spans,
    feedback: stored,
  } = await ingested([
    spanOf(1, {
      'annotations.0.annotation.score': 1,
      'annotations.1.annotation.name': 'empty',
      'annotations.2.annotation.name': 'odd',
      'annotations.2.annotation.score': 'many',
      'annotations.3.annotation.name': 'good',
      'annotations.3.annotation.score': 1,
      'session.annotations.0.annotation.name': 'tone',
      'session.annotations.0.annotation.label': 'warm',
    }),
  ])
  expect(stored.map(({ criterion }) => criterion)).toEqual(['good'])
  expect(spans[0]?.attributes).toMatchObject({ 'annotations.0.annotation.score': '1', 'annotations.2.annotation.score': 'many' })
  expect(answer).toEqual({
    rejectedSpans: 0,
    errorMessage:
      '4 judgments rejected: 1 × an annotation has no name; 1 × an annotation has neither score, label nor explanation; ' +
      '1 × the score is not a number; 1 × feedback on a session needs session.id on its span.',
  })
})

test('evaluation events judge the span they are on, or the response they name, in this request or an earlier one', async () => {
  const timeUnixNano = '1777899001000000000'
  const event = (name: string, attributes: Record<string, unknown>) => ({
    name: 'gen_ai.evaluation.result',
    timeUnixNano,
    attributes: jsonAttributes({ 'gen_ai.evaluation.name': name, ...attributes }),
  })
  const generation = (index: number) => spanOf(index, { 'gen_ai.operation.name': 'chat', 'gen_ai.response.id': `response-${index}` })
  const judge = spanOf(
    10,
    {},
    {
      events: [
        event('a own', { 'gen_ai.evaluation.score.value': 4, 'gen_ai.evaluation.explanation': 'Good.', 'my.detail': 'x' }),
        event('b earlier', { 'gen_ai.evaluation.score.label': 'good', 'gen_ai.response.id': 'response-1' }),
        event('c same', { 'gen_ai.evaluation.score.value': 2, 'gen_ai.response.id': 'response-2' }),
        event('d unknown', { 'gen_ai.evaluation.score.value': 1, 'gen_ai.response.id': 'response-9' }),
        event('', { 'gen_ai.evaluation.score.value': 1 }),
      ],
    },
  )
  const stored = await ingested([generation(1)], [judge, generation(2)], [judge, generation(2)])
  expect(stored.feedback).toMatchObject([
    {
      criterion: 'a own',
      kind: 'rating',
      value: 4,
      rationale: 'Good.',
      metadata: { 'my.detail': 'x' },
      author: { kind: 'model' },
      target: { spanId: idOf(10) },
    },
    { criterion: 'b earlier', kind: 'label', value: 'good', target: { kind: 'span', traceId, spanId: idOf(1) } },
    { criterion: 'c same', target: { spanId: idOf(2) } },
    { criterion: 'd unknown', target: { spanId: idOf(10) }, metadata: { 'gen_ai.response.id': 'response-9' } },
  ])
  expect(stored.answer.errorMessage).toBe('1 judgment rejected: 1 × an evaluation has no gen_ai.evaluation.name.')
  expect(stored.spans.find(({ name }) => name === 'span 10')?.events).toHaveLength(1)
})
