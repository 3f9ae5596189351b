import { z } from 'zod'
import { targetSchema } from './feedback.ts'
import { timeSchema, uuidSchema } from './id.ts'
import { estimateSchema } from './overview.ts'

/** Comments that are alike in their words. */
export const commentThemeSchema = z
  .object({
    /** Words that set them apart, the strongest first. */
    terms: z.array(z.string()),
    comments: z.int(),
    /** Comments on outputs that criteria were judged on, none of them low. */
    unexplained: z.int(),
    unexplainedShare: estimateSchema,
    /** The criterion that names what they are about, if any does. */
    criterion: z.string().nullable(),
    /** The rubric seems to lack a question about this. */
    isMissing: z.boolean(),
    cohesion: z.number(),
    /** The most typical ones. `low`: whether some criterion was judged low there; null where none was judged. */
    examples: z.array(
      z.object({
        text: z.string(),
        feedbackId: uuidSchema,
        target: targetSchema,
        criterion: z.string(),
        kind: z.string(),
        low: z.boolean().nullable(),
      }),
    ),
  })
  .meta({ id: 'CommentTheme' })
export type CommentTheme = z.output<typeof commentThemeSchema>

/** What people say in their own words that no criterion asks about. */
export const dimensionReportSchema = z
  .object({
    source: z.object({ computedAt: timeSchema, watermark: z.string() }),
    sentence: z.string(),
    comments: z.int(),
    themes: z.array(commentThemeSchema),
  })
  .meta({ id: 'DimensionReport' })
export type DimensionReport = z.output<typeof dimensionReportSchema>
