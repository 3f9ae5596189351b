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

/** A model's name, which also stands in addresses and author ids: letters, digits, dot, dash and underscore. */
export const rewardModelNameSchema = z
  .string()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,99}$/u,
    'must be 1 to 100 letters, digits, dots, dashes or underscores, and begin with a letter or digit',
  )

export const rewardModelStateSchema = z.enum(['active', 'shadow', 'archived']).meta({ id: 'RewardModelState' })
export type RewardModelState = z.output<typeof rewardModelStateSchema>

/** The scoring of spans that were there before the model. */
export const rewardBackfillSchema = z
  .object({
    state: z.enum(['running', 'done', 'stopped']),
    /** Spans that start from here on, null for all … */
    from: timeSchema.nullable(),
    /** … and before this. */
    to: timeSchema,
    /** Generations in that time when the run began. */
    spans: z.int(),
    /** How many of them it has passed, and how many it scored; the others had a score or no output. */
    passed: z.int(),
    scored: z.int(),
    startedAt: timeSchema,
    updatedAt: timeSchema,
  })
  .meta({ id: 'RewardBackfill' })
export type RewardBackfill = z.output<typeof rewardBackfillSchema>
export const rewardBackfillInputSchema = z
  .object({ from: timeSchema.optional(), to: timeSchema.optional() })
  .meta({ id: 'RewardBackfillInput' })
export type RewardBackfillInput = z.output<typeof rewardBackfillInputSchema>

/**
 * A registered reward model. A version never changes. Active: every new generation is scored with it, and it answers where no model is named;
 * a project has at most one. Shadow: it scores new generations beside the active one. Archived: it scores only when named.
 */
export const rewardModelSchema = z
  .object({
    id: uuidSchema,
    name: z.string(),
    version: z.int(),
    state: rewardModelStateSchema,
    createdAt: timeSchema,
    createdBy: z.string(),
    /** Size of the model file. */
    bytes: z.int(),
    /** The report card as `plaudit reward train --json` prints it. */
    report: z.record(z.string(), z.unknown()),
    /** How it came about: feature specification, fingerprint of the training set, seed, penalty. */
    training: z.record(z.string(), z.unknown()),
    backfill: rewardBackfillSchema.nullable(),
  })
  .meta({ id: 'RewardModel' })
export type RewardModel = z.output<typeof rewardModelSchema>

/** A comparison for training, derived from stored feedback. */
export const rewardPairSchema = z
  .object({
    prompt: z.string(),
    /** The opening user turn, or the prompt where there is none: pairs that share it stay on one side of a split. */
    group: z.string(),
    chosen: z.string(),
    rejected: z.string(),
    /** The author saw no difference. */
    tie: z.literal(true).optional(),
    /** How much it counts, 1 where left out: a ranking of k outputs gives each of its pairs 1 / (k − 1). */
    weight: z.number().optional(),
    source: z.enum(['comparison', 'correction', 'ranking']),
    author: z.string(),
    /** The judgment it comes from. */
    feedbackId: uuidSchema,
  })
  .meta({ id: 'RewardPair' })
export type RewardPair = z.output<typeof rewardPairSchema>
