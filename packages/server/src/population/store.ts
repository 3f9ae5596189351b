import type { EventStore } from '../events/event-store.ts'
import type { Traffic } from './stratum.ts'

/** Traces that are alike in stratum, prompt and environment, and in the parts of the traffic that they belong to. */
export type TrafficCell = { stratum: string; prompt: string; parts: readonly string[]; traces: number }

/** Counts of the traffic. */
export function populationStore(events: EventStore) {
  async function cells({ traces, params }: Traffic): Promise<TrafficCell[]> {
    const rows = await events.query<{ stratum: string; prompt: string; parts: string[]; n: string }>(
      `SELECT stratum, toString(prompt) AS prompt, parts, count() AS n FROM (${traces}) GROUP BY stratum, prompt, parts`,
      params,
    )
    return rows.map(({ n, ...cell }) => ({ ...cell, traces: Number(n) }))
  }
  return { cells }
}
