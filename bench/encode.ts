import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import type { Message, Span } from '@plaudit/protocol'

type ReadableSpan = Parameters<typeof ProtobufTraceSerializer.serializeRequest>[0][number]
export type Encoding = 'protobuf' | 'json'

export const contentTypes: Record<Encoding, string> = { protobuf: 'application/x-protobuf', json: 'application/json' }

/** Spans as the body of one OTLP request, encoded by OpenTelemetry's own exporter code. */
export function encodeBody(spans: readonly Span[], encoding: Encoding): Uint8Array<ArrayBuffer> {
  const serializer = encoding === 'protobuf' ? ProtobufTraceSerializer : JsonTraceSerializer
  const body = serializer.serializeRequest(spans.map(readableSpan))
  if (body === undefined) throw new Error('the spans could not be encoded')
  return new Uint8Array(body)
}

const resource = {
  attributes: { 'service.name': 'assistant' },
  asyncAttributesPending: false,
  merge: () => resource,
  getRawAttributes: () => [],
}
const kinds: Partial<Record<Span['kind'], string>> = { generation: 'LLM', chain: 'CHAIN', retriever: 'RETRIEVER' }

function readableSpan(span: Span): ReadableSpan {
  const context = (spanId: string) => ({ traceId: span.traceId, spanId, traceFlags: 1 })
  return {
    name: span.name,
    kind: 0,
    spanContext: () => context(span.spanId),
    ...(span.parentSpanId === null ? {} : { parentSpanContext: context(span.parentSpanId) }),
    startTime: hrTime(span.startTime),
    endTime: hrTime(span.endTime),
    duration: [0, 0],
    status: { code: span.status === 'error' ? 2 : 1, message: span.statusMessage },
    attributes: attributesOf(span),
    links: [],
    events: [],
    ended: true,
    resource: resource as never,
    instrumentationScope: { name: 'bench' },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  }
}

function attributesOf(span: Span): ReadableSpan['attributes'] {
  const optional = (name: string, value: string | number | null) => (value === '' || value === null ? {} : { [name]: value })
  const documents = span.documents.flatMap(({ id, content, score }, rank) => [
    [`retrieval.documents.${rank}.document.id`, id ?? ''],
    [`retrieval.documents.${rank}.document.content`, content],
    [`retrieval.documents.${rank}.document.score`, score ?? 0],
  ])
  return {
    'openinference.span.kind': kinds[span.kind] ?? 'CHAIN',
    ...(span.input.length === 0 ? {} : { 'gen_ai.input.messages': messages(span.input) }),
    ...(span.output.length === 0 ? {} : { 'gen_ai.output.messages': messages(span.output) }),
    ...optional('gen_ai.request.model', span.model),
    ...optional('gen_ai.provider.name', span.provider),
    ...optional('langfuse.observation.prompt.name', span.promptName),
    ...optional('langfuse.observation.prompt.version', span.promptVersion),
    ...optional('gen_ai.usage.input_tokens', span.usage.inputTokens),
    ...optional('gen_ai.usage.output_tokens', span.usage.outputTokens),
    ...optional('gen_ai.usage.cost', span.costUsd),
    'session.id': span.sessionId,
    'user.id': span.userId,
    'langfuse.environment': span.environment,
    'langfuse.release': span.release,
    'tag.tags': span.tags,
    metadata: JSON.stringify(span.metadata),
    ...span.attributes,
    ...(Object.fromEntries(documents) as Record<string, string | number>),
  }
}

function messages(some: readonly Message[]): string {
  return JSON.stringify(some)
}

function hrTime(time: string): [number, number] {
  const ms = Date.parse(time)
  return [Math.floor(ms / 1000), (ms % 1000) * 1_000_000]
}
