import { z } from 'zod'
import { timeSchema } from './id.ts'

/** What vectors of outputs took; those that were there already cost nothing and are not counted. */
export const vectorCostSchema = z
  .object({
    /** The encoder that was asked. */
    model: z.string(),
    texts: z.int(),
    requests: z.int(),
    /** As far as the encoder says. */
    tokens: z.int(),
    /** In US dollars; null where the price is not known or nothing is paid. */
    costUsd: z.number().nullable(),
  })
  .meta({ id: 'VectorCost' })
export type VectorCost = z.output<typeof vectorCostSchema>

/** The encoder whose vectors may count beside words, and what each one has cost the project. */
export const rewardEmbeddingsSchema = z
  .object({
    /** The encoder that the server was started with; null without one. */
    encoder: z.object({ model: z.string(), usdPerMillionTokens: z.number().nullable() }).nullable(),
    usage: z.array(vectorCostSchema.extend({ since: timeSchema, updatedAt: timeSchema })),
  })
  .meta({ id: 'RewardEmbeddings' })
export type RewardEmbeddings = z.output<typeof rewardEmbeddingsSchema>
