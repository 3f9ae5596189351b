import type { EventStore } from '../events/event-store.ts'
import { itemKey } from '../events/item-key.ts'
import type { SelectedJudgments, SelectedTraffic } from './selection.ts'

/** Strata looked at one by one; what is rarer goes together. */
const MOST_STRATA = 200
export const OTHER = '(all others)'
export const NONE = '(none)'

/** The scores of a criterion on one judged trace: their sum and number, and the mean inclusion probability where each has one. */
export type ScoreLine = [
  criterion: string,
  kind: string,
  slice: string,
  trace: string,
  sum: number,
  n: string | number,
  probability: number | null,
]

/** Reads of judged traces beside the traffic. */
export function coverageStore(events: EventStore) {
  /** Traces of the traffic by stratum, and how many of them were judged; the largest strata first. */
  async function strata(traffic: SelectedTraffic, judged: SelectedJudgments): Promise<{ name: string; judged: number; traffic: number }[]> {
    const rows = await events.query<{ name: string; traffic: string; judged: string }>(
      `SELECT if(slice = '', '${NONE}', slice) AS name, count() AS traffic,
         countIf(trace_key IN (SELECT judgment.trace_key ${judged.from})) AS judged
       FROM (${traffic.traces}) GROUP BY name ORDER BY traffic DESC, name`,
      { ...judged.params, ...traffic.params },
    )
    const counted = rows.map((row) => ({ name: row.name, judged: Number(row.judged), traffic: Number(row.traffic) }))
    const rest = counted.slice(MOST_STRATA)
    const sum = (key: 'judged' | 'traffic') => rest.reduce((total, row) => total + row[key], 0)
    const other = rest.length > 0 ? [{ name: OTHER, judged: sum('judged'), traffic: sum('traffic') }] : []
    return [...counted.slice(0, MOST_STRATA), ...other]
  }

  /** Scores by criterion and trace: the consensus of an item where it has one, else the judgment. */
  function scores({ params, ...judged }: SelectedJudgments, traffic: SelectedTraffic): AsyncIterable<ScoreLine[]> {
    return events.stream<ScoreLine>(
      `SELECT criterion, kind, if(place.slice = '', '${NONE}', place.slice) AS stratum, toString(item.trace_key) AS trace, sum(if(consensus.judged_key = 0, own, ifNull(together, own))) AS s, count() AS n,
         if(count() = count(p), avg(p), NULL) AS probability
       FROM (
         SELECT judgment.criterion AS criterion, judgment.kind AS kind, ${itemKey} AS item, any(judgment.trace_key) AS trace_key,
           avg(judgment.score) AS own, avg(JSONExtract(presentation, 'inclusionProbability', 'Nullable(Float64)')) AS p
         ${judged.from} AND judgment.score IS NOT NULL GROUP BY criterion, kind, item
       ) AS item
       LEFT ANY JOIN (
         SELECT judged_key, score AS together FROM consensus FINAL WHERE project_id = {projectId:String} AND item != '' AND score IS NOT NULL
       ) AS consensus ON cityHash64(item.criterion, item.kind, item.item) = consensus.judged_key
       INNER JOIN (${traffic.traces}) AS place ON item.trace_key = place.trace_key
       GROUP BY criterion, kind, stratum, trace`,
      { ...params, ...traffic.params },
    )
  }

  return { strata, scores }
}
