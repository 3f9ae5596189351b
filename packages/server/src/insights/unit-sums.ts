import type { WeightedMoments } from '@plaudit/stats'

/**
 * The judged traces of a slice on one variant in one time bucket and stratum, each with the mean of its scores: as they are, and where a queue's plan
 * drew them, weighted by the inverse of its probability.
 */
export type UnitSums = {
  bucket: number
  stratum: string
  /** The prompts and environments in which they were judged. */
  prompts: readonly string[]
  scores: number
  /** Traces with some judgment whose probability is not known. */
  unknown: number
  own: WeightedMoments
  drawn: WeightedMoments
}

const columns = ['units', 's', 'ss', 'scores', 'unknown', 'w', 'w2', 'w4', 'ws', 'w2s', 'w2ss'] as const
export type UnitSumsRow = Record<(typeof columns)[number] | 'bucket', string | number> & {
  slice: string
  variant: string
  stratum: string
  prompts: string[]
}

/**
 * @param judgments As SQL with slice, score, cluster, bucket, variant. @param traces The traffic as SQL; judgments on what is no trace do not count.
 * @param isByVariant Without, a trace with several variants counts once.
 */
export function unitSumsQuery(judgments: string, traces: string, isByVariant: boolean): string {
  return `SELECT judged.slice AS slice, variant, bucket, stratum, groupUniqArray(toString(place.prompt)) AS prompts, count() AS units, sum(mean) AS s, sum(mean * mean) AS ss,
      sum(judged.scores) AS scores, countIf(p = 0) AS unknown, sum(weight) AS w, sum(weight * weight) AS w2, sum(pow(weight, 4)) AS w4,
      sum(weight * mean) AS ws, sum(weight * weight * mean) AS w2s, sum(weight * weight * mean * mean) AS w2ss
    FROM (
      SELECT slice, ${isByVariant ? 'variant' : 'toUInt64(0) AS variant'}, cluster, any(bucket) AS bucket, avg(score) AS mean, count(score) AS scores
      FROM (${judgments}) WHERE score IS NOT NULL GROUP BY slice, variant, cluster
    ) AS judged
    INNER JOIN (${traces}) AS place ON judged.cluster = place.trace_key
    LEFT ANY JOIN (
      SELECT drawn_trace, drawn_slice, p, if(p > 0, 1 / p, 0) AS weight FROM (
        SELECT drawn_trace, drawn_slice, if(count() = count(probability), least(1, avg(ifNull(probability, 0))), 0) AS p FROM (
          SELECT trace_key AS drawn_trace, cityHash64(criterion, kind, author_kind) AS drawn_slice, JSONExtract(presentation, 'inclusionProbability', 'Nullable(Float64)') AS probability
          FROM feedback FINAL WHERE project_id = {projectId:String} AND trace_key != 0 AND score IS NOT NULL
        ) GROUP BY drawn_trace, drawn_slice)
    ) AS drawing ON judged.cluster = drawing.drawn_trace AND judged.slice = drawing.drawn_slice
    GROUP BY judged.slice, variant, bucket, stratum`
}

export function unitSumsOf(row: UnitSumsRow): UnitSums {
  const [units, s, ss, scores, unknown, w, w2, w4, ws, w2s, w2ss] = columns.map((column) => Number(row[column])) as Eleven
  return {
    bucket: Number(row.bucket),
    stratum: row.stratum,
    prompts: row.prompts,
    scores,
    unknown,
    own: { units, weights: units, weightSquares: units, weightFourths: units, sum: s, crossProducts: s, sumSquares: ss },
    drawn: { units, weights: w, weightSquares: w2, weightFourths: w4, sum: ws, crossProducts: w2s, sumSquares: w2ss },
  }
}

type Eleven = [number, number, number, number, number, number, number, number, number, number, number]
