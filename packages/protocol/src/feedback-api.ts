import { z } from 'zod'
import { errorCodeSchema } from './error.ts'
import { authorKindSchema, feedbackKindSchema, feedbackSchema } from './feedback.ts'
import { spanIdSchema, timeSchema, traceIdSchema, uuidSchema } from './id.ts'
import { pageOf, pageQuery } from './page.ts'

/** Many records in one request. Each is checked by itself: a bad one is answered with its error and spoils no other. */
export const feedbackBatchSchema = z.object({ items: z.array(z.unknown()).min(1).max(1_000) }).meta({ id: 'FeedbackBatch' })

export const feedbackCreatedSchema = z.object({ id: uuidSchema }).meta({ id: 'FeedbackCreated' })
export const feedbackRejectedSchema = z
  .object({ error: z.object({ code: errorCodeSchema, message: z.string() }) })
  .meta({ id: 'FeedbackRejected' })
export const feedbackBatchResultSchema = z
  .object({ items: z.array(z.union([feedbackCreatedSchema, feedbackRejectedSchema])) })
  .meta({ id: 'FeedbackBatchResult' })
export type FeedbackBatchResult = z.output<typeof feedbackBatchResultSchema>

export const feedbackQuerySchema = z.object({
  ...pageQuery,
  traceId: traceIdSchema.optional(),
  spanId: spanIdSchema.optional(),
  sessionId: z.string().max(200).optional(),
  criterion: z.string().max(200).optional(),
  kind: feedbackKindSchema.optional(),
  /** The author's id. */
  author: z.string().max(200).optional(),
  authorKind: authorKindSchema.optional(),
  from: timeSchema.optional(),
  to: timeSchema.optional(),
})
export type FeedbackQuery = z.output<typeof feedbackQuerySchema>
export const feedbackPageSchema = pageOf(feedbackSchema).meta({ id: 'FeedbackPage' })
