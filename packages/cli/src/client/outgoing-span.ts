import type { Message, RetrievedDocument, SpanKind } from '@plaudit/protocol'

/** A span as the sample project and the importers make it, before it is written as OTLP. What is left out is not sent. */
export interface OutgoingSpan {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: SpanKind
  startMs: number
  endMs: number
  /** Message of the error that ended it. */
  error?: string
  model?: string
  provider?: string
  promptName?: string
  promptVersion?: string
  temperature?: number
  input?: Message[]
  output?: Message[]
  documents?: RetrievedDocument[]
  tool?: { name: string; arguments: string; result: string }
  inputTokens?: number
  outputTokens?: number
  costUsd?: number
  sessionId?: string
  userId?: string
  tags?: string[]
  metadata?: Record<string, string>
  service: string
  release?: string
  environment?: string
}

/** A message of one text part. */
export function textMessage(role: Message['role'], content: string): Message {
  return { role, parts: [{ type: 'text', content }] }
}
