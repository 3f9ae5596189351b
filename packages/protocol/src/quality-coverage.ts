import { z } from 'zod'
import { estimateSchema } from './overview.ts'
import { qualitySelection, reportSourceSchema, sliceBySchema } from './quality.ts'

export const coverageQuerySchema = z.object({
  ...qualitySelection,
  by: sliceBySchema.default('promptVersion'),
  /** Shares of a target population, as `stratum:share`, several divided by commas; a comma or colon of a name with a backslash before it. */
  target: z.string().max(10_000).optional(),
})
export type CoverageQuery = z.input<typeof coverageQuerySchema>

/** Whose mean an estimate is: of what was judged, of the traffic, or of a population of given shares. */
export const populationSchema = z.enum(['sample', 'production', 'target']).meta({ id: 'Population' })
export type Population = z.output<typeof populationSchema>

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
      }),
    ),
  })
  .meta({ id: 'CoverageReport' })
export type CoverageReport = z.output<typeof coverageReportSchema>
