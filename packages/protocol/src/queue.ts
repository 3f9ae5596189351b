import { z } from 'zod'
import { changeOf } from './change-schema.ts'
import { targetSchema } from './feedback.ts'
import { timeSchema, traceIdSchema, uuidSchema } from './id.ts'
import { pageOf, pageQuery } from './page.ts'
import { traceQuerySchema } from './trace.ts'

export const itemKindSchema = z.enum(['span', 'trace', 'session', 'comparison']).meta({ id: 'QueueItemKind' })
export type QueueItemKind = z.output<typeof itemKindSchema>

/** Which traces: the filters of the trace list, without its paging. */
export const trafficFilterSchema = traceQuerySchema.omit({ limit: true, cursor: true }).meta({ id: 'TrafficFilter' })
export type TrafficFilter = z.output<typeof trafficFilterSchema>

/**
 * How items are drawn from traffic. Every stratum has its rate; what no stratum matches is drawn at the `uniform` rate, and so is a uniform
 * slice of everything beside the targeted strata. The inclusion probability of an item follows and is stored with it.
 */
export const samplingPlanSchema = z
  .object({
    /** Rate of the uniform slice over all traffic that the filter lets through. */
    uniform: z.number().min(0).max(1),
    strata: z
      .array(z.object({ name: z.string().min(1).max(100), filter: trafficFilterSchema, rate: z.number().min(0).max(1) }))
      .max(50)
      .default([]),
    seed: z
      .int()
      .min(0)
      .max(2 ** 31 - 1)
      .default(1),
  })
  .meta({ id: 'SamplingPlan' })
export type SamplingPlan = z.output<typeof samplingPlanSchema>

/** What outputs for the same input are paired across; `samples` are the outputs of one call. */
const compareSchema = z.enum(['promptVersion', 'model', 'samples'])

const settings = {
  name: z.string().trim().min(1).max(100),
  instructions: z.string().max(5_000).default(''),
  rubricId: uuidSchema,
  guidelineId: uuidSchema.nullable().default(null),
  /** How many different people judge each item. */
  overlap: z.int().min(1).max(20).default(1),
  /** Who may work here: any reviewer of the project, named people, or people with a skill. */
  assignment: z
    .discriminatedUnion('mode', [
      z.object({ mode: z.literal('anyone') }),
      z.object({ mode: z.literal('people'), people: z.array(z.string()).min(1).max(500) }),
      z.object({ mode: z.literal('skill'), skill: z.string().min(1).max(100) }),
    ])
    .prefault({ mode: 'anyone' }),
  leaseMinutes: z
    .int()
    .min(1)
    .max(24 * 60)
    .default(15),
  /** What a reviewer may see before they have judged. */
  blind: z
    .object({ hideModel: z.boolean().default(true), hideOthers: z.boolean().default(true), hidePrelabels: z.boolean().default(true) })
    .prefault({}),
  /** Everybody gets the items in an order of their own; otherwise by priority and age. */
  shuffle: z.boolean().default(true),
  /** Share of items that are gold: known answers, not told apart on the screen. */
  goldRate: z.number().min(0).max(0.5).default(0),
  /** Entry test: judge so many gold items, pass with this share right. */
  qualification: z
    .object({ items: z.int().min(1).max(200), passMark: z.number().min(0).max(1) })
    .nullable()
    .default(null),
  /**
   * Watches everybody's answers to gold items with a sequential test: who is more likely to answer at the poor rate than at the good one, with
   * these errors, gets no further work until a lead has looked. Null for no watch.
   */
  goldWatch: z
    .object({
      good: z.number().gt(0).lt(1).default(0.9),
      poor: z.number().gt(0).lt(1).default(0.6),
      alpha: z.number().gt(0).max(0.4).default(0.01),
      beta: z.number().gt(0).max(0.4).default(0.1),
    })
    .refine(({ good, poor }) => poor < good, { path: ['poor'], message: 'must be below good' })
    .nullable()
    .prefault({}),
  /** What an hour of reviewing costs, for the figures of its lead. */
  hourlyRate: z
    .object({
      amount: z.number().min(0).max(100_000),
      currency: z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters, such as EUR'),
    })
    .nullable()
    .default(null),
  /** A rule that fills the queue from new traffic. */
  rule: z.object({ filter: trafficFilterSchema, plan: samplingPlanSchema, compare: compareSchema.optional() }).nullable().default(null),
}
export const queueInputSchema = z.object({ itemKind: itemKindSchema, ...settings }).meta({ id: 'QueueInput' })
export type QueueInput = z.input<typeof queueInputSchema>
/** A queue's settings with their defaults filled in. */
export type QueueSettings = Omit<z.output<typeof queueInputSchema>, 'name' | 'itemKind' | 'rubricId' | 'guidelineId' | 'overlap'>
export const queueChangeSchema = changeOf({ ...settings, state: z.enum(['open', 'paused', 'archived']) }).meta({ id: 'QueueChange' })
export type QueueChange = z.input<typeof queueChangeSchema>

