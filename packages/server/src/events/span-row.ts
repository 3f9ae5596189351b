import { messageText, type Span, type SpanId, type TraceId } from '@plaudit/protocol'

/** A span as one line of JSON for the table `spans`. Written by hand in one pass: this is the ingest path. */
export function encodeSpan(projectId: string, span: Span, version: string): string {
  const { usage } = span
  return JSON.stringify({
    project_id: projectId,
    trace_id: span.traceId,
    span_id: span.spanId,
    parent_span_id: span.parentSpanId ?? '',
    name: span.name,
    kind: span.kind,
    start_time: span.startTime,
    end_time: span.endTime,
    duration_ms: span.durationMs,
    first_token_ms: span.firstTokenMs,
    status: span.status,
    status_message: span.statusMessage,
    model: span.model,
    provider: span.provider,
    prompt_name: span.promptName,
    prompt_version: span.promptVersion,
    parameters: JSON.stringify(span.parameters),
    input: JSON.stringify(span.input),
    output: JSON.stringify(span.output),
    input_text: messageText(span.input),
    output_text: messageText(span.output),
    tools: JSON.stringify(span.tools),
    documents: JSON.stringify(span.documents),
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    cache_read_tokens: usage.cacheReadTokens,
    cache_write_tokens: usage.cacheWriteTokens,
    reasoning_tokens: usage.reasoningTokens,
    cost_usd: span.costUsd,
    session_id: span.sessionId,
    user_id: span.userId,
    release: span.release,
    environment: span.environment,
    service: span.service,
    tags: span.tags,
    metadata: span.metadata,
    attributes: span.attributes,
    events: JSON.stringify(span.events),
    ingest_version: version,
  })
}

/** A row of `spans` as `SELECT ${spanColumns}` returns it. */
export type SpanRow = {
  trace_id: string
  span_id: string
  parent_span_id: string
  name: string
  kind: Span['kind']
  start_ms: string
  end_ms: string
  duration_ms: number
  first_token_ms: number | null
  status: Span['status']
  status_message: string
  model: string
  provider: string
  prompt_name: string
  prompt_version: string
  parameters: string
  input: string
  output: string
  tools: string
  documents: string
  input_tokens: number | null
  output_tokens: number | null
  cache_read_tokens: number | null
  cache_write_tokens: number | null
  reasoning_tokens: number | null
  cost_usd: number | null
  session_id: string
  user_id: string
  release: string
  environment: string
  service: string
  tags: string[]
  metadata: Record<string, string>
  attributes: Record<string, string>
  events: string
}

export const spanColumns = `trace_id, span_id, parent_span_id, name, kind, toUnixTimestamp64Milli(start_time) AS start_ms,
  toUnixTimestamp64Milli(end_time) AS end_ms, duration_ms, first_token_ms, status, status_message, model, provider, prompt_name,
  prompt_version, parameters, input, output, tools, documents, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens,
  reasoning_tokens, cost_usd, session_id, user_id, release, environment, service, tags, metadata, attributes, events`

export function decodeSpan(row: SpanRow): Span {
  return {
    traceId: row.trace_id as TraceId,
    spanId: row.span_id as SpanId,
    parentSpanId: row.parent_span_id === '' ? null : (row.parent_span_id as SpanId),
    name: row.name,
    kind: row.kind,
    startTime: new Date(Number(row.start_ms)).toISOString(),
    endTime: new Date(Number(row.end_ms)).toISOString(),
    durationMs: row.duration_ms,
    firstTokenMs: row.first_token_ms,
    status: row.status,
    statusMessage: row.status_message,
    model: row.model,
    provider: row.provider,
    promptName: row.prompt_name,
    promptVersion: row.prompt_version,
    parameters: JSON.parse(row.parameters) as Span['parameters'],
    input: JSON.parse(row.input) as Span['input'],
    output: JSON.parse(row.output) as Span['output'],
    tools: JSON.parse(row.tools) as Span['tools'],
    documents: JSON.parse(row.documents) as Span['documents'],
    usage: {
      inputTokens: row.input_tokens,
      outputTokens: row.output_tokens,
      cacheReadTokens: row.cache_read_tokens,
      cacheWriteTokens: row.cache_write_tokens,
      reasoningTokens: row.reasoning_tokens,
    },
    costUsd: row.cost_usd,
    sessionId: row.session_id,
    userId: row.user_id,
    release: row.release,
    environment: row.environment,
    service: row.service,
    tags: row.tags,
    metadata: row.metadata,
    attributes: row.attributes,
    events: JSON.parse(row.events) as Span['events'],
  }
}
