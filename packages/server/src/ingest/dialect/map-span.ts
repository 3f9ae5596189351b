import type { Span, SpanId, SpanKind, TraceId } from '@plaudit/protocol'
import type { OtlpOrigin, OtlpSpan } from '../decode/otlp-span.ts'
import type { Dialect } from './dialect.ts'
import { type Draft, type TextField, textFields, type UsageField, usageFields } from './draft.ts'
import { langfuse } from './langfuse.ts'
import { openInference } from './open-inference.ts'
import { otelGenAi } from './otel-gen-ai.ts'
import { traceloop } from './traceloop.ts'
import { numberOf, textOf } from './value.ts'
import { vercelAi } from './vercel-ai.ts'

/**
 * Who wins when a span speaks several dialects: Langfuse's attributes are set by hand on purpose, OpenTelemetry's are the standard, the
 * others follow. What a loser says stays in the attributes.
 */
const precedence: readonly Dialect[] = [langfuse, otelGenAi, openInference, vercelAi, traceloop]

// The dialects' tables, joined in order of precedence once, so that a span costs one look-up a name.
const kindNames = precedence.flatMap(({ kinds }) =>
  Object.entries(kinds).map(([name, values]) => ({ name, values: new Map(Object.entries(values)) })),
)
const textNames = textFields.map((field) => ({ field, names: [...new Set(precedence.flatMap(({ texts }) => texts[field] ?? []))] }))
const usageNames = usageFields.map((field) => ({ field, names: [...new Set(precedence.flatMap(({ usage }) => usage[field] ?? []))] }))

const MAX_METADATA = 64
const MAX_METADATA_KEY = 200
const MAX_METADATA_TEXT = 8_000
/** Most attributes kept beside the fields. */
const MAX_ATTRIBUTES = 1_000

/** A checked OTLP span as the one span model, whatever dialects it speaks. It takes the attributes out of the OTLP span. */
export function mapSpan(span: OtlpSpan): Span {
  const draft = newDraft(span)
  draft.kind = takeKind(draft)
  draft.countsUsage = draft.kind !== 'chain' && draft.kind !== 'agent'
  for (const { field, names } of textNames) takeText(draft, field, names)
  if (draft.countsUsage) for (const { field, names } of usageNames) takeNumber(draft, field, names)
  for (const dialect of precedence) dialect.read(draft)
  return finish(draft)
}

function newDraft(span: OtlpSpan): Draft {
  return {
    span,
    kind: null,
    texts: {},
    usage: {},
    countsUsage: true,
    firstTokenMs: null,
    parameters: {},
    input: null,
    output: null,
    tools: null,
    documents: null,
    tags: [],
    metadata: new Map(),
    isError: span.statusCode === 2,
    statusMessage: span.statusMessage,
  }
}

/** The first dialect that says something more than "a span"; all attributes that agree are taken. */
function takeKind({ span: { attributes } }: Draft): SpanKind | null {
  let found: SpanKind | null = null
  for (const { name, values } of kindNames) {
    const value = attributes.get(name)
    if (typeof value !== 'string') continue
    const kind = values.get(value.toLowerCase())
    if (kind === undefined) continue
    if (found === null || found === 'span') found = kind
    // An operation says more than the kind ("text_completion"), so only plain kinds are taken.
    if (kind === found && value.toLowerCase() === kind) attributes.delete(name)
  }
  return found
}

function takeText(draft: Draft, field: TextField, names: readonly string[]): void {
  const { attributes } = draft.span
  for (const name of names) {
    const value = attributes.get(name)
    if (value === undefined || value === null || value === '') continue
    const text = textOf(value)
    const known = draft.texts[field]
    if (known === undefined) draft.texts[field] = text
    // The same again in other words is not kept twice; something else is.
    if (known === undefined || known === text) attributes.delete(name)
  }
}

function takeNumber(draft: Draft, field: UsageField, names: readonly string[]): void {
  const { attributes } = draft.span
  for (const name of names) {
    const value = numberOf(attributes.get(name))
    if (value === null) continue
    const known = draft.usage[field]
    if (known === undefined) draft.usage[field] = value
    if (known === undefined || known === value) attributes.delete(name)
  }
}

