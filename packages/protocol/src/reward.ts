import { z } from 'zod'
import { targetSchema } from './feedback.ts'
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
  .object({
    items: z.array(
      z.object({
        reward: z.number(),
        /** Spread over models of resampled prompts; null for a model that is served elsewhere and does not say. */
        std: z.number().nullable(),
        /** Share of the output that the model has never seen the like of, 0 to 1; null likewise. */
        novelty: z.number().nullable(),
        model: z.string(),
      }),
    ),
  })
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

/** A reward model that is served elsewhere. */
export const rewardEndpointSchema = z
  .object({
    url: z.url({ protocol: /^https?$/ }).max(2_000),
    /** What it is asked: our own score request, or vLLM's `/classify`. */
    contract: z.enum(['plaudit', 'vllm-classify']),
    /** Name of the model there; empty where the endpoint serves one. */
    model: z.string().max(300).default(''),
  })
  .meta({ id: 'RewardEndpoint' })
export type RewardEndpoint = z.output<typeof rewardEndpointSchema>

export const externalRewardModelInputSchema = z
  .object({
    name: rewardModelNameSchema,
    endpoint: rewardEndpointSchema,
    /** Sent as a bearer token. Kept encrypted, and never shown again. */
    apiKey: z.string().min(1).max(2_000).optional(),
  })
  .meta({ id: 'ExternalRewardModelInput' })
export type ExternalRewardModelInput = z.input<typeof externalRewardModelInputSchema>

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
    /** Where it is served, and whether a key is kept for it; null for a model of ours. */
    endpoint: rewardEndpointSchema.extend({ hasKey: z.boolean() }).nullable(),
    /** Share of new generations that it scores while active or shadow. */
    sampleRate: z.number(),
    /** When it last became active; null if it never was. */
    activatedAt: timeSchema.nullable(),
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

/** A change of a model: its state, or the share of new generations that it scores. */
export const rewardModelChangeSchema = z
  .object({ state: rewardModelStateSchema.optional(), sampleRate: z.number().gt(0).max(1).optional() })
  .refine((change) => Object.keys(change).length > 0, 'name a state or a sample rate')
  .meta({ id: 'RewardModelChange' })
export type RewardModelChange = z.output<typeof rewardModelChangeSchema>

export const rewardPairSourceSchema = z.enum(['comparison', 'correction', 'ranking'])

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
    /** How much better the chosen output is, 1 to 7, where the author said so. */
    strength: z.number().optional(),
    /** How much it counts, 1 where left out: a ranking of k outputs gives each of its pairs 1 / (k − 1). */
    weight: z.number().optional(),
    source: rewardPairSourceSchema,
    author: z.string(),
    time: timeSchema,
    /** Traces of the outputs. */
    traceIds: z.array(z.string()),
    session: z.string().optional(),
    /** Probability that the judged item was drawn, where a sampling plan drew it. */
    inclusion: z.number().optional(),
    /** The outputs' metadata with short values, their prompt's name and the criterion, by which accuracy is told apart. */
    strata: z.record(z.string(), z.string()),
    /** The judgment it comes from. */
    feedbackId: uuidSchema,
  })
  .meta({ id: 'RewardPair' })
export type RewardPair = z.output<typeof rewardPairSchema>

/** Where a score comes from; contributions are in units of reward. */
export const rewardExplanationSchema = z
  .object({
    model: z.string(),
    reward: z.number(),
    std: z.number().nullable(),
    novelty: z.number().nullable(),
    /** What each trait of the output adds beside an output that is average in it. */
    traits: z.array(z.object({ trait: z.string(), value: z.number(), contribution: z.number() })),
    /** What words and word pairs add beside an average output. */
    words: z.number().nullable(),
    /** What the vector of the whole output adds, for a model that has such; passages leave it as it is. */
    vector: z.number().nullable(),
    /** How much lower the reward would be without a passage; places are in Unicode code points of the output's text. */
    sentences: z.array(z.object({ start: z.int(), end: z.int(), text: z.string(), contribution: z.number() })),
    tokens: z.array(z.object({ start: z.int(), end: z.int(), text: z.string(), contribution: z.number() })),
  })
  .meta({ id: 'RewardExplanation' })
