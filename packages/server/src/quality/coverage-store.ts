import type { EventStore } from '../events/event-store.ts'
import { itemKey } from '../events/item-key.ts'
import type { Traffic } from '../population/stratum.ts'
import type { SelectedJudgments } from './selection.ts'

/** The scores of a criterion on one judged trace: their sum and number, and the mean inclusion probability where each has one. */
export type ScoreLine = [
  criterion: string,
  kind: string,
  stratum: string,
  trace: string,
  sum: number,
  n: string | number,
  probability: number | null,
  prompt: string,
]
/** Reads of judged traces beside the traffic. */
export function coverageStore(events: EventStore) {
  /** How many traces of each stratum were judged. */
  async function judgedTraces(traffic: Traffic, judged: SelectedJudgments): Promise<Map<string, number>> {
    const rows = await events.query<{ stratum: string; judged: string }>(
      `SELECT stratum, count() AS judged FROM (${traffic.traces}) WHERE trace_key IN (SELECT judgment.trace_key ${judged.from}) GROUP BY stratum`,
      { ...judged.params, ...traffic.params },
    )
    return new Map(rows.map(({ stratum, judged: own }) => [stratum, Number(own)]))
  }

  /** Scores by criterion and trace: the consensus of an item where it has one, else the judgment. */
  function scores({ params, ...judged }: SelectedJudgments, traffic: Traffic): AsyncIterable<ScoreLine[]> {
    return events.stream<ScoreLine>(
      `SELECT criterion, kind, place.stratum AS stratum, toString(item.trace_key) AS trace, sum(if(consensus.judged_key = 0, own, ifNull(together, own))) AS s, count() AS n,
         if(count() = count(p), avg(p), NULL) AS probability, any(toString(place.prompt)) AS prompt_name
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

  return { judgedTraces, scores }
}
