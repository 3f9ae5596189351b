import type { EventStore } from '../events/event-store.ts'
import { itemKey } from '../events/item-key.ts'
import type { Traffic } from '../population/stratum.ts'
import type { SelectedJudgments } from './selection.ts'

/** Where a judged item stands in the traffic: its stratum, and its prompt and environment. `probability` is 0 where some judgment has none. */
export type ItemPlace = { stratum: string; prompt: string; probability: number }
/** By criterion and kind, and then by item. */
export type ItemPlaces = ReadonlyMap<string, ReadonlyMap<string, ItemPlace>>

/** The items of the judgments on a criterion of a kind. */
export function placesKey({ criterion, kind }: { criterion: string; kind: string }): string {
  return `${criterion}\0${kind}`
}

/** Reads where judged items stand; items that are on no trace of the traffic are not there. */
export function itemPlaceStore(events: EventStore) {
  async function places({ from, params }: SelectedJudgments, traffic: Traffic): Promise<ItemPlaces> {
    type Line = [criterion: string, kind: string, item: string, stratum: string, prompt: string, probability: number]
    const found = new Map<string, Map<string, ItemPlace>>()
    const lines = events.stream<Line>(
      `SELECT criterion, kind, item, traffic.stratum AS stratum, toString(traffic.prompt) AS prompt, p FROM (
         SELECT judgment.criterion AS criterion, judgment.kind AS kind, ${itemKey} AS item, any(judgment.trace_key) AS judged_trace,
           if(count() = count(JSONExtract(presentation, 'inclusionProbability', 'Nullable(Float64)') AS drawn), least(1, avg(ifNull(drawn, 0))), 0) AS p
         ${from} GROUP BY criterion, kind, item
       ) AS judged INNER JOIN (${traffic.traces}) AS traffic ON judged.judged_trace = traffic.trace_key`,
      { ...traffic.params, ...params },
    )
    for await (const some of lines)
      for (const [criterion, kind, item, stratum, prompt, probability] of some) {
        const key = placesKey({ criterion, kind })
        let own = found.get(key)
        if (own === undefined) found.set(key, (own = new Map()))
        own.set(item, { stratum, prompt, probability })
      }
    return found
  }
  return { places }
}
