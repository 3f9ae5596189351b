/** A trace that is judged: a retriever, and two answers to one question. */
export const traceId = 'a'.repeat(32)
/** A trace whose answer is hard to count in: emoji, a combining accent, two directions. */
export const emojiTraceId = 'e'.repeat(32)
export const [root, retriever, first, second] = ['a1', 'a2', 'a3', 'a4'].map((end) => end.padStart(16, '0')) as [
  string,
  string,
  string,
  string,
]
const question = 'When is the shop in Haifa open?'
export const answers = ['It is **open** from nine to seven.', 'It is closed on Mondays.'] as const
export const emojiAnswer = '👍🏽 Yes! The cafe\u0301 👩‍👩‍👧 opens at nine. שלום לכולם, see you there.'

export type OutgoingSpan = {
  id: string
  trace?: string
  parent?: string
  name: string
  startMs: number
  attributes: Record<string, string>
}

function generation(model: string, input: string, output: string): Record<string, string> {
  const message = (role: string, content: string) => JSON.stringify([{ role, parts: [{ type: 'text', content }] }])
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': model,
    'gen_ai.input.messages': message('user', input),
    'gen_ai.output.messages': message('assistant', output),
  }
}

/** A trace with a retriever and two answers to one question, and one whose answer is hard to count in. */
export function judgedTrace(): OutgoingSpan[] {
  const documents = {
    'openinference.span.kind': 'RETRIEVER',
    'retrieval.documents.0.document.id': 'kb/hours',
    'retrieval.documents.0.document.content': 'Opening hours of all shops.',
    'retrieval.documents.0.document.score': '0.9',
  }
  return [
    {
      id: root,
      name: 'answer',
      startMs: 0,
      attributes: { 'openinference.span.kind': 'AGENT', 'input.value': question, 'session.id': 'visit-1' },
    },
    { id: retriever, parent: root, name: 'search', startMs: 10, attributes: documents },
    { id: first, parent: root, name: 'chat', startMs: 20, attributes: generation('model-a', question, answers[0]) },
    { id: second, parent: root, name: 'chat', startMs: 30, attributes: generation('model-b', question, answers[1]) },
    { id: first, trace: emojiTraceId, name: 'greet', startMs: 40, attributes: generation('model-a', 'Are you open?', emojiAnswer) },
  ]
}

/** Traces of one generation each, a minute apart, in nine sessions. */
export function plainTraces(count: number): OutgoingSpan[] {
  return Array.from({ length: count }, (_, index) => ({
    id: (index + 1).toString(16).padStart(16, '0'),
    trace: (index + 1).toString(16).padStart(32, '0'),
    name: 'chat',
    startMs: -60_000 * (index + 1),
    attributes: {
      ...generation(index % 2 === 0 ? 'model-a' : 'model-b', `Question ${index}`, `Answer ${index}`),
      'session.id': `visit-${index % 9}`,
    },
  }))
}

/** Spans as the body of OTLP/HTTP in JSON. */
export function otlp(spans: readonly OutgoingSpan[]): object {
  const now = Date.now() - 60_000
  const nano = (ms: number) => `${ms}000000`
  return {
    resourceSpans: [
      {
        scopeSpans: [
          {
            spans: spans.map(({ id, trace = traceId, parent, name, startMs, attributes }) => ({
              traceId: trace,
              spanId: id,
              ...(parent === undefined ? {} : { parentSpanId: parent }),
              name,
              kind: 1,
              startTimeUnixNano: nano(now + startMs),
              endTimeUnixNano: nano(now + startMs + 500),
              attributes: Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } })),
            })),
          },
        ],
      },
    ],
  }
}
