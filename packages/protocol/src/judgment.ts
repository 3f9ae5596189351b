import { z } from 'zod'
import { answersSchema, rationalesSchema } from './answer.ts'
import { feedbackSchema, targetSchema } from './feedback.ts'
import { guidelineSchema } from './guideline.ts'
import { timeSchema, uuidSchema } from './id.ts'
import { messageSchema } from './message.ts'
import { rubricSchema } from './rubric.ts'
import { documentSchema } from './span.ts'

/** Why an item is skipped; each reason has its own route. */
export const skipReasonSchema = z
  .enum(['not_my_expertise', 'broken_rendering', 'harmful_to_view', 'too_long', 'guideline_unclear', 'other'])
  .meta({ id: 'SkipReason' })
export type SkipReason = z.output<typeof skipReasonSchema>

/** One output as it is shown: its letter, and nothing of where it comes from unless the queue says so. */
export const shownOutputSchema = z
  .object({ messages: z.array(messageSchema), model: z.string().nullable(), promptVersion: z.string().nullable() })
  .meta({ id: 'ShownOutput' })
export type ShownOutput = z.output<typeof shownOutputSchema>

/** An item as one reviewer sees it. Outputs of a comparison stand in the order that was drawn for this reviewer. */
export const workSchema = z
  .object({
    itemId: uuidSchema,
    queueId: uuidSchema,
    kind: z.enum(['span', 'trace', 'session', 'comparison']),
    target: targetSchema,
    input: z.array(messageSchema),
    outputs: z.array(shownOutputSchema),
    documents: z.array(documentSchema),
    metadata: z.record(z.string(), z.string()),
    /** False while the trace has not arrived: the item can only be skipped. */
    available: z.boolean(),
    rubricVersion: z.int(),
    guidelineVersion: z.int().nullable(),
    lease: z.object({ id: uuidSchema, expiresAt: timeSchema }),
    /** What this reviewer had filled in before. */
    draft: z.object({ answers: answersSchema, rationales: rationalesSchema, activeMs: z.number() }).nullable(),
    /** What models said of the item, where the queue shows that; of outputs as they are shown. */
    prelabels: z.array(feedbackSchema),
    /** What others answered here, where the queue shows that; of outputs as they are shown, without names. */
    others: z.array(feedbackSchema),
    /** What a lead said who sent the judgment back. */
    leadNote: z.string().nullable(),
    bookmarked: z.boolean(),
  })
  .meta({ id: 'Work' })
export type Work = z.output<typeof workSchema>

/** What a reviewer needs to begin: rubric, guideline, and whether a new version must be acknowledged first. */
export const deskSchema = z
  .object({
    queueId: uuidSchema,
    name: z.string(),
    instructions: z.string(),
    rubric: rubricSchema,
    guideline: guidelineSchema.nullable(),
    /** The version acknowledged last, null for none; work is handed out only when it is the newest. */
    acknowledgedVersion: z.int().nullable(),
    /** The text of the version acknowledged last, when it is not the newest: what has changed is told against it. */
    acknowledgedBody: z.string().nullable(),
    leaseMinutes: z.int(),
    mine: z.object({ judged: z.int(), skipped: z.int(), activeMs: z.number() }),
    remaining: z.int(),
    /** Why no work is handed out, when it is not: paused, not assigned, qualification not passed, or nothing left for this person. */
    closed: z.string().nullable(),
  })
  .meta({ id: 'Desk' })
export type Desk = z.output<typeof deskSchema>

const holdingSchema = z.array(uuidSchema).max(5)
export const claimInputSchema = z
  .object({
    /** Leases that this reviewer's screen already holds (the item in view); the answer is another one. */
    holding: holdingSchema.default([]),
  })
  .meta({ id: 'ClaimInput' })
export const claimedSchema = z
  .object({
    work: workSchema.nullable(),
    closed: z.string().nullable(),
    /** The server's clock, by which leases run out; the reviewer's may be wrong. */
    now: timeSchema,
  })
  .meta({ id: 'Claimed' })
export type Claimed = z.output<typeof claimedSchema>

const drafted = {
  leaseId: uuidSchema,
  answers: answersSchema.default({}),
  rationales: rationalesSchema.default({}),
  /** Time at work on this item, idle time left out. */
  activeMs: z.number().min(0).max(86_400_000).default(0),
}
export const draftInputSchema = z.object(drafted).meta({ id: 'DraftInput' })
/** `submissionId` makes the submit idempotent: a repeat after a lost answer is the same judgment. */
export const submitInputSchema = z
  .object({
    ...drafted,
    submissionId: uuidSchema,
    rubricVersion: z.int(),
    guidelineVersion: z.int().nullable(),
    /** How it was shown: rendered or raw, differences on or off. */
    rendering: z
      .record(z.string(), z.unknown())
      .refine((log) => JSON.stringify(log).length <= 8_000, 'must be at most 8,000 characters as JSON')
      .default({}),
    /** Asks for the next item as well, as a claim with the same leases in hand does: one request for each item. */
    holding: holdingSchema.optional(),
  })
  .meta({ id: 'SubmitInput' })
export type SubmitInput = z.input<typeof submitInputSchema>
/**
 * `late`: the lease had run out and the item has its judgments; this one is kept and a lead can use it. `next` is null where it was not asked for,
 * or cannot be handed out: a claim says why.
 */
export const submittedSchema = z
  .object({
    judgmentId: uuidSchema,
    state: z.enum(['accepted', 'late']),
    goldFeedback: z.string().nullable(),
    next: claimedSchema.nullable(),
  })
  .meta({ id: 'Submitted' })
export type Submitted = z.output<typeof submittedSchema>

export const skipInputSchema = z
  .object({ leaseId: uuidSchema, reason: skipReasonSchema, note: z.string().max(2_000).default('') })
  .meta({ id: 'SkipInput' })
export type SkipInput = z.input<typeof skipInputSchema>

/** One reviewer's judgment on one item, with all that is known of how it came about. */
export const judgmentSchema = z
  .object({
    id: uuidSchema,
    itemId: uuidSchema,
    personId: z.string(),
    personName: z.string().nullable(),
    state: z.enum(['accepted', 'late']),
    /** Said of a side, they stand here of the target's output: `left` is its first. `presentation.order` has what stood where. */
    answers: answersSchema,
    rationales: rationalesSchema,
    presentation: z.record(z.string(), z.unknown()),
    rubricVersion: z.int(),
    guidelineVersion: z.int().nullable(),
    activeMs: z.number(),
    submittedAt: timeSchema,
  })
  .meta({ id: 'Judgment' })
export type Judgment = z.output<typeof judgmentSchema>

/** A queue that a reviewer can work in. */
export const myQueueSchema = z
  .object({
    queueId: uuidSchema,
    name: z.string(),
    instructions: z.string(),
    itemKind: z.enum(['span', 'trace', 'session', 'comparison']),
    remaining: z.int(),
    /** Items in hand, among them those that a lead sent back. */
    held: z.int(),
    mine: z.object({ judged: z.int(), skipped: z.int(), activeMs: z.number() }),
    closed: z.string().nullable(),
    /** The guideline has a version that this person has not read. */
    guidelineChanged: z.boolean(),
  })
  .meta({ id: 'MyQueue' })
export type MyQueue = z.output<typeof myQueueSchema>
