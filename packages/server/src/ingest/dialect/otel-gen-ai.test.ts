import { expect, test } from 'vitest'
import { jsonAttributes } from '../test/otlp-request.ts'
import { mapped } from '../test/mapped.ts'

const timeUnixNano = '1777899000500000000'

test('a chat of the current conventions', () => {
  const span = mapped({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4o',
    'gen_ai.response.model': 'gpt-4o-2024-08-06',
    'gen_ai.response.id': 'chatcmpl-1',
    'gen_ai.request.temperature': 0.2,
    'gen_ai.request.stop_sequences': ['END'],
    'gen_ai.conversation.id': 'c-1',
    'gen_ai.prompt.name': 'support',
    'gen_ai.usage.input_tokens': 120,
    'gen_ai.usage.output_tokens': 80,
    'gen_ai.usage.cache_read.input_tokens': 100,
    'gen_ai.response.finish_reasons': ['stop'],
    'gen_ai.response.time_to_first_chunk': 0.35,
    'gen_ai.system_instructions': JSON.stringify([{ type: 'text', content: 'Be kind.' }]),
    'gen_ai.input.messages': JSON.stringify([
      {
        role: 'user',
        parts: [
          { type: 'text', content: 'Weather in Paris?' },
          { type: 'uri', modality: 'image', mime_type: 'image/png', uri: 'https://example.com/a.png' },
        ],
      },
      { role: 'assistant', parts: [{ type: 'tool_call', id: 'call_1', name: 'weather', arguments: { city: 'Paris' } }] },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: 'rainy, 14 °C' }] },
    ]),
    'gen_ai.output.messages': JSON.stringify([
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'hm' },
          { type: 'text', content: 'Rain.' },
        ],
      },
    ]),
    'gen_ai.tool.definitions': JSON.stringify([{ type: 'function', name: 'weather', description: 'Now', parameters: { type: 'object' } }]),
  })
  expect(span).toMatchObject({
    kind: 'generation',
    provider: 'openai',
    model: 'gpt-4o',
    parameters: { temperature: 0.2, stop_sequences: ['END'] },
    sessionId: 'c-1',
    promptName: 'support',
    firstTokenMs: 350,
    usage: { inputTokens: 120, outputTokens: 80, cacheReadTokens: 100, cacheWriteTokens: null, reasoningTokens: null },
    tools: [{ name: 'weather', description: 'Now', parameters: { type: 'object' } }],
  })
  expect(span.input).toEqual([
    { role: 'system', parts: [{ type: 'text', content: 'Be kind.' }] },
    {
      role: 'user',
      parts: [
        { type: 'text', content: 'Weather in Paris?' },
        { type: 'uri', modality: 'image', mimeType: 'image/png', uri: 'https://example.com/a.png' },
      ],
    },
    { role: 'assistant', parts: [{ type: 'tool_call', id: 'call_1', name: 'weather', arguments: { city: 'Paris' } }] },
    { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: 'rainy, 14 °C' }] },
  ])
  expect(span.output).toEqual([
    {
      role: 'assistant',
      parts: [
        { type: 'reasoning', content: 'hm' },
        { type: 'text', content: 'Rain.' },
      ],
      finishReason: 'stop',
    },
  ])
  expect(span.attributes).toMatchObject({
    'gen_ai.response.model': 'gpt-4o-2024-08-06',
    'gen_ai.response.id': 'chatcmpl-1',
    'gen_ai.operation.name': 'chat',
  })
  expect(span.attributes).not.toHaveProperty(['gen_ai.input.messages'])
})

test('the names and events of earlier versions', () => {
  const span = mapped(
    {
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'anthropic',
      'gen_ai.request.model': 'm',
      'gen_ai.usage.prompt_tokens': 5,
      'gen_ai.usage.completion_tokens': 6,
    },
    {
      events: [
        { name: 'gen_ai.system.message', timeUnixNano, attributes: jsonAttributes({ content: 'Be kind.' }) },
        { name: 'gen_ai.user.message', timeUnixNano, attributes: jsonAttributes({ content: 'Hello' }) },
        {
          name: 'gen_ai.choice',
          timeUnixNano,
          attributes: jsonAttributes({ index: 0, finish_reason: 'stop', message: '{"role":"assistant","content":"Hi"}' }),
        },
        { name: 'exception', timeUnixNano, attributes: jsonAttributes({ 'exception.message': 'late' }) },
      ],
    },
  )
  expect(span).toMatchObject({
    provider: 'anthropic',
    usage: { inputTokens: 5, outputTokens: 6 },
    input: [
      { role: 'system', parts: [{ type: 'text', content: 'Be kind.' }] },
      { role: 'user', parts: [{ type: 'text', content: 'Hello' }] },
    ],
    output: [{ role: 'assistant', parts: [{ type: 'text', content: 'Hi' }], finishReason: 'stop' }],
  })
  expect(span.events).toEqual([{ name: 'exception', time: '2026-05-04T12:50:00.500Z', attributes: { 'exception.message': 'late' } }])
})

test('messages in the event with the details of the operation', () => {
  const span = mapped(
    { 'gen_ai.operation.name': 'chat' },
    {
      events: [
        {
          name: 'gen_ai.client.inference.operation.details',
          timeUnixNano,
          attributes: jsonAttributes({
            'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text', content: 'Hello' }] }],
            'gen_ai.output.messages': [{ role: 'assistant', parts: [{ type: 'text', content: 'Hi' }], finish_reason: 'stop' }],
            'gen_ai.request.choice.count': 2,
          }),
        },
      ],
    },
  )
  expect(span).toMatchObject({
    input: [{ role: 'user', parts: [{ type: 'text', content: 'Hello' }] }],
    output: [{ role: 'assistant', parts: [{ type: 'text', content: 'Hi' }], finishReason: 'stop' }],
    events: [],
    attributes: { 'gen_ai.request.choice.count': '2' },
  })
})

test('a tool: what it was called with, and what it returned', () => {
  expect(
    mapped({
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'weather',
      'gen_ai.tool.call.id': 'call_1',
      'gen_ai.tool.call.arguments': '{"city":"Paris"}',
      'gen_ai.tool.call.result': '{"sky":"rain"}',
    }),
  ).toMatchObject({
    kind: 'tool',
    input: [{ role: 'assistant', parts: [{ type: 'tool_call', id: 'call_1', name: 'weather', arguments: { city: 'Paris' } }] }],
    output: [{ role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: { sky: 'rain' } }] }],
  })
})

test('an agent repeats the tokens of its children, so they are kept but not counted', () => {
  const span = mapped({ 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.usage.input_tokens': 100, 'gen_ai.usage.cost': 0.1 })
  expect(span).toMatchObject({
    kind: 'agent',
    usage: { inputTokens: null },
    costUsd: null,
    attributes: { 'gen_ai.usage.input_tokens': '100', 'gen_ai.usage.cost': '0.1' },
  })
})
