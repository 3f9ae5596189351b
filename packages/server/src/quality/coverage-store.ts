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
  prompt: string,
]
/** Traces of a stratum, and how many of them were judged, with the traffic by prompt. */
export type StratumRow = { name: string; judged: number; traffic: number; byPrompt: ReadonlyMap<string, number> }

/** Reads of judged traces beside the traffic. */
export function coverageStore(events: EventStore) {
  /** Traces of the traffic by stratum, and how many of them were judged; the largest strata first. */
  async function strata(traffic: SelectedTraffic, judged: SelectedJudgments): Promise<StratumRow[]> {
    const rows = await events.query<{ name: string; prompt: string; traffic: string; judged: string }>(
      `SELECT if(slice = '', '${NONE}', slice) AS name, toString(prompt) AS prompt, count() AS traffic,
         countIf(trace_key IN (SELECT judgment.trace_key ${judged.from})) AS judged
       FROM (${traffic.traces}) GROUP BY name, prompt`,
      { ...judged.params, ...traffic.params },
    )
    const counted = [...Map.groupBy(rows, ({ name }) => name)]
      .map(([name, own]) => stratumOf(name, own))
      .toSorted((a, b) => b.traffic - a.traffic || (a.name < b.name ? -1 : 1))
    if (counted.length <= MOST_STRATA) return counted
    const kept = counted.slice(0, MOST_STRATA)
    const names = new Set(kept.map(({ name }) => name))
    return [
      ...kept,
      stratumOf(
        OTHER,
        rows.filter(({ name }) => !names.has(name)),
      ),
    ]
  }

  /** Scores by criterion and trace: the consensus of an item where it has one, else the judgment. */
  function scores({ params, ...judged }: SelectedJudgments, traffic: SelectedTraffic): AsyncIterable<ScoreLine[]> {
    return events.stream<ScoreLine>(
      `SELECT criterion, kind, if(place.slice = '', '${NONE}', place.slice) AS stratum, toString(item.trace_key) AS trace, sum(if(consensus.judged_key = 0, own, ifNull(together, own))) AS s, count() AS n,
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

  return { strata, scores }
}

function stratumOf(name: string, rows: readonly { prompt: string; traffic: string; judged: string }[]): StratumRow {
  const sum = (some: typeof rows, key: 'traffic' | 'judged') => some.reduce((total, row) => total + Number(row[key]), 0)
  const byPrompt = new Map([...Map.groupBy(rows, ({ prompt }) => prompt)].map(([prompt, own]) => [prompt, sum(own, 'traffic')]))
  return { name, judged: sum(rows, 'judged'), traffic: sum(rows, 'traffic'), byPrompt }
}
