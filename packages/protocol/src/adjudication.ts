import { z } from 'zod'
import { answersSchema, rationalesSchema } from './answer.ts'
import { timeSchema, uuidSchema } from './id.ts'
import { judgmentSchema, shownOutputSchema } from './judgment.ts'
import { messageSchema } from './message.ts'
import { pageOf, pageQuery } from './page.ts'
import { queueItemSchema } from './queue.ts'

/** How far the judgments on an item are apart: 0 all alike, 1 as far as can be; by criterion, and the largest of them. */
export const disagreementSchema = z
  .object({ item: queueItemSchema, score: z.number(), criteria: z.record(z.string(), z.number()), decided: z.boolean() })
  .meta({ id: 'Disagreement' })
export type Disagreement = z.output<typeof disagreementSchema>
export const disagreementQuerySchema = z.object({ ...pageQuery, decided: z.enum(['true', 'false']).default('false') })
export const disagreementPageSchema = pageOf(disagreementSchema).meta({ id: 'DisagreementPage' })

/** A lead's final answers on an item, with what went wrong in the judgments (the taxonomy is the lead's own words). */
export const decisionInputSchema = z
  .object({
    answers: answersSchema,
    rationales: rationalesSchema.default({}),
    errors: z
      .array(z.object({ judgmentId: uuidSchema, tags: z.array(z.string().min(1).max(100)).max(20) }))
      .max(100)
      .default([]),
    note: z.string().max(10_000).default(''),
  })
  .meta({ id: 'DecisionInput' })
export type DecisionInput = z.input<typeof decisionInputSchema>
export const decisionSchema = decisionInputSchema.extend({ personId: z.string(), time: timeSchema }).meta({ id: 'Decision' })
export type Decision = z.output<typeof decisionSchema>

/** Everything that a lead needs to decide on an item. Outputs stand in the order of the target. */
export const adjudicationSchema = z
  .object({
    item: queueItemSchema,
    rubricVersion: z.int(),
    input: z.array(messageSchema),
    outputs: z.array(shownOutputSchema),
    available: z.boolean(),
    judgments: z.array(judgmentSchema),
    decision: decisionSchema.nullable(),
    gold: answersSchema.nullable(),
  })
  .meta({ id: 'Adjudication' })
export type Adjudication = z.output<typeof adjudicationSchema>

export const sendBackInputSchema = z.object({ judgmentId: uuidSchema, note: z.string().min(1).max(5_000) }).meta({ id: 'SendBackInput' })
export const goldInputSchema = z.object({ answers: answersSchema.nullable() }).meta({ id: 'GoldInput' })
export const challengeInputSchema = z.object({ leaseId: uuidSchema, note: z.string().min(1).max(5_000) }).meta({ id: 'ChallengeInput' })
export const challengeSchema = z
  .object({
    judgmentId: uuidSchema,
    itemId: uuidSchema,
    personId: z.string(),
    personName: z.string().nullable(),
    note: z.string(),
    preview: z.string(),
  })
  .meta({ id: 'Challenge' })
export type Challenge = z.output<typeof challengeSchema>

/** A judgment that was made under an older guideline whose change touches its criteria. */
export const staleJudgmentSchema = z
  .object({ judgment: judgmentSchema, preview: z.string(), criteria: z.array(z.string()), guidelineVersion: z.int() })
  .meta({ id: 'StaleJudgment' })
export type StaleJudgment = z.output<typeof staleJudgmentSchema>
