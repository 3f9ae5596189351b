// Real exporters of the well-known clients, unchanged, into a running server; then what arrived, through the public API.
import { register } from '@arizeai/phoenix-otel'
import { LangfuseSpanProcessor } from '@langfuse/otel'
import { propagateAttributes, setLangfuseTracerProvider, startActiveObservation, startObservation } from '@langfuse/tracing'
import { type Attributes, context, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter as HttpExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtoExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { BatchSpanProcessor, NodeTracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace-node'
import type { Trace } from '@plaudit/protocol'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from './support/start-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.remove())

const authorization = () => `Bearer ${server.keys.secretKey}`

async function traceOf(traceId: string): Promise<Trace> {
  const answer = await fetch(`${server.url}/api/v1/traces/${traceId}`, { headers: { authorization: authorization() } })
  expect(answer.status).toBe(200)
  return (await answer.json()) as Trace
}

function spanNamed({ spans }: Trace, name: string) {
  const span = spans.find((one) => one.name === name)
  if (span === undefined) throw new Error(`no span "${name}" among ${spans.map((one) => one.name).join(', ')}`)
  return span
}

const generation: Attributes = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4o',
  'gen_ai.request.temperature': 0.25,
  'gen_ai.usage.input_tokens': 12,
  'gen_ai.usage.output_tokens': 34,
  'gen_ai.response.finish_reasons': ['stop'],
  'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: 'Grüße 👋' }] }]),
  'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts: [{ type: 'text', content: 'Hi' }] }]),
  'session.id': 's-1',
}

/** Exports a request with a child that calls a model, and an error, as an application would; returns the trace's id. */
async function exportWith(exporter: SpanExporter): Promise<string> {
  const provider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] })
  const tracer = provider.getTracer('e2e', '1.0')
  const root = tracer.startSpan('request', { attributes: { 'http.route': '/chat' } })
  const child = tracer.startSpan('chat gpt-4o', { attributes: generation }, trace.setSpan(context.active(), root))
  child.setStatus({ code: SpanStatusCode.OK })
  child.end()
  root.recordException(new Error('late'))
  root.setStatus({ code: SpanStatusCode.ERROR, message: 'late' })
  root.end()
  await provider.forceFlush()
  await provider.shutdown()
  return root.spanContext().traceId
}

describe.each([
  ['protobuf', ProtoExporter],
  ['JSON', HttpExporter],
] as const)('the exporter of OpenTelemetry for %s', (_, Exporter) => {
  test.each(['none', 'gzip'])('with compression %s', async (compression) => {
    const exporter = new Exporter({
      url: `${server.url}/v1/traces`,
      headers: { authorization: authorization() },
      compression: compression as never,
    })
    const found = await traceOf(await exportWith(exporter))
    expect(found.spans).toHaveLength(2)
    const root = spanNamed(found, 'request')
    expect(root).toMatchObject({
      parentSpanId: null,
      kind: 'span',
      status: 'error',
      statusMessage: 'late',
      attributes: { 'http.route': '/chat', 'scope.name': 'e2e' },
    })
    expect(root.events[0]).toMatchObject({ name: 'exception', attributes: { 'exception.message': 'late' } })
    expect(spanNamed(found, 'chat gpt-4o')).toMatchObject({
      parentSpanId: root.spanId,
      kind: 'generation',
      status: 'ok',
      model: 'gpt-4o',
      provider: 'openai',
      parameters: { temperature: 0.25 },
      usage: { inputTokens: 12, outputTokens: 34 },
      input: [{ role: 'user', parts: [{ type: 'text', content: 'Grüße 👋' }] }],
      output: [{ role: 'assistant', parts: [{ type: 'text', content: 'Hi' }], finishReason: 'stop' }],
      sessionId: 's-1',
    })
  })
})

test('Langfuse: observations, prompt, usage, and what holds for the whole trace', async () => {
  const processor = new LangfuseSpanProcessor({
    baseUrl: server.url,
    ...server.keys,
    environment: 'staging',
    release: '2.1',
    mediaUploadEnabled: false,
  })
  const provider = new NodeTracerProvider({ spanProcessors: [processor] })
  // As an application's set-up does: without it nothing is carried from a span to those within.
  provider.register()
  setLangfuseTracerProvider(provider)
  const traceId = await propagateAttributes({ userId: 'u-1', sessionId: 's-2', tags: ['vip'], metadata: { team: 'north' } }, () =>
    startActiveObservation('answer', async (root) => {
      root.update({ input: { question: 'Where is my refund?' }, output: 'On its way.' })
      const call = startObservation(
        'model',
        {
          model: 'gpt-4o',
          input: [{ role: 'user', content: 'Where is my refund?' }],
          output: { role: 'assistant', content: 'On its way.' },
          modelParameters: { temperature: 0.5 },
          usageDetails: { input: 10, output: 4, total: 14 },
          costDetails: { total: 0.002 },
          prompt: { name: 'support', version: 7, isFallback: false },
          metadata: { documentType: 'letter' },
        },
        { asType: 'generation' },
      )
      call.end()
      return root.traceId
    }),
  )
  await processor.forceFlush()
  await provider.shutdown()
  setLangfuseTracerProvider(null)
  trace.disable()
  context.disable()
  const found = await traceOf(traceId)
  expect(spanNamed(found, 'answer')).toMatchObject({
    kind: 'span',
    input: [{ parts: [{ type: 'json', value: { question: 'Where is my refund?' } }] }],
    output: [{ role: 'assistant', parts: [{ type: 'text', content: 'On its way.' }] }],
    userId: 'u-1',
    sessionId: 's-2',
    tags: ['vip'],
    metadata: { team: 'north' },
    environment: 'staging',
    release: '2.1',
  })
  expect(spanNamed(found, 'model')).toMatchObject({
    kind: 'generation',
    model: 'gpt-4o',
    parameters: { temperature: 0.5 },
    usage: { inputTokens: 10, outputTokens: 4 },
    costUsd: 0.002,
    promptName: 'support',
    promptVersion: '7',
    input: [{ role: 'user', parts: [{ type: 'text', content: 'Where is my refund?' }] }],
    output: [{ role: 'assistant', parts: [{ type: 'text', content: 'On its way.' }] }],
    metadata: { documentType: 'letter', team: 'north' },
  })
})

