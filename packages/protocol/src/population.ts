import { z } from 'zod'

/** What an estimate is of: what was judged, the traffic, or a population of given shares. */
export const populationSchema = z.enum(['sample', 'production', 'target']).meta({ id: 'Population' })
export type Population = z.output<typeof populationSchema>

/** What traffic is divided into strata by: a property of a trace's first generation, or a key of its metadata. */
export const strataBySchema = z
  .string()
  .regex(
    /^(promptVersion|model|environment|release|metadata:.{1,100})$/s,
    'must be promptVersion, model, environment, release or metadata:KEY: traffic has no queue, guideline or rubric',
  )
  .meta({ id: 'StrataBy' })

/**
 * Shares of a target population, as `stratum:share`, several divided by commas; a comma or colon of a name with a backslash before it.
 * `(all others)` is every stratum that is not named.
 */
export const targetSharesSchema = z.string().max(10_000).meta({ id: 'TargetShares' })

/** Which population a report's estimates are of. Left out, they are of what was judged. */
export const populationQuery = {
  population: populationSchema.optional(),
  /** The strata by which judgments are weighted where the probabilities of a queue's plan do not do it. Left out: `promptVersion`. */
  strata: strataBySchema.optional(),
  target: targetSharesSchema.optional(),
}
const populationQuerySchema = z.object(populationQuery)
export type PopulationQuery = z.output<typeof populationQuerySchema>

/** How a criterion's estimates were brought to their population. */
export const weightingSchema = z
  .object({
    population: populationSchema,
    /** `probability`: each judgment by the inverse of the chance with which its queue's plan drew it. `strata`: strata in the population's proportions. */
    method: z.enum(['none', 'probability', 'strata']),
    /** What the strata are, where they do it. */
    strata: z.string().nullable(),
    /** Whose estimates these are, in a sentence. */
    sentence: z.string(),
  })
  .meta({ id: 'Weighting' })
export type Weighting = z.output<typeof weightingSchema>
