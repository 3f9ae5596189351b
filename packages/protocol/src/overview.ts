import { z } from 'zod'
import { authorKindSchema } from './feedback.ts'
import { timeSchema } from './id.ts'
import { populationQuery, weightingSchema } from './population.ts'

/** An estimate with its 95 % interval, how it was made, and its population. `estimate` is null with a `reason` where it does not exist. */
export const estimateSchema = z
  .object({
    estimate: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    /** Judgments behind it, and the traces they are about (the clusters of the interval). */
    n: z.int(),
    clusters: z.int(),
    /** Kish's effective number of those clusters, where they are weighted: so many of equal weight would say as much. */
    effective: z.number().optional(),
    method: z.string(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'Estimate' })
export type EstimateView = z.output<typeof estimateSchema>

export const overviewQuerySchema = z.object({
  from: timeSchema.optional(),
  to: timeSchema.optional(),
  promptName: z.string().max(200).optional(),
  environment: z.string().max(200).optional(),
  ...populationQuery,
})
export type OverviewQuery = z.output<typeof overviewQuerySchema>

/** The first page of the project: how much came in, how much of it was judged, and what each variant scored. */
export const overviewSchema = z
  .object({
    from: timeSchema,
    to: timeSchema,
    /** Length of one time bucket in milliseconds. */
    bucketMs: z.int(),
    /**
     * How long ago the figures were counted, in milliseconds; 0: they hold all that is on disk. A large project is answered from its last count
     * while the next one is made.
     */
    ageMs: z.int(),
    totals: z.object({
      traces: z.int(),
      generations: z.int(),
      errors: z.int(),
      feedback: z.int(),
      humanFeedback: z.int(),
      tracesWithFeedback: z.int(),
      costUsd: z.number().nullable(),
    }),
    volume: z.array(z.object({ time: timeSchema, traces: z.int(), withFeedback: z.int(), feedback: z.int() })),
    /** Share of traces with human feedback. */
    feedbackRate: estimateSchema,
    criteria: z.array(
      z.object({
        criterion: z.string(),
        kind: z.string(),
        authorKind: authorKindSchema,
        /** What all estimates of the criterion are of. A variant's are of that variant's traffic. */
        weighting: weightingSchema,
        overall: estimateSchema,
        /** Scores that are the consensus of several reviewers on an item, in place of their judgments. */
        consensus: z.int(),
        variants: z.array(
          z.object({
            promptName: z.string(),
            promptVersion: z.string(),
            model: z.string(),
            overall: estimateSchema,
            series: z.array(z.object({ time: timeSchema, score: estimateSchema })),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Overview' })
export type Overview = z.output<typeof overviewSchema>
