import { expect, test } from 'vitest'
import { mapped } from '../test/mapped.ts'

test('a generation as the SDK writes it', () => {
  const span = mapped({
    'langfuse.observation.type': 'generation',
    'langfuse.observation.model.name': 'gpt-4o',
    'langfuse.observation.model.parameters': '{"temperature":0.3}',
    'langfuse.observation.input': '[{"role":"user","content":"Hello"}]',
    'langfuse.observation.output': 'Hi',
    'langfuse.observation.usage_details': '{"input":10,"output":20,"total":30,"input_cached_tokens":5}',
    'langfuse.observation.cost_details': '{"input":0.001,"output":0.002}',
    'langfuse.observation.prompt.name': 'support',
    'langfuse.observation.prompt.version': 3,
    'langfuse.observation.completion_start_time': '"2026-05-04T12:50:00.400Z"',
    'langfuse.observation.metadata.documentType': 'contract',
    'langfuse.observation.level': 'ERROR',
    'langfuse.observation.status_message': 'cut off',
    'langfuse.trace.tags': ['vip'],
    'langfuse.trace.metadata.team': 'north',
    'langfuse.environment': 'production',
    'langfuse.release': '1.2',
    'session.id': 's-1',
    'user.id': 'u-1',
  })
  expect(span).toMatchObject({
    kind: 'generation',
    model: 'gpt-4o',
    parameters: { temperature: 0.3 },
    input: [{ role: 'user', parts: [{ type: 'text', content: 'Hello' }] }],
    output: [{ role: 'assistant', parts: [{ type: 'text', content: 'Hi' }] }],
    usage: { inputTokens: 10, outputTokens: 20, cacheReadTokens: 5, cacheWriteTokens: null, reasoningTokens: null },
    promptName: 'support',
    promptVersion: '3',
    firstTokenMs: 400,
    status: 'error',
    statusMessage: 'cut off',
    sessionId: 's-1',
    userId: 'u-1',
    environment: 'production',
    release: '1.2',
    tags: ['vip'],
    metadata: { documentType: 'contract', team: 'north' },
  })
  expect(span.costUsd).toBeCloseTo(0.003, 12)
})

test('what is said of the trace holds for its root alone', () => {
  const attributes = { 'langfuse.observation.type': 'span', 'langfuse.trace.input': 'Hello', 'langfuse.trace.output': '{"answer":"Hi"}' }
  expect(mapped(attributes)).toMatchObject({
    kind: 'span',
    input: [{ role: 'user', parts: [{ type: 'text', content: 'Hello' }] }],
    output: [{ role: 'assistant', parts: [{ type: 'json', value: { answer: 'Hi' } }] }],
  })
  const child = mapped(attributes, { parentSpanId: '00f067aa0ba902b8' })
  expect(child).toMatchObject({ input: [], output: [], attributes: { 'langfuse.trace.input': 'Hello' } })
})
