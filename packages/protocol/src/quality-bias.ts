import { z } from 'zod'
import { estimateSchema } from './overview.ts'
import { reportSourceSchema } from './quality.ts'

/** `clear`: the interval leaves room for nothing that matters. `found`: beyond chance. `unsure`: the interval holds both. `unknown`: it cannot be told. */
export const biasVerdictSchema = z.enum(['found', 'clear', 'unsure', 'unknown']).meta({ id: 'BiasVerdict' })
export type BiasVerdict = z.output<typeof biasVerdictSchema>

/** One way in which judgments can be wrong in one direction. */
export const biasFindingSchema = z
  .object({
    kind: z.enum([
      'position',
      'length',
      'length_of_ratings',
      'severity',
      'central_tendency',
      'halo',
      'fatigue',
      'drift',
      'anchoring',
      'self_selection',
    ]),
    verdict: biasVerdictSchema,
    /** What is measured, in which unit. */
    measure: z.string(),
    unit: z.enum(['log_odds', 'share', 'correlation', 'points_of_scale']),
    estimate: estimateSchema,
    /** What it means, and what to do. */
    sentence: z.string(),
    advice: z.string(),
  })
  .meta({ id: 'BiasFinding' })
export type BiasFinding = z.output<typeof biasFindingSchema>

/** Where the judgments of a project lean. No reviewer is named. */
export const biasReportSchema = z
  .object({
    source: reportSourceSchema,
    sentence: z.string(),
    findings: z.array(biasFindingSchema),
    /** Criteria of rubrics in use that nobody answers, and values of a scale that nobody gives. */
    unused: z.array(z.object({ rubric: z.string(), criterion: z.string(), values: z.array(z.string()), judgments: z.int() })),
  })
  .meta({ id: 'BiasReport' })
export type BiasReport = z.output<typeof biasReportSchema>
