import { z } from 'zod'
import { timeSchema, uuidSchema } from './id.ts'
import { vectorCostSchema } from './reward-embedding.ts'
import { rewardModelNameSchema } from './reward.ts'

/** A training on a data set, or a judgment of a model by one, done in the background. */
export const rewardRunInputSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('train'),
      datasetId: uuidSchema,
      /** The model becomes the next version of this name. */
      name: rewardModelNameSchema,
      folds: z.int().min(2).max(20).default(5),
      members: z.int().min(2).max(20).default(5),
      seed: z.int().min(0).max(1_000_000).default(1),
      /** Whether the vectors of the server's encoder count beside words. */
      vectors: z.boolean().default(false),
    }),
    /** Judges a model on the test side; for a model that is served elsewhere it is the report card. */
    z.object({ kind: z.literal('evaluate'), datasetId: uuidSchema, modelId: uuidSchema }),
  ])
  .meta({ id: 'RewardRunInput' })
export type RewardRunInput = z.input<typeof rewardRunInputSchema>

export const rewardRunSchema = z
  .object({
    id: uuidSchema,
    kind: z.enum(['train', 'evaluate']),
    state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
    datasetId: uuidSchema,
    /** The model that was made or judged. */
    modelId: uuidSchema.nullable(),
    name: z.string(),
    /** How far it has come, 0 to 1, and what it does. */
    progress: z.object({ share: z.number(), activity: z.string() }),
    /** The report card of a judgment. */
    card: z.record(z.string(), z.unknown()).nullable(),
    /** What the vectors of its outputs took, so far; null where none are needed. */
    vectors: vectorCostSchema.nullable(),
    error: z.string().nullable(),
    createdAt: timeSchema,
    createdBy: z.string(),
    startedAt: timeSchema.nullable(),
    updatedAt: timeSchema,
  })
  .meta({ id: 'RewardRun' })
export type RewardRun = z.output<typeof rewardRunSchema>