/** How far a queue is. It is done when every item has its judgments; what people skipped or hold is not done. */
export const queueProgressSchema = z
  .object({
    items: z.int(),
    done: z.int(),
    /** Items without their judgments yet, among them those that somebody holds and those that need a lead. */
    open: z.int(),
    leased: z.int(),
    needsLead: z.int(),
    judgments: z.int(),
    judgmentsNeeded: z.int(),
  })
  .meta({ id: 'QueueProgress' })
export type QueueProgress = z.output<typeof queueProgressSchema>

export const queueSchema = queueInputSchema
  .extend({
    id: uuidSchema,
    state: z.enum(['open', 'paused', 'archived']),
    rubricVersion: z.int(),
    guidelineVersion: z.int().nullable(),
    createdAt: timeSchema,
    progress: queueProgressSchema,
  })
  .meta({ id: 'Queue' })
export type Queue = z.output<typeof queueSchema>
export const queuePageSchema = pageOf(queueSchema).meta({ id: 'QueuePage' })

// ---- filling ----

const itemSource = { priority: z.int().min(-100).max(100).default(0) }
/** An item to add. `gold` holds known answers by criterion key. */
export const itemInputSchema = z
  .object({
    target: targetSchema,
    gold: z.record(z.string(), z.unknown()).optional(),
    ...itemSource,
  })
  .meta({ id: 'QueueItemInput' })
export type QueueItemInput = z.input<typeof itemInputSchema>

/** Fills a queue: with items by hand, or from traffic by a filter and a plan (all of it when there is none). An item that is in the queue already is not added again. */
export const fillInputSchema = z
  .union([
    z.object({ items: z.array(itemInputSchema).min(1).max(1_000) }),
    z.object({
      filter: trafficFilterSchema,
      plan: samplingPlanSchema.optional(),
      /** For comparisons: pair outputs for the same input across these, or within one call's samples. */
      compare: compareSchema.optional(),
      limit: z.int().min(1).max(100_000).default(10_000),
      ...itemSource,
    }),
  ])
  .meta({ id: 'QueueFill' })
export type QueueFill = z.input<typeof fillInputSchema>
export const filledSchema = z
  .object({ added: z.int(), present: z.int(), refused: z.array(z.object({ index: z.int(), message: z.string() })) })
  .meta({ id: 'QueueFilled' })
export type QueueFilled = z.output<typeof filledSchema>

export const itemStateSchema = z.enum(['open', 'done', 'needs_lead', 'removed']).meta({ id: 'QueueItemState' })
export const queueItemSchema = z
  .object({
    id: uuidSchema,
    queueId: uuidSchema,
    target: targetSchema,
    state: itemStateSchema,
    priority: z.int(),
    judged: z.int(),
    skips: z.array(z.object({ reason: z.string(), n: z.int() })),
    gold: z.boolean(),
    stratum: z.string().nullable(),
    inclusionProbability: z.number().nullable(),
    /** The sampling plan that drew it, in short. */
    planVersion: z.string().nullable(),
    createdAt: timeSchema,
    preview: z.string(),
  })
  .meta({ id: 'QueueItem' })
export type QueueItem = z.output<typeof queueItemSchema>
export const queueItemQuerySchema = z.object({
  ...pageQuery,
  state: itemStateSchema.optional(),
  /** Items with known answers, or those without. */
  gold: z.enum(['true', 'false']).optional(),
  /** Items about this trace, or about one of its outputs. */
  traceId: traceIdSchema.optional(),
})
export const queueItemPageSchema = pageOf(queueItemSchema).meta({ id: 'QueueItemPage' })
