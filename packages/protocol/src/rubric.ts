import { z } from 'zod'
import { criteriaSchema } from './criterion.ts'
import { timeSchema, uuidSchema } from './id.ts'
import { pageOf } from './page.ts'

/** One version of a rubric. A version never changes: judgments refer to it. */
export const rubricSchema = z
  .object({
    id: uuidSchema,
    name: z.string(),
    version: z.int(),
    criteria: criteriaSchema,
    /** What changed, in a sentence. */
    note: z.string(),
    createdAt: timeSchema,
    createdBy: z.string(),
    archived: z.boolean(),
  })
  .meta({ id: 'Rubric' })
export type Rubric = z.output<typeof rubricSchema>

export const rubricInputSchema = z
  .object({ name: z.string().trim().min(1).max(100), criteria: criteriaSchema, note: z.string().max(2_000).default('') })
  .meta({ id: 'RubricInput' })
export type RubricInput = z.input<typeof rubricInputSchema>

/** A new version. `baseVersion` is the one that was edited: when it is no longer the newest, the change is refused as a conflict. */
export const rubricChangeSchema = rubricInputSchema.extend({ baseVersion: z.int().min(1) }).meta({ id: 'RubricChange' })
export type RubricChange = z.input<typeof rubricChangeSchema>

export const rubricPageSchema = pageOf(rubricSchema).meta({ id: 'RubricPage' })
export const versionQuerySchema = z.object({ version: z.coerce.number().int().min(1).optional() })
