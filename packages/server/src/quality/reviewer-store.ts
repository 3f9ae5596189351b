import type { EventStore } from '../events/event-store.ts'
import { itemKey } from '../events/item-key.ts'
import type { SelectedJudgments } from './selection.ts'

/** A comparison as the reviewer saw it: what stood first, and what second. `outcome` is about these sides. */
export type SeenComparison = [
  item: string,
  rater: string,
  outcome: string,
  first: string,
  second: string,
  firstLength: string | number,
  secondLength: string | number,
]

/** Reads of what only the reviewers' habits need. */
export function reviewerStore(events: EventStore) {
  /**
   * Comparisons of two outputs by sides as they were shown. The record speaks of the target's order; `order` of the presentation says whether the
   * sides were turned.
   */
  function comparisons({ from, params }: SelectedJudgments): AsyncIterable<SeenComparison[]> {
    const facts = `SELECT concat(trace_id, ':', span_id) AS ref, concat(prompt_name, ' ', prompt_version, ' ', model) AS variant,
        lengthUTF8(output_text) AS length
      FROM spans FINAL WHERE project_id = {projectId:String} AND trace_id IN (
        SELECT arrayJoin(arrayMap(output -> substring(output, 1, 32), outputs)) FROM feedback WHERE project_id = {projectId:String} AND kind = 'comparison')`
    return events.stream<SeenComparison>(
      `SELECT seen.item, seen.rater, seen.outcome, one.variant, two.variant, one.length, two.length FROM (
         SELECT ${itemKey} AS item, author_id AS rater, JSONExtractInt(presentation, 'order', 1) = 1 AS turned,
           outputs[if(turned, 2, 1)] AS shown_first, outputs[if(turned, 1, 2)] AS shown_second,
           if(turned, multiIf(label = 'left', 'right', label = 'right', 'left', toString(label)), toString(label)) AS outcome
         ${from} AND kind = 'comparison'
       ) AS seen
       LEFT ANY JOIN (${facts}) AS one ON seen.shown_first = one.ref
       LEFT ANY JOIN (${facts}) AS two ON seen.shown_second = two.ref
       WHERE one.ref != '' AND two.ref != '' LIMIT 400000`,
      params,
    )
  }

  /** Lengths of the outputs that reviewers rated, in code points, by item. */
  async function ratedLengths(projectId: string): Promise<Map<string, number>> {
    const lengths = new Map<string, number>()
    const rows = events.stream<[string, string | number]>(
      `SELECT concat(trace_id, ':', span_id), lengthUTF8(output_text) FROM spans FINAL
       WHERE project_id = {projectId:String} AND output_text != '' AND span_key IN (
         SELECT span_key FROM feedback WHERE project_id = {projectId:String} AND kind = 'rating' AND author_kind = 'human' AND author_role != 'end_user'
           AND span_key != 0)
       LIMIT 400000`,
      { projectId },
    )
    for await (const some of rows) for (const [item, length] of some) lengths.set(item, Number(length))
    return lengths
  }

  return { comparisons, ratedLengths }
}
