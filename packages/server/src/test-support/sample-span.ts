import type { Feedback, Message, Span, SpanId, TraceId } from '@plaudit/protocol'

/** The n-th trace's or span's id. */
export const traceIdOf = (n: number) => n.toString(16).padStart(32, '0') as TraceId
export const spanIdOf = (n: number) => n.toString(16).padStart(16, '0') as SpanId

export function textMessage(role: Message['role'], content: string): Message {
  return { role, parts: [{ type: 'text', content }] }
}

/** A generation that says little, with the changes that a test is about. */
export function sampleSpan(trace: number, span: number, changes: Partial<Span> = {}): Span {
  const startTime = changes.startTime ?? '2026-05-04T12:00:00.000Z'
  return {
    traceId: traceIdOf(trace),
    spanId: spanIdOf(span),
    parentSpanId: null,
    name: 'chat',
    kind: 'generation',
    startTime,
    endTime: new Date(Date.parse(startTime) + 1_000).toISOString(),
    durationMs: 1_000,
    firstTokenMs: null,
    status: 'ok',
    statusMessage: '',
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
    sessionId: '',
    userId: '',
    release: '',
    environment: '',
    service: '',
    tags: [],
    metadata: {},
    attributes: {},
    events: [],
    ...changes,
  }
}

let judgments = 0

/** A rating by a reviewer of its own, with the changes that a test is about. */
export function sampleFeedback(changes: Partial<Feedback> & Pick<Feedback, 'target'>): Feedback {
  judgments += 1
  return {
    id: `0198f2a4-7c3e-7d52-9a41-${judgments.toString(16).padStart(12, '0')}`,
    criterion: 'helpfulness',
    kind: 'rating',
    value: 3,
    author: { kind: 'human', id: `reviewer-${judgments}`, role: 'reviewer' },
    identifier: '',
    rationale: '',
    time: '2026-05-04T13:00:00.000Z',
    receivedAt: '2026-05-04T13:00:00.000Z',
    metadata: {},
    presentation: {},
    ...changes,
  }
}
