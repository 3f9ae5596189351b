import { spanSchema } from '@plaudit/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mapped, otlpSpan } from '../test/mapped.ts'
import { mapSpan } from './map-span.ts'

test('where dialects disagree, Langfuse goes before OpenTelemetry and that before OpenInference; what loses is kept', () => {
  const span = mapped({
    'llm.model_name': 'from-open-inference',
    'gen_ai.request.model': 'from-otel',
    'langfuse.observation.model.name': 'from-langfuse',
    'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"otel"}]}]',
    'input.value': 'open inference',
    'openinference.span.kind': 'CHAIN',
    'langfuse.observation.type': 'span',
  })
  expect(span).toMatchObject({
    model: 'from-langfuse',
    kind: 'chain',
    input: [{ parts: [{ content: 'otel' }] }],
    attributes: { 'gen_ai.request.model': 'from-otel', 'llm.model_name': 'from-open-inference', 'input.value': 'open inference' },
  })
})

test('the resource and the scope give what the span does not say, and are kept', () => {
  const span = mapped(
    {},
    {},
    { 'service.name': 'shop', 'service.version': '1.4', 'deployment.environment.name': 'staging', 'host.cpus': 8 },
  )
  expect(span).toMatchObject({
    service: 'shop',
    release: '1.4',
    environment: 'staging',
    kind: 'span',
    attributes: { 'resource.host.cpus': '8', 'scope.name': 'test', 'scope.version': '1' },
  })
})

test('metadata and attributes beyond what is kept are not lost in silence', () => {
  const many = Object.fromEntries(Array.from({ length: 1_200 }, (_, index) => [`a.${index}`, index]))
  const metadata = Object.fromEntries(Array.from({ length: 70 }, (_, index) => [`m${index}`, index === 0 ? 'x'.repeat(9_000) : 'y']))
  const span = mapped({ metadata: JSON.stringify(metadata), ...many })
  expect(Object.keys(span.metadata)).toHaveLength(64)
  expect(Number(span.attributes['plaudit.dropped_attributes'])).toBeGreaterThan(200)
  expect(mapped({ metadata: JSON.stringify(metadata) }).attributes).toMatchObject({ 'metadata.m0': 'x'.repeat(9_000), 'metadata.m69': 'y' })
})

test('JSON nested thousands deep is kept as text', () => {
  const deep = '['.repeat(50_000) + ']'.repeat(50_000)
  expect(mapped({ 'input.value': deep }).input).toEqual([{ role: 'user', parts: [{ type: 'text', content: deep }] }])
})

test('whatever the attributes hold, the span fits the model and can be written', () => {
  const names = fc.constantFrom(
    'gen_ai.operation.name',
    'gen_ai.request.model',
    'gen_ai.input.messages',
    'gen_ai.output.messages',
    'gen_ai.prompt',
    'gen_ai.prompt.0.content',

    'gen_ai.tool.definitions',
    'gen_ai.response.finish_reasons',
    'gen_ai.usage.input_tokens',
    'gen_ai.tool.call.arguments',
    'gen_ai.tool.call.result',

    'openinference.span.kind',
    'llm.input_messages.0.message.role',
    'llm.input_messages.0.message.content',
    'llm.input_messages.x',
    'llm.tools.0.tool.json_schema',

    'llm.output_messages.7.message.tool_calls.0.tool_call.function.arguments',
    'retrieval.documents.0.document.score',
    'retrieval.documents.0',
    'metadata',
    'tag.tags',

    'langfuse.observation.type',
    'langfuse.observation.input',
    'langfuse.observation.usage_details',
    'langfuse.observation.cost_details',
    'langfuse.observation.metadata',

    'langfuse.observation.completion_start_time',
    'ai.operationId',
    'ai.prompt',
    'ai.response.toolCalls',
    'ai.response.object',
    'ai.telemetry.metadata.__proto__',
    'traceloop.entity.input',
    'traceloop.span.kind',
    'session.id',
    'user.id',
    '__proto__',
    'constructor',
    '',
  )
  const json = fc.oneof(
    fc.json(),
    fc.constantFrom(
      'LLM',
      'TOOL',
      'chat',
      'execute_tool',
      'ai.generateText',
      '[{"role":"user"}]',
      '[{"role":"assistant","tool_calls":[null,{}]}]',
      '{"messages":[{}]}',
      '[[]]',
      '[{"type":"text"}]',
      'null',
    ),
    fc.string({ unit: fc.constantFrom('\ud83d', '\udc4b', '\u0000', 'a', '"', '\\', '\n') }),
  )
  const value = fc.oneof(
    json,
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.array(fc.string(), { maxLength: 3 }),
    fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }),
  )
  fc.assert(
    fc.property(fc.dictionary(names, value, { maxKeys: 12 }), (attributes) => {
      const span = mapSpan(otlpSpan(attributes))
      const parsed = spanSchema.safeParse(JSON.parse(JSON.stringify(span)))
      expect(parsed.error?.issues ?? []).toEqual([])
    }),
    { numRuns: 2_000 },
  )
})
