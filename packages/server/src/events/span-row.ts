import { messageText, type Span, type SpanId, type TraceId } from '@plaudit/protocol'
import type { RowWriter } from './row-writer.ts'

/** The columns of `spans` in the order in which `writeSpan` writes them. */
export const spanRowColumns = `project_id, trace_id, span_id, parent_span_id, name, kind, start_time, end_time, duration_ms, first_token_ms,
  status, status_message, model, provider, prompt_name, prompt_version, parameters, input, output, input_text, output_text, tools, documents,
  input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens, cost_usd, session_id, user_id, release, environment,
  service, tags, metadata, attributes, events, ingest_version`

/** A span as a row of `spans`. */
export function writeSpan(row: RowWriter, projectId: string, span: Span, version: bigint): void {
  const { usage } = span
  row.text(projectId)
  row.text(span.traceId)
  row.text(span.spanId)
  row.text(span.parentSpanId ?? '')
  row.text(span.name)
  row.text(span.kind)
  row.time(span.startTime)
  row.time(span.endTime)
  row.float64(span.durationMs)
  row.nullableFloat64(span.firstTokenMs)
  row.text(span.status)
  row.text(span.statusMessage)
  row.text(span.model)
  row.text(span.provider)
  row.text(span.promptName)
  row.text(span.promptVersion)
  row.text(JSON.stringify(span.parameters))
  row.text(jsonList(span.input))
  row.text(jsonList(span.output))
  row.text(messageText(span.input))
  row.text(messageText(span.output))
  row.text(jsonList(span.tools))
  row.text(jsonList(span.documents))
  row.nullableFloat64(usage.inputTokens)
  row.nullableFloat64(usage.outputTokens)
  row.nullableFloat64(usage.cacheReadTokens)
  row.nullableFloat64(usage.cacheWriteTokens)
  row.nullableFloat64(usage.reasoningTokens)
  row.nullableFloat64(span.costUsd)
  row.text(span.sessionId)
  row.text(span.userId)
  row.text(span.release)
  row.text(span.environment)
  row.text(span.service)
  row.texts(span.tags)
  row.map(span.metadata)
  row.map(span.attributes)
  row.text(jsonList(span.events))
  row.uint64(version)
}

/** Most spans have most lists empty. */
function jsonList(list: readonly unknown[]): string {
  return list.length === 0 ? '[]' : JSON.stringify(list)
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