export type RewardExplanation = z.output<typeof rewardExplanationSchema>
export const rewardExplanationInputSchema = z
  .object({ model: z.string().max(200).optional(), input: textOrMessages, output: textOrMessages })
  .meta({ id: 'RewardExplanationInput' })
export type RewardExplanationInput = z.output<typeof rewardExplanationInputSchema>

/** Whether a model still agrees with people, on what they judged since it was registered. */
export const rewardDriftSchema = z
  .object({
    /** Fresh comparisons, newest last, at most 5,000. */
    pairs: z.int(),
    /** Accuracy on the report card; null where it has none. */
    expected: z.number().nullable(),
    /** Accuracy on the fresh comparisons, with an interval that holds however often it is looked at. */
    accuracy: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    alarm: z.boolean(),
    alarmAt: timeSchema.nullable(),
    /** Evidence for a fall of accuracy after each comparison, and the level at which the alarm goes off. */
    limit: z.number(),
    points: z.array(z.object({ time: timeSchema, n: z.int(), accuracy: z.number(), evidence: z.number() })),
    sentence: z.string(),
  })
  .meta({ id: 'RewardDrift' })
export type RewardDrift = z.output<typeof rewardDriftSchema>

/** What people should judge next, for a model to learn from. */
export const rewardSelectionInputSchema = z
  .object({
    /** The model whose scores say what it knows; the active one when left out. */
    model: z.string().max(200).optional(),
    /** Single outputs, or pairs of outputs for the same input. */
    of: z.enum(['span', 'comparison']).default('span'),
    /**
     * `disagreement`: where the models of resampled prompts differ most. `coverage`: what is most unlike the training. `uncertainty`: pairs whose
     * rewards lie closest together beside their spread.
     */
    rule: z.enum(['disagreement', 'coverage', 'uncertainty']).default('disagreement'),
    limit: z.int().min(1).max(1_000).default(50),
    /** Share that is drawn blindly from everything else. */
    uniformShare: z.number().min(0.1).max(1).default(0.3),
    from: timeSchema.optional(),
    /** A queue that they are added to, with their probabilities. */
    queueId: uuidSchema.optional(),
    seed: z.int().min(0).max(1_000_000).default(1),
  })
  .meta({ id: 'RewardSelectionInput' })
export type RewardSelectionInput = z.input<typeof rewardSelectionInputSchema>
export const rewardSelectionSchema = z
  .object({
    model: z.string(),
    /** Scored outputs, or pairs of them, that there were to choose from: the newest 5,000. */
    candidates: z.int(),
    items: z.array(
      z.object({
        target: targetSchema,
        reason: z.enum(['targeted', 'uniform']),
        /** Probability that this choice falls on it. */
        probability: z.number(),
        /** What the rule goes by; larger is chosen first. Null where the model does not say. */
        value: z.number().nullable(),
      }),
    ),
    /** How many were new to the queue; null without one. */
    added: z.int().nullable(),
  })
  .meta({ id: 'RewardSelection' })
export type RewardSelection = z.output<typeof rewardSelectionSchema>

/** Two models on the test side of a data set. */
export const rewardComparisonInputSchema = z
  .object({ datasetId: uuidSchema, first: uuidSchema, second: uuidSchema })
  .refine(({ first, second }) => first !== second, { message: 'name two different models', path: ['second'] })
  .meta({ id: 'RewardComparisonInput' })
export type RewardComparisonInput = z.input<typeof rewardComparisonInputSchema>
const differenceSchema = z.object({
  estimate: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  p: z.number().nullable(),
})
export const rewardComparisonSchema = z
  .object({
    pairs: z.int(),
    prompts: z.int(),
    /** Pairs left out because a model was trained on their prompt. */
    leaked: z.int(),
    /** Pairs on which the models favour different outputs. */
    disagreements: z.int(),
    /** First minus second, by a paired test that keeps pairs of one prompt together. */
    accuracy: differenceSchema,
    /** Below 0 the first is better. */
    logLoss: differenceSchema,
    sentence: z.string(),
  })
  .meta({ id: 'RewardComparison' })
export type RewardComparison = z.output<typeof rewardComparisonSchema>
