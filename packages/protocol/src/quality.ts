import { z } from 'zod'
import { timeSchema, uuidSchema } from './id.ts'
import { estimateSchema } from './overview.ts'
import { populationQuery, weightingSchema } from './population.ts'

const name = z.string().min(1).max(200)

/** Which judgments a quality report is about: those of people in a queue, on a criterion, on part of the traffic, under one guideline version. */
export const qualitySelection = {
  queue: uuidSchema.optional(),
  criterion: name.optional(),
  from: timeSchema.optional(),
  to: timeSchema.optional(),
  promptName: name.optional(),
  promptVersion: name.optional(),
  model: name.optional(),
  environment: name.optional(),
  /** `key:value`, several divided by commas, as in the trace list. */
  metadata: z.string().max(2_000).optional(),
  /** Version of the guideline that a judgment was given under. */
  guideline: z.coerce.number().int().min(1).optional(),
}
export const qualitySelectionSchema = z.object(qualitySelection).meta({ id: 'QualitySelection' })
export type QualitySelection = z.output<typeof qualitySelectionSchema>

/** What a report is cut by: a property of the span or of the judgment, or a key of the span's metadata. */
export const sliceBySchema = z
  .string()
  .regex(
    /^(promptVersion|model|environment|release|queue|guideline|rubric|metadata:.{1,100})$/s,
    'must be promptVersion, model, environment, release, queue, guideline, rubric or metadata:KEY',
  )
  .meta({ id: 'SliceBy' })

/** A report that takes longer than a request should wait: ask again. `done` of `total` steps are behind it. */
export const reportProgressSchema = z
  .object({ progress: z.object({ done: z.int(), total: z.int(), step: z.string() }) })
  .meta({ id: 'ReportProgress' })
export type ReportProgress = z.output<typeof reportProgressSchema>

/** What a report was made from: everything that is needed to make it again. */
export const reportSourceSchema = z
  .object({
    computedAt: timeSchema,
    /** Version of the newest judgment in the project when it was made. */
    watermark: z.string(),
    /** Judgments that match, and the share of items that was read where they exceed the most that is read at once. */
    judgments: z.int(),
    share: z.number(),
  })
  .meta({ id: 'ReportSource' })
export type ReportSource = z.output<typeof reportSourceSchema>

/** How far an agreement can be relied on: from 0.8 good, from 0.667 tentative, below low; unknown where it does not exist. */
export const agreementGradeSchema = z.enum(['good', 'tentative', 'low', 'unknown']).meta({ id: 'AgreementGrade' })
export type AgreementGrade = z.output<typeof agreementGradeSchema>

const agreementFigures = {
  /** Krippendorff's alpha on the level below; of marks by characters; of comparisons by outcome. */
  alpha: estimateSchema,
  /** Two judgments of one item being equal; not corrected for chance. */
  percent: estimateSchema,
  grade: agreementGradeSchema,
  items: z.int(),
  /** Items that at least two people judged. */
  pairedItems: z.int(),
  raters: z.int(),
  ratings: z.int(),
}
export const criterionAgreementSchema = z
  .object({
    criterion: z.string(),
    kind: z.string(),
    level: z.enum(['nominal', 'ordinal', 'interval', 'characters', 'pairs']),
    ...agreementFigures,
    /** What the figures are of. Those of a slice of the traffic are of that slice; those of a queue or guideline of all traffic. */
    weighting: weightingSchema,
    sentence: z.string(),
    /** The same for each label or type of mark. */
    parts: z.array(z.object({ part: z.string(), alpha: estimateSchema })),
    /** The most that anything can agree with one person: what another person's view (low) and the consensus (high) reach. */
    ceiling: z.object({ measure: z.enum(['accuracy', 'correlation']), low: estimateSchema, high: estimateSchema }).nullable(),
    slices: z.array(z.object({ slice: z.string(), ...agreementFigures })),
  })
  .meta({ id: 'CriterionAgreement' })
export type CriterionAgreement = z.output<typeof criterionAgreementSchema>

export const agreementQuerySchema = z.object({ ...qualitySelection, by: sliceBySchema.optional(), ...populationQuery })
export type AgreementQuery = z.output<typeof agreementQuerySchema>

/** Whether people's judgments agree, by criterion, worst first. */
export const agreementReportSchema = z
  .object({
    source: reportSourceSchema,
    grade: agreementGradeSchema,
    /** What it means, in a sentence or two. */
    sentence: z.string(),
    /** The criterion that needs a look first. */
    weakest: z.string().nullable(),
    criteria: z.array(criterionAgreementSchema),
  })
  .meta({ id: 'AgreementReport' })
export type AgreementReport = z.output<typeof agreementReportSchema>

/** Keys of the metadata of judged traffic that have few enough values to cut by. */
export const sliceKeysSchema = z
  .object({ items: z.array(z.object({ key: z.string(), values: z.int(), spans: z.int() })) })
  .meta({ id: 'SliceKeys' })
export type SliceKeys = z.output<typeof sliceKeysSchema>
