import { z } from 'zod'
import { timeSchema, uuidSchema } from './id.ts'
import { pageOf, pageQuery } from './page.ts'
import { rewardModelNameSchema, rewardPairSourceSchema } from './reward.ts'

export const datasetSplitSchema = z.enum(['train', 'validation', 'test']).meta({ id: 'DatasetSplit' })
export type DatasetSplit = z.output<typeof datasetSplitSchema>

/** How rows are made of judgments. */
const making = {
  /** A row for every author's judgment, or one for the consensus on each pair. */
  judgments: z.enum(['author', 'consensus']).default('author'),
  /** Authors who agree little with others count less. */
  byReliability: z.boolean().default(false),
  /** Rarely drawn items count more, so that the rows stand for all traffic. */
  byInclusion: z.boolean().default(false),
  /** What stays on one side of the split, and the shares of the sides that are not for training. By time, the newest rows are the test side. */
  split: z
    .object({
      by: z.enum(['prompt', 'conversation', 'author', 'time']).default('prompt'),
      validation: z.number().min(0).max(0.5).default(0),
      test: z.number().min(0).max(0.5).default(0.2),
      seed: z.int().min(0).max(1_000_000).default(1),
    })
    .prefault({}),
}

const about = {
  name: rewardModelNameSchema,
  description: z.string().max(5_000).default(''),
  /** Under which licence the rows may be used, for example `internal use` or `CC BY 4.0`. */
  licence: z.string().max(200).default(''),
  /** Where the rows come from, and what people were told. */
  provenance: z.string().max(5_000).default(''),
}

export const datasetFeedbackSchema = z
  .object({
    criterion: z.string().max(200).optional(),
    from: timeSchema.optional(),
    to: timeSchema.optional(),
    /** Kinds of comparisons that are taken in, all where left out; an empty list for ratings and thumbs alone. */
    sources: z.array(rewardPairSourceSchema).optional(),
    /** Criteria whose ratings and thumbs, each of one output, become rows as well. They train a model, and never judge it. */
    ratedOn: z.array(z.string().min(1).max(200)).max(20).default([]),
    /** Only these authors … */
    authors: z.array(z.string().max(200)).min(1).max(1_000).optional(),
    /** … or all but these. */
    excludeAuthors: z.array(z.string().max(200)).max(1_000).optional(),
  })
  .meta({ id: 'DatasetFeedback' })

/** A data set to be made: from people's feedback, from the rows of other data sets, or from both. */
export const datasetInputSchema = z
  .object({
    ...about,
    /** Which feedback; null for none. */
    feedback: datasetFeedbackSchema.nullable().prefault({}),
    /** Data sets whose rows are included, for instance imported files. */
    include: z.array(uuidSchema).max(20).default([]),
    ...making,
  })
  .meta({ id: 'DatasetInput' })
export type DatasetInput = z.input<typeof datasetInputSchema>
export type ParsedDatasetInput = z.output<typeof datasetInputSchema>

/** What goes with a file of pairs. */
export const datasetImportSchema = z.object({
  ...about,
  /** Name of the file, as it is remembered. */
  file: z.string().max(300).default(''),
  /** Field whose value keeps rows together; the opening user turn where left out. */
  group: z.string().max(200).optional(),
  judgments: making.judgments,
  byReliability: z.stringbool().default(false),
  splitBy: z.enum(['prompt', 'conversation', 'author', 'time']).default('prompt'),
  test: z.coerce.number().min(0).max(0.5).default(0.2),
  validation: z.coerce.number().min(0).max(0.5).default(0),
  seed: z.coerce.number().int().min(0).max(1_000_000).default(1),
})
export type DatasetImport = z.input<typeof datasetImportSchema>

/** A snapshot of comparisons, ratings and thumbs, which never changes: the same id always holds the same rows. */
export const datasetSchema = z
  .object({
    id: uuidSchema,
    name: z.string(),
    version: z.int(),
    state: z.enum(['building', 'ready', 'failed']),
    description: z.string(),
    licence: z.string(),
    provenance: z.string(),
    /** What it was made of: filter, included data sets or file, weights, split. */
    definition: z.record(z.string(), z.unknown()),
    /** Counts, weights, reliability of authors, leakage, warnings. Null until it is ready. */
    card: z.record(z.string(), z.unknown()).nullable(),
    /** SHA-256 of its rows as JSON lines. */
    checksum: z.string().nullable(),
    rows: z.int(),
    /** Why it could not be made. */
    error: z.string().nullable(),
    createdAt: timeSchema,
    createdBy: z.string(),
  })
  .meta({ id: 'Dataset' })
export type Dataset = z.output<typeof datasetSchema>
export const datasetQuerySchema = z.object({ ...pageQuery, name: z.string().max(100).optional() })
export const datasetPageSchema = pageOf(datasetSchema).meta({ id: 'DatasetPage' })

const row = {
  key: z.string(),
  prompt: z.string(),
  group: z.string(),
  weight: z.number(),
  split: datasetSplitSchema,
  /** What kind of feedback it is; for ratings and thumbs with their criterion, such as `rating: tone`. */
  source: z.string(),
  author: z.string().optional(),
  time: z.string().optional(),
  strata: z.record(z.string(), z.string()).optional(),
  feedback: z.array(z.string()),
  traces: z.array(z.string()),
}

/** One row, with the judgments and traces that it was made of: a comparison of two outputs, a thumb (as TRL's unpaired preferences) or a rating. */
export const datasetRowSchema = z
  .union([
    z.object({ ...row, chosen: z.string(), rejected: z.string(), tie: z.boolean().optional(), strength: z.number().optional() }),
    z.object({ ...row, completion: z.string(), label: z.boolean() }),
    /** The rating counts from 1 to `levels`, and more is better. */
    z.object({ ...row, output: z.string(), rating: z.int(), levels: z.int() }),
  ])
  .meta({ id: 'DatasetRow' })
export type DatasetRow = z.output<typeof datasetRowSchema>
export const datasetRowQuerySchema = z.object({ ...pageQuery, split: datasetSplitSchema.optional() })
export type DatasetRowQuery = z.output<typeof datasetRowQuerySchema>
export const datasetRowPageSchema = pageOf(datasetRowSchema).meta({ id: 'DatasetRowPage' })

/** What a version has that an earlier one has not. */
export const datasetDiffSchema = z
  .object({
    added: z.int(),
    removed: z.int(),
    changed: z.int(),
    same: z.int(),
    examples: z.array(
      z.object({
        change: z.enum(['added', 'removed', 'changed']),
        key: z.string(),
        prompt: z.string(),
        /** The preferred output of a comparison, or the one output that was judged. */
        output: z.string(),
        /** What was said of it: `preferred`, `tied`, `up`, `down`, or a rating such as `4 of 5`. */
        verdict: z.string(),
      }),
    ),
  })
  .meta({ id: 'DatasetDiff' })
export type DatasetDiff = z.output<typeof datasetDiffSchema>