test('Phoenix: OpenInference attributes, and annotations that become feedback on the trace', async () => {
  const provider = register({ url: server.url, apiKey: server.keys.secretKey, projectName: 'support', global: false, batch: true })
  const span = provider.getTracer('e2e').startSpan('llm', {
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'gpt-4o',
      'llm.input_messages.0.message.role': 'user',
      'llm.input_messages.0.message.content': 'Hello',
      'llm.output_messages.0.message.role': 'assistant',
      'llm.output_messages.0.message.content': 'Hi',
      'annotations.0.annotation.name': 'helpfulness',
      'annotations.0.annotation.score': 4,
      'annotations.0.annotation.annotator_kind': 'HUMAN',
    },
  })
  span.end()
  await provider.forceFlush()
  await provider.shutdown()
  const found = await traceOf(span.spanContext().traceId)
  expect(spanNamed(found, 'llm')).toMatchObject({
    kind: 'generation',
    model: 'gpt-4o',
    input: [{ role: 'user', parts: [{ type: 'text', content: 'Hello' }] }],
    output: [{ role: 'assistant', parts: [{ type: 'text', content: 'Hi' }] }],
    attributes: { 'resource.openinference.project.name': 'support' },
  })
  expect(found.feedback).toMatchObject([{ criterion: 'helpfulness', kind: 'rating', value: 4, author: { kind: 'human' } }])
})

describe('what the server answers to', () => {
  const json = '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"00"},{"traceId":"00"}]}]}]}'
  const post = (body: BodyInit, headers: Record<string, string>, path = '/v1/traces') =>
    fetch(`${server.url}${path}`, { method: 'POST', body, headers: { authorization: authorization(), ...headers } })

  test.each([
    ['no key', '{}', { 'content-type': 'application/json', authorization: '' }, 401],
    ['an unknown key', '{}', { 'content-type': 'application/json', authorization: 'Bearer sk-unknown-key-of-nobody' }, 401],
    ['a public key', '{}', { 'content-type': 'application/json', authorization: 'Bearer pk-plaudit-for-tests-only' }, 403],
    ['another content type', 'x', { 'content-type': 'text/plain' }, 415],
    ['an unknown compression', '{}', { 'content-type': 'application/json', 'content-encoding': 'zstd' }, 415],
    ['broken JSON', '{', { 'content-type': 'application/json' }, 400],
    ['broken protobuf', Buffer.from([0x0a, 0xff, 0x01]), { 'content-type': 'application/x-protobuf' }, 400],
    ['invalid UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), { 'content-type': 'application/json' }, 400],
    ['cut gzip', gzipSync('{"resourceSpans":[]}').subarray(0, 20), { 'content-type': 'application/json', 'content-encoding': 'gzip' }, 400],
    ['a bomb', gzipSync(Buffer.alloc(80 * 1_048_576)), { 'content-type': 'application/json', 'content-encoding': 'gzip' }, 413],
  ] as const)('%s is refused with a sentence', async (_, body, headers, status) => {
    const answer = await post(body, headers)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(await answer.json()).toMatchObject({ status, detail: expect.stringMatching(/\.$/) as string })
  })

  test.each(['/v1/traces', '/api/public/otel/v1/traces', '/api/v1/private/otel/v1/traces', '/otel/v1/traces'])(
    '%s, with a partial success in the encoding that was sent',
    async (path) => {
      const answer = await post(json, { 'content-type': 'application/json; charset=utf-8' }, path)
      expect(answer.status).toBe(200)
      expect(await answer.json()).toEqual({
        partialSuccess: { rejectedSpans: '2', errorMessage: '2 spans rejected: 2 × the trace id is missing, zero or not 16 bytes.' },
      })
      const empty = await post('', { 'content-type': 'application/x-protobuf' }, path)
      expect([empty.status, empty.headers.get('content-type'), (await empty.arrayBuffer()).byteLength]).toEqual([
        200,
        'application/x-protobuf',
        0,
      ])
    },
  )
})
