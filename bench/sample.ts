import type { Feedback, Message, Span, SpanId, TraceId } from '@plaudit/protocol'
import { type Random, seededRandom } from '@plaudit/stats'

const DAY_MS = 86_400_000
const models = ['atlas-large', 'atlas-small', 'meridian-2'] as const
const prompts = [
  { name: 'support-reply', versions: ['11', '12', '13'] },
  { name: 'summary', versions: ['4', '5'] },
] as const
const criteria = ['helpfulness', 'accuracy', 'tone'] as const

/** How much a sample holds and over which days it is spread. */
export type SampleShape = { spans: number; days: number; endMs: number; seed: number }
/** The spans of one trace and the judgments on it. */
export type SampleTrace = { spans: Span[]; feedback: Feedback[] }

/**
 * Traces of a chat application, oldest first: three spans each (a chain, a retriever with documents, a generation) of 2 to 3 kB, five
 * prompt versions on three models, every fifth trace judged (on average three judgments, one of ten by a model). Text is drawn word by word from a vocabulary with
 * Zipf's frequencies, so that it compresses about as real text does. The same shape gives the same traces.
 */
export function* sampleTraces({ spans, days, endMs, seed }: SampleShape): Generator<SampleTrace> {
  const random = seededRandom(seed)
  const words = vocabulary(random)
  const traces = Math.ceil(spans / 3)
  const stepMs = (days * DAY_MS) / traces
  const systems = Array.from({ length: 5 }, () => sentence(random, words, 120))
  for (let index = 0; index < traces; index += 1) {
    const startMs = Math.floor(endMs - days * DAY_MS + index * stepMs)
    yield traceOf(random, words, systems, startMs)
  }
}

function traceOf(random: Random, words: readonly string[], systems: readonly string[], startMs: number): SampleTrace {
  const traceId = hex(random, 4) as TraceId
  const prompt = prompts[random.int(prompts.length)] ?? prompts[0]
  const version = random.int(prompt.versions.length)
  const model = random.int(models.length)
  const failed = random.next() < 0.02
  const question = [text('user', sentence(random, words, 40))]
  const answer = [text('assistant', sentence(random, words, 150))]
  const durationMs = 800 + random.int(4_000)
  const rootId = hex(random, 2) as SpanId
  const shared: Omit<Span, 'spanId' | 'parentSpanId' | 'name' | 'kind' | 'startTime' | 'endTime' | 'durationMs'> = {
    traceId,
    firstTokenMs: null,
    status: failed ? 'error' : 'ok',
    statusMessage: failed ? 'The model did not answer in time.' : '',
    model: '',
    provider: '',
    promptName: '',
    promptVersion: '',
    parameters: {},
    input: [],
    output: [],
    tools: [],
    documents: [],
    usage: { inputTokens: null, outputTokens: null, cacheReadTokens: null, cacheWriteTokens: null, reasoningTokens: null },
    costUsd: null,
    sessionId: `session-${Math.floor(startMs / 600_000)}-${random.int(12)}`,
    userId: `user-${random.int(20_000)}`,
    release: `2026.${random.int(12)}`,
    environment: random.next() < 0.9 ? 'production' : 'staging',
    service: 'assistant',
    tags: ['chat'],
    metadata: { channel: random.next() < 0.5 ? 'web' : 'mobile', documentType: ['contract', 'opinion', 'statute'][random.int(3)] ?? '' },
    attributes: { 'server.address': 'models.example.com', 'http.response.status_code': failed ? '504' : '200' },
    events: [],
  }
  const times = (fromMs: number, toMs: number) => ({
    startTime: new Date(startMs + fromMs).toISOString(),
    endTime: new Date(startMs + toMs).toISOString(),
    durationMs: toMs - fromMs,
  })
  const documents = Array.from({ length: 4 }, (_, rank) => ({
    id: `document-${random.int(5_000)}`,
    content: sentence(random, words, 70),
    score: 0.9 - rank / 10,
  }))
  const generationId = hex(random, 2) as SpanId
  const spans: Span[] = [
    {
      ...shared,
      ...times(0, durationMs + 140),
      spanId: rootId,
      parentSpanId: null,
      name: 'answer',
      kind: 'chain',
      input: question,
      output: answer,
    },
    {
      ...shared,
      ...times(5, 120),
      spanId: hex(random, 2) as SpanId,
      parentSpanId: rootId,
      name: 'search',
      kind: 'retriever',
      input: question,
      documents,
    },
    {
      ...shared,
      ...times(125, 125 + durationMs),
      spanId: generationId,
      parentSpanId: rootId,
      name: 'chat',
      kind: 'generation',
      model: models[model] ?? models[0],
      provider: 'example',
      promptName: prompt.name,
      promptVersion: prompt.versions[version] ?? '',
      parameters: { temperature: 0.2, max_tokens: 800 },
      input: [text('system', systems[(prompt.name === 'summary' ? 3 : 0) + version] ?? ''), ...question],
      output: answer,
      usage: { ...shared.usage, inputTokens: 300 + random.int(900), outputTokens: 100 + random.int(300) },
      costUsd: (300 + random.int(900)) / 1e6,
      firstTokenMs: 200 + random.int(300),
    },
  ]
  const feedback =
    random.next() < 0.2 ? judgmentsOf(random, traceId, generationId, startMs + durationMs, 3.2 + 0.3 * version - 0.2 * model) : []
  return { spans, feedback }
}

