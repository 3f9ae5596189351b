import { z } from 'zod'
import { timeSchema } from './id.ts'
import { estimateSchema } from './overview.ts'
import { reportSourceSchema } from './quality.ts'

/** A habit that stands out beyond chance, in a sentence. */
export const reviewerFlagSchema = z
  .object({
    kind: z.enum([
      'disagrees',
      'lenient',
      'strict',
      'middle',
      'extreme',
      'first_side',
      'second_side',
      'longer',
      'shorter',
      'worse_over_time',
      'tires',
    ]),
    sentence: z.string(),
  })
  .meta({ id: 'ReviewerFlag' })
export type ReviewerFlag = z.output<typeof reviewerFlagSchema>

/** One reviewer beside the others who judged the same items. Every figure has its interval. */
export const reviewerFiguresSchema = z
  .object({
    reviewerId: z.string(),
    judgments: z.int(),
    items: z.int(),
    /** Items that somebody else judged, too: what all comparisons rest on. */
    sharedItems: z.int(),
    /** Agreement with the others on the same items and criteria, 0..1: equal choices; for numbers 1 less the distance over the scale. */
    agreement: estimateSchema,
    /** The same beside what all reviewers reach on the same criteria: above 0 agrees more than is usual. */
    agreementBeside: estimateSchema,
    /** The same measure between judgments of one item by this reviewer, where they judged one more than once; by criterion as Krippendorff's alpha. */
    selfAgreement: estimateSchema,
    selfAgreementByCriterion: z.array(z.object({ criterion: z.string(), kind: z.string(), alpha: estimateSchema })),
    /** Ratings above (lenient) or below (strict) the others', as a share of the scale; by criterion in points. */
    leniency: estimateSchema,
    leniencyByCriterion: z.array(z.object({ criterion: z.string(), leniency: estimateSchema })),
    /** Nearer to the middle of the scale (below 0) or to its ends than the others, as a share of the scale. */
    extremeness: estimateSchema,
    /** Mean correlation between the criteria of an output. */
    halo: estimateSchema,
    /** Log-odds that standing first (on the left) adds in a comparison. */
    position: estimateSchema,
    /** Log-odds per standard deviation that being longer adds in a comparison. */
    length: estimateSchema,
    /** Rating above the others' for each doubling of the output's length, as a share of the scale. */
    lengthOfRatings: estimateSchema,
    /** Change of the agreement, beside what is usual on the same criteria, per week, and per hour within a sitting. */
    drift: estimateSchema,
    fatigue: estimateSchema,
    /** By week: agreement and leniency. */
    weeks: z.array(z.object({ time: timeSchema, agreement: estimateSchema, leniency: estimateSchema })),
    /** Agreement by the time since the sitting began, its clusters the sittings; a pause of over 30 minutes ends one. The last stretch may be open. */
    sitting: z.array(z.object({ fromMinutes: z.number(), toMinutes: z.number().nullable(), agreement: estimateSchema })),
    flags: z.array(reviewerFlagSchema),
  })
  .meta({ id: 'ReviewerFigures' })
export type ReviewerFigures = z.output<typeof reviewerFiguresSchema>

export const reviewerReportSchema = z
  .object({
    source: reportSourceSchema,
    sentence: z.string(),
    /** All reviewers together. */
    all: z.object({
      agreement: estimateSchema,
      drift: estimateSchema,
      fatigue: estimateSchema,
      position: estimateSchema,
      length: estimateSchema,
    }),
    reviewers: z.array(reviewerFiguresSchema),
  })
  .meta({ id: 'ReviewerReport' })
export type ReviewerReport = z.output<typeof reviewerReportSchema>

/** A reviewer's own figures beside those of all together; null before the first judgment. Nobody else is named. */
export const myFiguresSchema = z
  .object({ source: reportSourceSchema, all: reviewerReportSchema.shape.all, me: reviewerFiguresSchema.nullable() })
  .meta({ id: 'MyFigures' })
export type MyFigures = z.output<typeof myFiguresSchema>
