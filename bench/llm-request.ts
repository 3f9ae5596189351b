import { type JsonRequest, type JsonSpan, jsonAttributes, requestOf } from '../packages/server/src/ingest/test/otlp-request.ts'

const words =
  'the refund of your order was sent to account on Monday and should arrive within five working days please check whether address is right'.split(
    ' ',
  )

/** An OTLP request of generations of 2 to 3 kB as a support application makes them, the same for the same numbers. */
export function llmRequest(count: number, dialect: 'gen-ai' | 'open-inference', firstIndex = 0, nowMs = Date.now()): JsonRequest {
  const spans = Array.from({ length: count }, (_, index) => llmSpan(firstIndex + index, dialect, nowMs))
  return requestOf(spans, {
    'service.name': 'support',
    'service.version': '1.4.2',
    'deployment.environment.name': 'production',
    'telemetry.sdk.language': 'nodejs',
    'telemetry.sdk.name': 'opentelemetry',
    'telemetry.sdk.version': '2.1.0',
  })
}

function llmSpan(index: number, dialect: 'gen-ai' | 'open-inference', nowMs: number): JsonSpan {
  const startMs = nowMs - 60_000 - (index % 3_600)
  const question = sentence(index, 40)
  const answer = sentence(index * 7 + 3, 150)
  const system = sentence(11, 60)
  return {
    traceId: (0x4bf92f3577b34da6n * 2n ** 64n + BigInt(index + 1)).toString(16).padStart(32, '0'),
    spanId: (0x00f0n * 2n ** 48n + BigInt(index + 1)).toString(16).padStart(16, '0'),
    name: 'chat gpt-4o-mini',
    startTimeUnixNano: `${startMs}123456`,
    endTimeUnixNano: `${startMs + 900 + (index % 700)}654321`,
    attributes: jsonAttributes(
      dialect === 'gen-ai' ? genAi(index, system, question, answer) : openInference(index, system, question, answer),
    ),
    status: { code: 1 },
  }
}

function genAi(index: number, system: string, question: string, answer: string): Record<string, unknown> {
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4o-mini',
    'gen_ai.response.model': 'gpt-4o-mini-2024-07-18',
    'gen_ai.response.id': `chatcmpl-${index}`,
    'gen_ai.request.temperature': 0.2,
    'gen_ai.request.max_tokens': 512,
    'gen_ai.conversation.id': `conversation-${index % 1_000}`,
    'user.id': `user-${index % 500}`,
    'gen_ai.usage.input_tokens': 240,
    'gen_ai.usage.output_tokens': 180,
    'gen_ai.response.finish_reasons': ['stop'],
    'gen_ai.input.messages': JSON.stringify([
      { role: 'system', parts: [{ type: 'text', content: system }] },
      { role: 'user', parts: [{ type: 'text', content: question }] },
    ]),
    'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts: [{ type: 'text', content: answer }], finish_reason: 'stop' }]),
    'langfuse.observation.prompt.name': 'support',
    'langfuse.observation.prompt.version': 3,
    'http.route': '/chat',
  }
}

function openInference(index: number, system: string, question: string, answer: string): Record<string, unknown> {
  return {
    'openinference.span.kind': 'LLM',
    'llm.provider': 'openai',
    'llm.system': 'openai',
    'llm.model_name': 'gpt-4o-mini',
    'llm.invocation_parameters': '{"temperature":0.2,"max_tokens":512}',
    'llm.input_messages.0.message.role': 'system',
    'llm.input_messages.0.message.content': system,
    'llm.input_messages.1.message.role': 'user',
    'llm.input_messages.1.message.content': question,
    'llm.output_messages.0.message.role': 'assistant',
    'llm.output_messages.0.message.content': answer,
    'llm.token_count.prompt': 240,
    'llm.token_count.completion': 180,
    'llm.token_count.total': 420,
    'llm.prompt_template.version': 'v3',
    'session.id': `conversation-${index % 1_000}`,
    'user.id': `user-${index % 500}`,
    metadata: '{"documentType":"contract"}',
  }
}

function sentence(seed: number, length: number): string {
  return Array.from({ length }, (_, at) => words[(seed * 31 + at * (1 + (seed % 5))) % words.length]).join(' ')
}
