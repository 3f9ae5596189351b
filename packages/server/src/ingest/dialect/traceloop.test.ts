import { expect, test } from 'vitest'
import { mapped } from '../test/mapped.ts'

test('a model call with numbered prompts and completions', () => {
  const span = mapped({
    'llm.request.type': 'chat',
    'gen_ai.system': 'OpenAI',
    'gen_ai.request.model': 'gpt-4o',
    'gen_ai.request.temperature': 0.7,
    'gen_ai.prompt.0.role': 'system',
    'gen_ai.prompt.0.content': 'Be kind.',
    'gen_ai.prompt.1.role': 'user',
    'gen_ai.prompt.1.content': '[{"type":"text","text":"Weather?"}]',
    'gen_ai.completion.0.role': 'assistant',
    'gen_ai.completion.0.finish_reason': 'tool_calls',
    'gen_ai.completion.0.tool_calls.0.id': 'c1',
    'gen_ai.completion.0.tool_calls.0.name': 'weather',
    'gen_ai.completion.0.tool_calls.0.arguments': '{"city":"Paris"}',
    'llm.request.functions.0.name': 'weather',
    'llm.request.functions.0.parameters': '{"type":"object"}',
    'gen_ai.usage.prompt_tokens': 9,
    'gen_ai.usage.completion_tokens': 4,
    'llm.usage.total_tokens': 13,
    'traceloop.association.properties.session_id': 's-1',
    'traceloop.association.properties.user_id': 'u-1',
    'traceloop.association.properties.plan': 'pro',
    'traceloop.prompt.key': 'support',
    'traceloop.prompt.version': 4,
  })
  expect(span).toMatchObject({
    kind: 'generation',
    provider: 'OpenAI',
    parameters: { temperature: 0.7 },
    usage: { inputTokens: 9, outputTokens: 4 },
    sessionId: 's-1',
    userId: 'u-1',
    metadata: { plan: 'pro' },
    promptName: 'support',
    promptVersion: '4',
    tools: [{ name: 'weather', parameters: { type: 'object' } }],
    input: [
      { role: 'system', parts: [{ type: 'text', content: 'Be kind.' }] },
      { role: 'user', parts: [{ type: 'text', content: 'Weather?' }] },
    ],
    output: [
      {
        role: 'assistant',
        parts: [{ type: 'tool_call', id: 'c1', name: 'weather', arguments: { city: 'Paris' } }],
        finishReason: 'tool_calls',
      },
    ],
    attributes: { 'llm.usage.total_tokens': '13' },
  })
})

test('a decorated workflow', () => {
  expect(
    mapped({
      'traceloop.span.kind': 'workflow',
      'traceloop.entity.name': 'answer',
      'traceloop.entity.input': '{"inputs":{"question":"Hello"},"tags":[]}',
      'traceloop.entity.output': '{"outputs":"Hi"}',
    }),
  ).toMatchObject({
    kind: 'chain',
    input: [{ role: 'user', parts: [{ type: 'json', value: { question: 'Hello' } }] }],
    output: [{ role: 'assistant', parts: [{ type: 'text', content: 'Hi' }] }],
    attributes: { 'traceloop.entity.name': 'answer' },
  })
})
