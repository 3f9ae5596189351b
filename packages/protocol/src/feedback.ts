import { z } from 'zod'
import { metadataSchema, spanIdSchema, timeSchema, traceIdSchema, uuidSchema } from './id.ts'

// ---- what feedback is about ----

const spanRef = { traceId: traceIdSchema, spanId: spanIdSchema }
export const spanRefSchema = z.object(spanRef).meta({ id: 'SpanRef' })
export type SpanRef = z.output<typeof spanRefSchema>

export const targetSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('span'), ...spanRef }),
    z.object({ kind: z.literal('trace'), traceId: traceIdSchema }),
    z.object({ kind: z.literal('session'), sessionId: z.string().min(1).max(200) }),
    /** One retrieved document of a span, by its place in the result (0 is the first). */
    z.object({ kind: z.literal('document'), ...spanRef, index: z.int().min(0).max(100_000) }),
    /** Several outputs for the same input. For a comparison of two, the first is left and the second right. */
    z.object({ kind: z.literal('comparison'), outputs: z.array(spanRefSchema).min(2).max(20) }),
  ])
  .meta({ id: 'Target' })
export type Target = z.output<typeof targetSchema>

// ---- who gave it ----

export const authorKindSchema = z.enum(['human', 'model', 'code'])

export const authorSchema = z
  .object({
    kind: authorKindSchema.default('human'),
    /** Who, within the project. Left out, the author is anonymous and every judgment stands for itself. */
    id: z.string().min(1).max(200).optional(),
    role: z.enum(['end_user', 'reviewer', 'lead']).optional(),
  })
  .meta({ id: 'Author' })
export type Author = z.output<typeof authorSchema>

// ---- the values, by kind ----

const reason = z.string().min(1).max(200)
const longText = z.string().min(1).max(200_000)

/** `up` or `down`; true, 1, false, 0 and −1 are accepted and stored as one of the two. */
export const thumbsValueSchema = z
  .union([
    z.enum(['up', 'down']),
    z.boolean().transform((up) => (up ? 'up' : 'down')),
    z.union([z.literal(1), z.literal(0), z.literal(-1)]).transform((sign) => (sign === 1 ? 'up' : 'down')),
  ])
  .pipe(z.enum(['up', 'down']))

/** A report that something is wrong. One reason, several, or `true` for none are accepted and stored as `{reasons}`. */
export const flagValueSchema = z
  .union([
    z.object({ reasons: z.array(reason).max(20) }),
    reason.transform((one) => ({ reasons: [one] })),
    z
      .array(reason)
      .max(20)
      .transform((reasons) => ({ reasons })),
    z.literal(true).transform(() => ({ reasons: [] as string[] })),
  ])
  .pipe(z.object({ reasons: z.array(z.string()) }))

const correction = { text: z.string().max(200_000), reasons: z.array(reason).max(20).optional() }
/** What the output should have been, and why it was changed. A plain string is accepted and stored as `{text}`. */
export const correctionValueSchema = z
  .union([z.object(correction), correction.text.transform((text) => ({ text }))])
  .pipe(z.object(correction))

export const outcomeSchema = z.enum(['left', 'right', 'tie', 'both_bad', 'cannot_judge']).meta({ id: 'Outcome' })
export type Outcome = z.output<typeof outcomeSchema>

/** Outcome of a comparison of two, with an optional strength of preference 1 (slight) to 7. A plain outcome is accepted. */
export const comparisonValueSchema = z
  .union([
    z.object({ outcome: outcomeSchema, strength: z.int().min(1).max(7).optional() }),
    outcomeSchema.transform((outcome) => ({ outcome })),
  ])
  .pipe(z.object({ outcome: outcomeSchema, strength: z.number().optional() }))

/** Ranks of the target's outputs in the target's order: 1 is best, equal numbers are ties. */
export const rankingValueSchema = z.object({ ranks: z.array(z.int().min(1)).min(2).max(20) })

/**
 * A typed range of text. Offsets count Unicode code points, `end` is exclusive; `start = end` is an insertion point for
 * missing content. `quote` is the marked text and, with its context, lets a mark be checked against the text it was made on.
 */
export const markSchema = z
  .object({
    type: z.string().min(1).max(100),
    start: z.int().min(0),
    end: z.int().min(0),
    field: z.enum(['output', 'input']).default('output'),
    quote: z.string().max(200_000).optional(),
    before: z.string().max(200).optional(),
    after: z.string().max(200).optional(),
    severity: z.string().max(50).optional(),
    note: z.string().max(10_000).optional(),
  })
  .refine((mark) => mark.end >= mark.start, 'must not end before it starts')
  .meta({ id: 'Mark' })
export type Mark = z.output<typeof markSchema>

