import { z } from 'zod'
import { timeSchema, uuidSchema } from './id.ts'
import { messageSchema } from './message.ts'

const textOrMessages = z.union([z.string().max(400_000), z.array(messageSchema).max(1_000)])

/** Outputs to score. `model` names a registered reward model; the project's active one when left out. */
export const rewardScoreInputSchema = z
  .object({
    model: z.string().max(200).optional(),
    items: z
      .array(z.object({ input: textOrMessages, output: textOrMessages }))
      .min(1)
      .max(1_000),
  })
  .meta({ id: 'RewardScoreInput' })
export type RewardScoreInput = z.output<typeof rewardScoreInputSchema>

export const rewardScoreSchema = z
  .object({ items: z.array(z.object({ reward: z.number(), std: z.number(), model: z.string() })) })
  .meta({ id: 'RewardScore' })
export type RewardScore = z.output<typeof rewardScoreSchema>

/** A registered reward model. A version never changes; only a person makes one active. */
export const rewardModelSchema = z
  .object({
    id: uuidSchema,
    name: z.string(),
    version: z.int(),
    state: z.enum(['active', 'shadow', 'archived']),
    createdAt: timeSchema,
    /** The report card as `plaudit reward train --json` prints it. */
    report: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'RewardModel' })
export type RewardModel = z.output<typeof rewardModelSchema>
