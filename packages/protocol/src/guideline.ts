import { z } from 'zod'
import { spanRefSchema } from './feedback.ts'
import { timeSchema, uuidSchema } from './id.ts'
import { pageOf } from './page.ts'

/** An example from real traffic that shows how to decide. */
export const guidelineExampleSchema = z
  .object({
    verdict: z.enum(['good', 'bad']),
    /** The output it is about, as the reviewer should read it. */
    text: z.string().min(1).max(50_000),
    /** Why, in the lead's words. */
    reason: z.string().max(5_000).default(''),
    /** Where it was taken from, when it was taken from an item. */
    source: spanRefSchema.optional(),
  })
  .meta({ id: 'GuidelineExample' })
export type GuidelineExample = z.output<typeof guidelineExampleSchema>

const content = {
  name: z.string().trim().min(1).max(100),
  /** Markdown. */
  body: z.string().min(1).max(200_000),
  examples: z.array(guidelineExampleSchema).max(100).default([]),
  /** What changed, in a sentence: reviewers read it before they go on. */
  note: z.string().max(2_000).default(''),
  /** Keys of the criteria whose judgments the change touches: those made before it become stale. */
  touches: z.array(z.string().max(64)).max(50).default([]),
}

/** One version of a guideline. A version never changes: judgments are stamped with it. */
export const guidelineSchema = z
  .object({ id: uuidSchema, version: z.int(), ...content, createdAt: timeSchema, createdBy: z.string(), archived: z.boolean() })
  .meta({ id: 'Guideline' })
export type Guideline = z.output<typeof guidelineSchema>
export const guidelineInputSchema = z.object(content).meta({ id: 'GuidelineInput' })
export type GuidelineInput = z.input<typeof guidelineInputSchema>
export const guidelineChangeSchema = guidelineInputSchema.extend({ baseVersion: z.int().min(1) }).meta({ id: 'GuidelineChange' })
export type GuidelineChange = z.input<typeof guidelineChangeSchema>
export const guidelinePageSchema = pageOf(guidelineSchema).meta({ id: 'GuidelinePage' })