/** The value's schema for each kind of feedback. */
export const feedbackValueSchemas = {
  thumbs: thumbsValueSchema,
  rating: z.number(),
  label: z.string().min(1).max(500),
  labels: z.array(z.string().min(1).max(500)).max(100),
  flag: flagValueSchema,
  correction: correctionValueSchema,
  comparison: comparisonValueSchema,
  ranking: rankingValueSchema,
  marks: z.array(markSchema).max(2_000),
  text: longText,
} as const
export type FeedbackKind = keyof typeof feedbackValueSchemas
export const feedbackKindSchema = z
  .enum(Object.keys(feedbackValueSchemas) as [FeedbackKind, ...FeedbackKind[]])
  .meta({ id: 'FeedbackKind' })

// ---- the record ----

const record = {
  /** Makes the write idempotent: the same id again is the same feedback. Ours when left out. */
  id: uuidSchema.optional(),
  target: targetSchema,
  criterion: z.string().min(1).max(200),
  author: authorSchema.prefault({}),
  /** Tells two judgments of one author on one target and criterion apart; without it the newer supersedes the older. */
  identifier: z.string().max(200).optional(),
  rationale: z.string().max(50_000).optional(),
  /** When it was given; the time of arrival when left out. */
  time: timeSchema.optional(),
  metadata: metadataSchema.optional(),
  /** How it was shown: order, rendering, prelabel, guideline and rubric version, sampling plan. Kept as sent, at most 16,000 characters. */
  presentation: z
    .record(z.string(), z.unknown())
    .refine((log) => JSON.stringify(log).length <= 16_000, 'must be at most 16,000 characters as JSON')
    .optional(),
}

function ofKind<K extends FeedbackKind>(kind: K) {
  return z.object({ ...record, kind: z.literal(kind), value: feedbackValueSchemas[kind] })
}

/** One judgment as it is sent: any kind, on any target. */
export const feedbackInputSchema = z
  .discriminatedUnion('kind', [
    ofKind('thumbs'),
    ofKind('rating'),
    ofKind('label'),
    ofKind('labels'),
    ofKind('flag'),
    ofKind('correction'),
    ofKind('comparison'),
    ofKind('ranking'),
    ofKind('marks'),
    ofKind('text'),
  ])
  .superRefine((feedback, context) => {
    const { kind, target, value } = feedback
    const wants = kind === 'comparison' || kind === 'ranking'
    if (wants !== (target.kind === 'comparison') && (wants || target.kind === 'comparison') && kind !== 'text')
      context.addIssue({
        code: 'custom',
        path: ['target'],
        message: wants ? `a ${kind} needs a target of kind comparison` : `a ${kind} cannot be about a comparison`,
      })
    if (target.kind !== 'comparison') return
    if (kind === 'comparison' && target.outputs.length !== 2)
      context.addIssue({
        code: 'custom',
        path: ['target', 'outputs'],
        message: 'a comparison is between exactly two outputs; use a ranking for more',
      })
    if (kind === 'ranking' && value.ranks.length !== target.outputs.length)
      context.addIssue({
        code: 'custom',
        path: ['value', 'ranks'],
        message: `must have one rank per output: ${target.outputs.length}, not ${value.ranks.length}`,
      })
  })
  .meta({ id: 'FeedbackInput' })
/** What a client may send, before defaults and short forms are resolved. */
export type FeedbackInput = z.input<typeof feedbackInputSchema>
/** What was sent, with defaults and short forms resolved. */
export type ParsedFeedback = z.output<typeof feedbackInputSchema>

const stored = {
  id: uuidSchema,
  author: z.object({ kind: authorKindSchema, id: z.string(), role: z.enum(['end_user', 'reviewer', 'lead']).nullable() }),
  identifier: z.string(),
  rationale: z.string(),
  time: timeSchema,
  receivedAt: timeSchema,
  metadata: z.record(z.string(), z.string()),
  presentation: z.record(z.string(), z.unknown()),
}

/** One judgment as it is stored and returned. `value` has the shape that `kind` says. */
export const feedbackSchema = z
  .object({ ...stored, target: targetSchema, criterion: z.string(), kind: feedbackKindSchema, value: z.unknown() })
  .meta({ id: 'Feedback' })
export type Feedback = z.output<typeof feedbackSchema>

/** The number that charts average for a judgment, or null where the kind has none: thumbs 1 or 0, a rating as it is, a flag 1. */
export function feedbackScore(kind: FeedbackKind, value: unknown): number | null {
  if (kind === 'thumbs') return value === 'up' ? 1 : 0
  if (kind === 'rating') return typeof value === 'number' ? value : null
  return kind === 'flag' ? 1 : null
}
