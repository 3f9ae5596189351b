import { z } from 'zod'
import { targetSchema } from './feedback.ts'
import { timeSchema, uuidSchema } from './id.ts'
import { pageOf, pageQuery } from './page.ts'
import { qualitySelection } from './quality.ts'

export const consensusQuerySchema = z.object({ ...qualitySelection, ...pageQuery, criterion: z.string().min(1).max(200) })
export type ConsensusQuery = z.output<typeof consensusQuerySchema>

/** A stretch of a text that more than half of an item's reviewers marked with a type, or a lead's mark. Offsets as in `Mark`. */
export const consensusMarkSchema = z
  .object({
    type: z.string(),
    field: z.enum(['output', 'input']),
    start: z.int(),
    end: z.int(),
    /** The marked text, at most 300 code points of it; empty where it is not known. */
    quote: z.string(),
    /** How many reviewers marked it, and which share of those who judged the item; null where a lead decided. */
    votes: z.int().nullable(),
    share: z.number().nullable(),
  })
  .meta({ id: 'ConsensusMark' })
export type ConsensusMark = z.output<typeof consensusMarkSchema>

/** What several people together say about an item on one criterion, and each of their votes. */
export const consensusItemSchema = z
  .object({
    target: targetSchema,
    kind: z.string(),
    /** The most probable value as text: a number, a word, or a JSON list of labels or of stretches. */
    value: z.string(),
    /** As a number where the kind has one (of thumbs the chance of up), with its posterior standard deviation. */
    score: z.number().nullable(),
    sd: z.number().nullable(),
    /** Posterior probability of the value; null for measurements. */
    probability: z.number().nullable(),
    /** Of marks: the stretches of a majority in the order of the text; null for other kinds. */
    marks: z.array(consensusMarkSchema).nullable(),
    posterior: z.array(z.object({ value: z.string(), probability: z.number() })),
    /** People who judged it. */
    n: z.int(),
    /** How far the votes are apart: 0 alike to 1. */
    spread: z.number(),
    /** `dawid-skene`, `one-coin`, either `by label`, `normal`, or of marks `majority`; `decision` where a lead decided. */
    method: z.string(),
    votes: z.array(z.object({ author: z.string(), value: z.string(), rationale: z.string(), feedbackId: uuidSchema, time: timeSchema })),
    /** How the output begins. */
    preview: z.string(),
  })
  .meta({ id: 'ConsensusItem' })
export type ConsensusItem = z.output<typeof consensusItemSchema>
export const consensusPageSchema = pageOf(consensusItemSchema).meta({ id: 'ConsensusPage' })

/** Where the consensus on a criterion comes from: method, fit, raters, and up to which judgment. */
export const consensusSourceSchema = z
  .object({ criterion: z.string(), kind: z.string(), source: z.record(z.string(), z.unknown()) })
  .meta({ id: 'ConsensusSource' })
export type ConsensusSource = z.output<typeof consensusSourceSchema>
