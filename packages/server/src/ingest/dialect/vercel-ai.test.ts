import { expect, test } from 'vitest'
import { mapped } from '../test/mapped.ts'

test('the inner span is the generation', () => {
  const span = mapped({
    'operation.name': 'ai.streamText.doStream support',
    'ai.operationId': 'ai.streamText.doStream',
    'ai.model.provider': 'openai.chat',
    'ai.model.id': 'gpt-4o',
    'ai.settings.maxRetries': 2,
    'ai.prompt.messages': JSON.stringify([
      { role: 'system', content: 'Be kind.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Weather?' },
          { type: 'file', mediaType: 'image/png', data: 'aGk=' },
        ],
      },
      { role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'c1', toolName: 'weather', input: { city: 'Paris' } }] },
      {
        role: 'tool',
        content: [{ type: 'tool-result', toolCallId: 'c1', toolName: 'weather', output: { type: 'json', value: { sky: 'rain' } } }],
      },
    ]),
    'ai.prompt.tools': ['{"type":"function","name":"weather","inputSchema":{"type":"object"}}'],
    'ai.response.text': 'Rain.',
    'ai.response.toolCalls': '[{"toolCallId":"c2","toolName":"umbrella","input":"{}"}]',
    'ai.response.finishReason': 'stop',
    'ai.response.msToFirstChunk': 120.5,
    'ai.usage.inputTokens': 7,
    'ai.usage.outputTokens': 3,
    'ai.usage.cachedInputTokens': 2,
    'ai.telemetry.functionId': 'support',
    'ai.telemetry.metadata.sessionId': 's-1',
    'ai.telemetry.metadata.userId': 'u-1',
    'ai.telemetry.metadata.tags': ['vip'],
    'ai.telemetry.metadata.plan': 'pro',
    'ai.telemetry.metadata.langfusePrompt': '{"name":"support","version":3,"labels":["production"]}',
    'gen_ai.system': 'openai.chat',
    'gen_ai.request.model': 'gpt-4o',
    'gen_ai.usage.input_tokens': 7,
  })
  expect(span).toMatchObject({
    kind: 'generation',
    model: 'gpt-4o',
    provider: 'openai.chat',
    parameters: { maxRetries: 2 },
    usage: { inputTokens: 7, outputTokens: 3, cacheReadTokens: 2 },
    firstTokenMs: 120.5,
    sessionId: 's-1',
    userId: 'u-1',
    promptName: 'support',
    promptVersion: '3',
    tags: ['vip'],
    metadata: { plan: 'pro' },
    tools: [{ name: 'weather', parameters: { type: 'object' } }],
    attributes: { 'ai.telemetry.functionId': 'support' },
  })
  expect(span.input).toEqual([
    { role: 'system', parts: [{ type: 'text', content: 'Be kind.' }] },
    {
      role: 'user',
      parts: [
        { type: 'text', content: 'Weather?' },
        { type: 'blob', modality: 'file', mimeType: 'image/png', content: 'aGk=' },
      ],
    },
    { role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'weather', arguments: { city: 'Paris' } }] },
    { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: { type: 'json', value: { sky: 'rain' } } }] },
  ])
  expect(span.output).toEqual([
    {
      role: 'assistant',
      parts: [
        { type: 'text', content: 'Rain.' },
        { type: 'tool_call', id: 'c2', name: 'umbrella', arguments: {} },
      ],
      finishReason: 'stop',
    },
  ])
})

test('the outer span is a chain, whose tokens are those of the inner one', () => {
  const span = mapped({
    'ai.operationId': 'ai.generateText',
    'ai.prompt': '{"system":"Be kind.","messages":[{"role":"user","content":"Hi"}]}',
    'ai.response.text': 'Hello',
    'ai.usage.inputTokens': 7,
  })
  expect(span).toMatchObject({
    kind: 'chain',
    usage: { inputTokens: null },
    input: [
      { role: 'system', parts: [{ type: 'text', content: 'Be kind.' }] },
      { role: 'user', parts: [{ type: 'text', content: 'Hi' }] },
    ],
    output: [{ role: 'assistant', parts: [{ type: 'text', content: 'Hello' }] }],
  })
})

test('a tool call', () => {
  expect(
    mapped({
      'ai.operationId': 'ai.toolCall',
      'ai.toolCall.id': 'c1',
      'ai.toolCall.name': 'weather',
      'ai.toolCall.args': '{"city":"Paris"}',
      'ai.toolCall.result': '{"sky":"rain"}',
    }),
  ).toMatchObject({
    kind: 'tool',
    input: [{ parts: [{ type: 'tool_call', id: 'c1', name: 'weather', arguments: { city: 'Paris' } }] }],
    output: [{ role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: { sky: 'rain' } }] }],
  })
})
