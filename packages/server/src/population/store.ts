import type { EventStore } from '../events/event-store.ts'
import { MOST_STRATA, OTHER, type Traffic } from './stratum.ts'

/** Traces that are alike in stratum, prompt and environment, and in the parts of the traffic that they belong to. */
export type TrafficCell = { stratum: string; prompt: string; parts: readonly string[]; traces: number }

/** Counts of the traffic. */
export function populationStore(events: EventStore) {
  /** The largest strata by name and all others together, so that a stratum for each user still makes a short answer. */
  async function cells({ traces, params }: Traffic): Promise<TrafficCell[]> {
    const rows = await events.query<{ stratum: string; prompt: string; parts: string[]; n: string }>(
      `SELECT if(place <= ${MOST_STRATA}, own, '${OTHER}') AS stratum, prompt_name AS prompt, parts, sum(traces) AS n
       FROM (
         SELECT own, prompt_name, parts, traces, dense_rank() OVER (ORDER BY size DESC, own) AS place
         FROM (
           SELECT own, prompt_name, parts, traces, sum(traces) OVER (PARTITION BY own) AS size
           FROM (SELECT stratum AS own, toString(prompt) AS prompt_name, parts, count() AS traces FROM (${traces}) GROUP BY own, prompt_name, parts)
         )
       ) GROUP BY stratum, prompt, parts`,
      params,
    )
    return rows.map(({ n, ...cell }) => ({ ...cell, traces: Number(n) }))
  }
  return { cells }
}
