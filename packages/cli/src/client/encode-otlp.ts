import type { Message } from '@plaudit/protocol'
import type { OutgoingSpan } from './outgoing-span.ts'

type AttributeValue =
  | { stringValue: string }
  | { intValue: string }
  | { doubleValue: number }
  | { arrayValue: { values: AttributeValue[] } }
interface Attribute {
  key: string
  value: AttributeValue
}

/** The body of `POST /v1/traces` in OTLP's JSON encoding, one resource for each service, release and environment. */
export interface OtlpRequest {
  resourceSpans: {
    resource: { attributes: Attribute[] }
    scopeSpans: { scope: { name: string }; spans: object[] }[]
  }[]
}

/** Spans as any OpenTelemetry client would export them: GenAI attributes, with OpenInference's and Langfuse's where GenAI has no name. */
export function encodeOtlp(spans: readonly OutgoingSpan[]): OtlpRequest {
  const byResource = new Map<string, OutgoingSpan[]>()
  for (const span of spans) {
    const key = JSON.stringify([span.service, span.release, span.environment])
    const group = byResource.get(key)
    if (group) group.push(span)
    else byResource.set(key, [span])
  }
  return {
    resourceSpans: [...byResource.values()].map((group) => ({
      resource: { attributes: resourceAttributes(group[0]!) },
      scopeSpans: [{ scope: { name: 'plaudit' }, spans: group.map(encodeSpan) }],
    })),
  }
}

function resourceAttributes(span: OutgoingSpan): Attribute[] {
  return attributes({
    'service.name': span.service,
    'service.version': span.release,
    'deployment.environment.name': span.environment,
    'langfuse.release': span.release,
  })
}

function encodeSpan(span: OutgoingSpan): object {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentSpanId === undefined ? {} : { parentSpanId: span.parentSpanId }),
    name: span.name,
    kind: span.kind === 'generation' ? 3 : 1,
    startTimeUnixNano: nanoseconds(span.startMs),
    endTimeUnixNano: nanoseconds(span.endMs),
    attributes: attributes(namedAttributes(span)),
    status: span.error === undefined ? { code: 1 } : { code: 2, message: span.error },
  }
}

const operationOf: Partial<Record<OutgoingSpan['kind'], string>> = {
  generation: 'chat',
  tool: 'execute_tool',
  agent: 'invoke_agent',
  retriever: 'retrieval',
  embedding: 'embeddings',
}

function namedAttributes(span: OutgoingSpan): Record<string, string | number | string[] | undefined> {
  return {
    'openinference.span.kind': span.kind === 'generation' ? 'LLM' : span.kind.toUpperCase(),
    'gen_ai.operation.name': operationOf[span.kind],
    'gen_ai.provider.name': span.provider,
    'gen_ai.request.model': span.model,
    'gen_ai.request.temperature': span.temperature,
    'gen_ai.input.messages': span.input && JSON.stringify(span.input.map(snakeMessage)),
    'gen_ai.output.messages': span.output && JSON.stringify(span.output.map(snakeMessage)),
    'gen_ai.usage.input_tokens': span.inputTokens,
    'gen_ai.usage.output_tokens': span.outputTokens,
    'gen_ai.usage.cost': span.costUsd === undefined ? undefined : Number(span.costUsd.toFixed(8)),
    'gen_ai.tool.name': span.tool?.name,
    'gen_ai.tool.call.arguments': span.tool?.arguments,
    'gen_ai.tool.call.result': span.tool?.result,
    'langfuse.observation.prompt.name': span.promptName,
    'langfuse.observation.prompt.version': span.promptVersion,
    'session.id': span.sessionId,
    'user.id': span.userId,
    'tag.tags': span.tags,
    metadata: span.metadata && JSON.stringify(span.metadata),
    ...documentAttributes(span),
  }
}

function documentAttributes(span: OutgoingSpan): Record<string, string | number | undefined> {
  const entries = (span.documents ?? []).flatMap((document, index) => {
    const prefix = `retrieval.documents.${index}.document`
    return [
      [`${prefix}.id`, document.id ?? undefined],
      [`${prefix}.content`, document.content],
      [`${prefix}.score`, document.score ?? undefined],
    ] as const
  })
  return Object.fromEntries(entries)
}

function snakeMessage({ finishReason, ...message }: Message): object {
  return finishReason === undefined ? message : { ...message, finish_reason: finishReason }
}

function attributes(values: Record<string, string | number | string[] | undefined>): Attribute[] {
  return Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value: attributeValue(value) }]))
}

function attributeValue(value: string | number | string[]): AttributeValue {
  if (Array.isArray(value)) return { arrayValue: { values: value.map(attributeValue) } }
  if (typeof value === 'string') return { stringValue: value }
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
}

function nanoseconds(ms: number): string {
  return `${BigInt(Math.round(ms))}000000`
}
