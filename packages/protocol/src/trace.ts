import { z } from 'zod'
import { authorKindSchema, feedbackKindSchema, feedbackSchema } from './feedback.ts'
import { timeSchema, traceIdSchema } from './id.ts'
import { pageOf, pageQuery } from './page.ts'
import { spanSchema } from './span.ts'

/** Mean of one criterion's scores on a trace, with how many judgments there are; people and models apart. Null where the kind has no score. */
export const criterionScoreSchema = z
  .object({ criterion: z.string(), kind: feedbackKindSchema, authorKind: authorKindSchema, mean: z.number().nullable(), n: z.int() })
  .meta({ id: 'CriterionScore' })
export type CriterionScore = z.output<typeof criterionScoreSchema>

/** One row of the trace list: the trace's main generation (its root, or its first generation) in short. */
export const traceSummarySchema = z
  .object({
    traceId: traceIdSchema,
    name: z.string(),
    startTime: timeSchema,
    durationMs: z.number(),
    status: z.enum(['unset', 'ok', 'error']),
    model: z.string(),
    promptName: z.string(),
    promptVersion: z.string(),
    userId: z.string(),
    sessionId: z.string(),
    environment: z.string(),
    release: z.string(),
    tags: z.array(z.string()),
    /** The first 300 characters of the last user message and of the output. */
    inputPreview: z.string(),
    outputPreview: z.string(),
    spanCount: z.int(),
    totalTokens: z.number().nullable(),
    costUsd: z.number().nullable(),
    feedback: z.array(criterionScoreSchema),
  })
  .meta({ id: 'TraceSummary' })
export type TraceSummary = z.output<typeof traceSummarySchema>

export const traceQuerySchema = z.object({
  ...pageQuery,
  from: timeSchema.optional(),
  to: timeSchema.optional(),
  model: z.string().max(200).optional(),
  promptName: z.string().max(200).optional(),
  promptVersion: z.string().max(200).optional(),
  userId: z.string().max(200).optional(),
  sessionId: z.string().max(200).optional(),
  environment: z.string().max(200).optional(),
  status: z.enum(['ok', 'error']).optional(),
  /** Words that the input or the output of one span contains, all of them. ASCII words match whole words, others any part of the text. */
  text: z.string().max(500).optional(),
  /** `key:value,key:value`; a comma or colon that belongs to a key or value has a backslash before it. */
  metadata: z.string().max(1_000).optional(),
  /**
   * Whether there is feedback: `any`, `none`, `negative` (a thumb down, a flag, a correction), `disagreement` (two people judged the same thing
   * differently), `uncertain` (among the tenth of scores that a reward model is least sure of), a criterion's name, or a criterion with a score
   * or label: `helpfulness<3` (`<=`, `>`, `>=`, `=`), `topic=refund`.
   */
  feedback: z.string().max(200).optional(),
})
export type TraceQuery = z.output<typeof traceQuerySchema>
export const tracePageSchema = pageOf(traceSummarySchema).meta({ id: 'TracePage' })

/** How many traces match; without paging. */
export const traceCountQuerySchema = traceQuerySchema.omit({ limit: true, cursor: true })
export type TraceCountQuery = z.output<typeof traceCountQuerySchema>
export const traceCountSchema = z.object({ traces: z.int() }).meta({ id: 'TraceCount' })
export type TraceCount = z.output<typeof traceCountSchema>

/** A whole trace: its spans in order of start, and all feedback on the trace, its spans, their documents and comparisons of them. */
export const traceSchema = z
  .object({ traceId: traceIdSchema, spans: z.array(spanSchema), feedback: z.array(feedbackSchema) })
  .meta({ id: 'Trace' })
export type Trace = z.output<typeof traceSchema>

/** Values that the filters can offer, most frequent first. */
export const traceFacetsSchema = z
  .object({
    models: z.array(z.string()),
    promptNames: z.array(z.string()),
    promptVersions: z.array(z.string()),
    environments: z.array(z.string()),
    criteria: z.array(z.string()),
    metadataKeys: z.array(z.string()),
  })
  .meta({ id: 'TraceFacets' })
export type TraceFacets = z.output<typeof traceFacetsSchema>

export const sessionSummarySchema = z
  .object({
    sessionId: z.string(),
    startTime: timeSchema,
    endTime: timeSchema,
    traceCount: z.int(),
    userId: z.string(),
    /** On the session itself and on its traces. */
    feedback: z.array(criterionScoreSchema),
  })
  .meta({ id: 'SessionSummary' })
export type SessionSummary = z.output<typeof sessionSummarySchema>
export const sessionQuerySchema = z.object({
  ...pageQuery,
  from: timeSchema.optional(),
  to: timeSchema.optional(),
  userId: z.string().max(200).optional(),
})
export type SessionQuery = z.output<typeof sessionQuerySchema>
export const sessionPageSchema = pageOf(sessionSummarySchema).meta({ id: 'SessionPage' })

/** A session: its traces in order of time (the first 1,000), each in short, and the feedback on the session itself. */
export const sessionSchema = z
  .object({ sessionId: z.string(), traces: z.array(traceSummarySchema), feedback: z.array(feedbackSchema) })
  .meta({ id: 'Session' })
export type Session = z.output<typeof sessionSchema>
