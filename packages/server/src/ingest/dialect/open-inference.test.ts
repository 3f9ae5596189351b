import { expect, test } from 'vitest'
import { mapped } from '../test/mapped.ts'

test('a model call with flattened messages, tool calls and parts', () => {
  const span = mapped({
    'openinference.span.kind': 'LLM',
    'llm.model_name': 'gpt-4o',
    'llm.provider': 'azure',
    'llm.system': 'openai',
    'llm.invocation_parameters': '{"temperature":0.1,"model":"gpt-4o"}',
    'llm.input_messages.0.message.role': 'system',
    'llm.input_messages.0.message.content': 'Be kind.',
    'llm.input_messages.1.message.role': 'user',
    'llm.input_messages.1.message.contents.0.message_content.type': 'text',
    'llm.input_messages.1.message.contents.0.message_content.text': 'What is this?',
    'llm.input_messages.1.message.contents.1.message_content.type': 'image',
    'llm.input_messages.1.message.contents.1.message_content.image.image.url': 'https://example.com/a.png',
    'llm.input_messages.2.message.role': 'tool',
    'llm.input_messages.2.message.content': '{"sky":"rain"}',
    'llm.input_messages.2.message.tool_call_id': 'call_0',
    'llm.output_messages.0.message.role': 'assistant',
    'llm.output_messages.0.message.content': 'Looking.',
    'llm.output_messages.0.message.tool_calls.0.tool_call.id': 'call_1',
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'look',
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"at":"picture"}',
    'llm.output_messages.0.message.tool_calls.1.tool_call.function.name': 'wait',
    'llm.tools.0.tool.json_schema': '{"type":"function","function":{"name":"look","parameters":{"type":"object"}}}',
    'llm.token_count.prompt': 50,
    'llm.token_count.completion': 10,
    'llm.token_count.prompt_details.cache_read': 30,
    'llm.token_count.completion_details.reasoning': 4,
    'llm.cost.total': 0.002,
    'llm.prompt_template.version': 'v3',
    'prompt.id': 'support',
    'session.id': 's-1',
    'user.id': 'u-1',
    'tag.tags': ['a', 'b'],
    metadata: '{"documentType":"contract","pages":3}',
    'input.value': '{"messages":[]}',
    'input.mime_type': 'application/json',
  })
  expect(span).toMatchObject({
    kind: 'generation',
    model: 'gpt-4o',
    provider: 'azure',
    parameters: { temperature: 0.1, model: 'gpt-4o' },
    promptName: 'support',
    promptVersion: 'v3',
    usage: { inputTokens: 50, outputTokens: 10, cacheReadTokens: 30, cacheWriteTokens: null, reasoningTokens: 4 },
    costUsd: 0.002,
    sessionId: 's-1',
    userId: 'u-1',
    tags: ['a', 'b'],
    metadata: { documentType: 'contract', pages: '3' },
    tools: [{ name: 'look', parameters: { type: 'object' } }],
  })
  expect(span.input).toEqual([
    { role: 'system', parts: [{ type: 'text', content: 'Be kind.' }] },
    {
      role: 'user',
      parts: [
        { type: 'text', content: 'What is this?' },
        { type: 'uri', modality: 'image', uri: 'https://example.com/a.png' },
      ],
    },
    { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_0', response: { sky: 'rain' } }] },
  ])
  expect(span.output).toEqual([
    {
      role: 'assistant',
      parts: [
        { type: 'text', content: 'Looking.' },
        { type: 'tool_call', id: 'call_1', name: 'look', arguments: { at: 'picture' } },
        { type: 'tool_call', name: 'wait' },
      ],
    },
  ])
  // What the messages already say in full is kept as it came.
  expect(span.attributes).toMatchObject({ 'input.value': '{"messages":[]}', 'llm.system': 'openai' })
  expect(Object.keys(span.attributes).filter((name) => name.startsWith('llm.input_messages'))).toEqual([])
})

test('a retriever: documents in rank order, also beyond nine', () => {
  const attributes = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [
      [`retrieval.documents.${index}.document.id`, index],
      [`retrieval.documents.${index}.document.content`, `text ${index}`],
      [`retrieval.documents.${index}.document.score`, 1 - index / 100],
      [`retrieval.documents.${index}.document.metadata`, '{"page":1}'],
    ]).flat(),
  )
  const span = mapped({ 'openinference.span.kind': 'RETRIEVER', 'input.value': 'refunds', 'input.mime_type': 'text/plain', ...attributes })
  expect(span.kind).toBe('retriever')
  expect(span.input).toEqual([{ role: 'user', parts: [{ type: 'text', content: 'refunds' }] }])
  expect(span.documents.map(({ content }) => content)).toEqual(Array.from({ length: 12 }, (_, index) => `text ${index}`))
  expect(span.documents[1]).toEqual({ id: '1', content: 'text 1', score: 0.99, metadata: { page: 1 } })
})

test('a chain with plain input and JSON output', () => {
  expect(
    mapped({
      'openinference.span.kind': 'CHAIN',
      'input.value': 'Hello',
      'output.value': '{"answer":42}',
      'output.mime_type': 'application/json',
    }),
  ).toMatchObject({
    kind: 'chain',
    input: [{ role: 'user', parts: [{ type: 'text', content: 'Hello' }] }],
    output: [{ role: 'assistant', parts: [{ type: 'json', value: { answer: 42 } }] }],
  })
})

test("a tool's span shows the call and what came back", () => {
  expect(
    mapped({ 'openinference.span.kind': 'TOOL', 'tool.name': 'weather', 'input.value': '{"city":"Paris"}', 'output.value': 'rain' }),
  ).toMatchObject({
    kind: 'tool',
    input: [{ role: 'assistant', parts: [{ type: 'tool_call', name: 'weather', arguments: { city: 'Paris' } }] }],
    output: [{ role: 'tool', parts: [{ type: 'text', content: 'rain' }] }],
  })
})
