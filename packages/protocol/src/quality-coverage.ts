import { z } from 'zod'
import { estimateSchema } from './overview.ts'
import { strataBySchema, targetSharesSchema, weightingSchema } from './population.ts'
import { qualitySelection, reportSourceSchema } from './quality.ts'

export const coverageQuerySchema = z.object({
  ...qualitySelection,
  by: strataBySchema.default('promptVersion'),
  target: targetSharesSchema.optional(),
})
export type CoverageQuery = z.input<typeof coverageQuerySchema>

/** How well what reviewers judged represents the traffic, and what the scores are once it does. The unit is the trace. */
export const coverageReportSchema = z
  .object({
    source: reportSourceSchema,
    by: z.string(),
    sentence: z.string(),
    judged: z.int(),
    traffic: z.int(),
    /** Most under-represented first. `ratio`: how many times as common among the judged as in the traffic. */
    strata: z.array(
      z.object({
        name: z.string(),
        judged: z.int(),
        traffic: z.int(),
        judgedShare: z.number(),
        trafficShare: z.number(),
        ratio: z.number().nullable(),
      }),
    ),
    chiSquare: z.object({
      estimate: z.number().nullable(),
      degrees: z.number().nullable(),
      p: z.number().nullable(),
      /** Some expected count is below 5, so that p is rough. */
      sparse: z.boolean(),
      reason: z.string().nullable(),
    }),
    /** Population stability index, and what chance alone would make it. */
    psi: z.object({ estimate: z.number().nullable(), expected: z.number().nullable(), reason: z.string().nullable() }),
    empty: z.array(z.string()),
    emptyShare: z.number(),
    /** Kish's effective number of judged traces, once they are weighted like the traffic. */
    effective: z.object({ estimate: z.number().nullable(), designEffect: z.number().nullable(), n: z.int() }),
    /** Share of the scores whose inclusion probability is known from the queue's plan. */
    withProbability: z.number(),
    /** Mean score of each criterion for each population; null where no target was given. */
    estimates: z.array(
      z.object({
        criterion: z.string(),
        kind: z.string(),
        sample: estimateSchema,
        production: estimateSchema,
        target: estimateSchema.nullable(),
        /** How each of them came about. */
        weightings: z.array(weightingSchema),
      }),
    ),
  })
  .meta({ id: 'CoverageReport' })
export type CoverageReport = z.output<typeof coverageReportSchema>
