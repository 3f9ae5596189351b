import { z } from 'zod'
import { metadataSchema, spanIdSchema, timeSchema, traceIdSchema } from './id.ts'
import { messageSchema } from './message.ts'

/** What a span does. A span about a call of a language model is a `generation`; one that says nothing of itself is a `span`. */
export const spanKindSchema = z
  .enum(['generation', 'chain', 'agent', 'tool', 'retriever', 'reranker', 'embedding', 'guardrail', 'evaluator', 'prompt', 'span'])
  .meta({ id: 'SpanKind' })
export type SpanKind = z.output<typeof spanKindSchema>

/** A document that a retriever or reranker returned, in rank order. */
export const documentSchema = z
  .object({ id: z.string().nullish(), content: z.string(), score: z.number().nullish(), metadata: z.unknown().optional() })
  .meta({ id: 'RetrievedDocument' })
export type RetrievedDocument = z.output<typeof documentSchema>

/** A tool that was offered to the model. */
export const toolDefinitionSchema = z
  .object({ name: z.string(), description: z.string().nullish(), parameters: z.unknown().optional() })
  .meta({ id: 'ToolDefinition' })
export type ToolDefinition = z.output<typeof toolDefinitionSchema>

/** Tokens of one generation; null where the client did not say. */
export const usageSchema = z
  .object({
    inputTokens: z.number().nullable(),
    outputTokens: z.number().nullable(),
    cacheReadTokens: z.number().nullable(),
    cacheWriteTokens: z.number().nullable(),
    reasoningTokens: z.number().nullable(),
  })
  .meta({ id: 'Usage' })
export type Usage = z.output<typeof usageSchema>

/** One event on a span (an exception, say), with its attributes as text. */
export const spanEventSchema = z
  .object({ name: z.string(), time: timeSchema, attributes: z.record(z.string(), z.string()) })
  .meta({ id: 'SpanEvent' })
export type SpanEvent = z.output<typeof spanEventSchema>

/** One span as every dialect is mapped to it. Null means that the client did not say. */
export const spanSchema = z
  .object({
    traceId: traceIdSchema,
    spanId: spanIdSchema,
    parentSpanId: spanIdSchema.nullable(),
    name: z.string(),
    kind: spanKindSchema,
    startTime: timeSchema,
    endTime: timeSchema,
    durationMs: z.number(),
    /** Milliseconds until the first token, when known. */
    firstTokenMs: z.number().nullable(),
    status: z.enum(['unset', 'ok', 'error']),
    statusMessage: z.string(),
    model: z.string(),
    provider: z.string(),
    promptName: z.string(),
    promptVersion: z.string(),
    /** Sampling parameters as sent: temperature, max tokens and the like. */
    parameters: z.record(z.string(), z.unknown()),
    input: z.array(messageSchema),
    output: z.array(messageSchema),
    tools: z.array(toolDefinitionSchema),
    documents: z.array(documentSchema),
    usage: usageSchema,
    costUsd: z.number().nullable(),
    sessionId: z.string(),
    userId: z.string(),
    release: z.string(),
    environment: z.string(),
    service: z.string(),
    tags: z.array(z.string()),
    metadata: metadataSchema,
    /** Every attribute that none of the fields above holds, values as text (JSON for lists and maps). */
    attributes: z.record(z.string(), z.string()),
    events: z.array(spanEventSchema),
  })
  .meta({ id: 'Span' })
export type Span = z.output<typeof spanSchema>