/** Between one and five judgments on the generation, of a quality on a scale of 1 to 5. */
function judgmentsOf(random: Random, traceId: TraceId, spanId: SpanId, timeMs: number, quality: number): Feedback[] {
  return Array.from({ length: 1 + random.int(5) }, (_, index): Feedback => {
    const time = new Date(timeMs + 60_000 * (index + 1)).toISOString()
    const author = random.next() < 0.1 ? ('model' as const) : ('human' as const)
    const score = Math.min(5, Math.max(1, Math.round(quality + random.normal())))
    const thumb = index === 0 && author === 'human'
    return {
      id: uuid(random),
      target: { kind: 'span', traceId, spanId },
      criterion: thumb ? 'helpful' : (criteria[random.int(criteria.length)] ?? criteria[0]),
      kind: thumb ? 'thumbs' : 'rating',
      value: thumb ? (score >= 3 ? 'up' : 'down') : score,
      author: { kind: author, id: `${author}-${random.int(500)}`, role: author === 'model' ? null : 'reviewer' },
      identifier: '',
      rationale: '',
      time,
      receivedAt: time,
      metadata: {},
      presentation: {},
    }
  })
}

function text(role: Message['role'], content: string): Message {
  return { role, parts: [{ type: 'text', content }] }
}

function vocabulary(random: Random): string[] {
  const syllables = ['ba', 'con', 'der', 'es', 'fir', 'gra', 'hol', 'in', 'ket', 'lor', 'mi', 'nu', 'ope', 'pra', 'res', 'sta', 'ti', 'ver']
  return Array.from({ length: 4_000 }, () =>
    Array.from({ length: 1 + random.int(4) }, () => syllables[random.int(syllables.length)]).join(''),
  )
}

function sentence(random: Random, words: readonly string[], length: number): string {
  const drawn: string[] = []
  for (let index = 0; index < length; index += 1) drawn.push(words[Math.floor(words.length ** random.next()) - 1] ?? '')
  return `${drawn.join(' ')}.`
}

function hex(random: Random, blocks: number): string {
  let digits = ''
  for (let index = 0; index < blocks; index += 1) digits += (random.int(2 ** 31) + 1).toString(16).padStart(8, '0')
  return digits
}

function uuid(random: Random): string {
  const digits = hex(random, 4)
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-7${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`
}