function finish(draft: Draft): Span {
  const { span, texts, usage } = draft
  const origin = describeOrigin(span.origin)
  const { metadata, overflow } = splitMetadata(draft.metadata)
  return {
    traceId: span.traceId as TraceId,
    spanId: span.spanId as SpanId,
    parentSpanId: span.parentSpanId === '' ? null : (span.parentSpanId as SpanId),
    name: span.name,
    kind: draft.kind ?? (texts.model !== undefined && draft.output !== null ? 'generation' : 'span'),
    startTime: new Date(span.startMs).toISOString(),
    endTime: new Date(span.endMs).toISOString(),
    durationMs: span.endMs - span.startMs,
    firstTokenMs: draft.firstTokenMs,
    status: draft.isError ? 'error' : span.statusCode === 1 ? 'ok' : 'unset',
    statusMessage: draft.statusMessage,
    model: texts.model ?? '',
    provider: texts.provider ?? '',
    promptName: texts.promptName ?? '',
    promptVersion: texts.promptVersion ?? '',
    parameters: draft.parameters,
    input: draft.input ?? [],
    output: draft.output ?? [],
    tools: draft.tools ?? [],
    documents: draft.documents ?? [],
    usage: {
      inputTokens: usage.inputTokens ?? null,
      outputTokens: usage.outputTokens ?? null,
      cacheReadTokens: usage.cacheReadTokens ?? null,
      cacheWriteTokens: usage.cacheWriteTokens ?? null,
      reasoningTokens: usage.reasoningTokens ?? null,
    },
    costUsd: usage.costUsd ?? null,
    sessionId: texts.sessionId ?? '',
    userId: texts.userId ?? '',
    release: texts.release ?? origin.release,
    environment: texts.environment ?? origin.environment,
    service: origin.service,
    tags: draft.tags,
    metadata,
    attributes: attributesOf(span, overflow, origin.attributes),
    events: span.events.map(({ name, timeMs, attributes }) => ({
      name,
      time: new Date(timeMs === 0 ? span.startMs : timeMs).toISOString(),
      attributes: Object.fromEntries(Array.from(attributes, ([key, value]) => [key, textOf(value)])),
    })),
  }
}

/** Metadata within the bounds that filters rely on; what is beyond them is kept as an attribute `metadata.<key>`. */
function splitMetadata(entries: ReadonlyMap<string, string>): { metadata: Record<string, string>; overflow: [string, string][] } {
  const kept: [string, string][] = []
  const overflow: [string, string][] = []
  for (const [key, value] of entries) {
    const fits = kept.length < MAX_METADATA && key !== '' && key.length <= MAX_METADATA_KEY && value.length <= MAX_METADATA_TEXT
    if (fits) kept.push([key, value])
    else overflow.push([`metadata.${key}`, value])
  }
  return { metadata: Object.fromEntries(kept), overflow }
}

/** The span's remaining attributes, then what its resource and scope say. */
function attributesOf(span: OtlpSpan, overflow: readonly [string, string][], origin: readonly [string, string][]): Record<string, string> {
  const kept: [string, string][] = []
  for (const [name, value] of span.attributes) kept.push([name, textOf(value)])
  if (span.links.length > 0) kept.push(['otel.links', JSON.stringify(span.links)])
  kept.push(...overflow, ...origin)
  if (kept.length <= MAX_ATTRIBUTES) return Object.fromEntries(kept)
  return Object.fromEntries([...kept.slice(0, MAX_ATTRIBUTES), ['plaudit.dropped_attributes', String(kept.length - MAX_ATTRIBUTES)]])
}

type Origin = { service: string; release: string; environment: string; attributes: [string, string][] }
/** What a resource says is the same for all its spans, which follow each other, so it is worked out once. */
let latest: { origin: OtlpOrigin; described: Origin } | null = null

function describeOrigin(origin: OtlpOrigin): Origin {
  if (latest?.origin === origin) return latest.described
  const { resource, scopeName, scopeVersion } = origin
  const textFrom = (names: readonly string[]) =>
    textOf(names.map((name) => resource.get(name)).find((value) => value !== undefined && value !== ''))
  const attributes = Array.from(resource, ([name, value]): [string, string] => [`resource.${name}`, textOf(value)])
  if (scopeName !== '') attributes.push(['scope.name', scopeName])
  if (scopeVersion !== '') attributes.push(['scope.version', scopeVersion])
  const described: Origin = {
    service: textFrom(['service.name']),
    release: textFrom(['langfuse.release', 'service.version']),
    environment: textFrom(['langfuse.environment', 'deployment.environment.name', 'deployment.environment']),
    attributes,
  }
  latest = { origin, described }
  return described
}
