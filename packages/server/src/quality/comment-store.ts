import type { EventStore } from '../events/event-store.ts'
import { itemKey } from '../events/item-key.ts'

/** What somebody said in their own words. `low`: whether some criterion was judged low on the same item; null where none was judged. */
export type Comment = {
  item: string
  feedbackId: string
  criterion: string
  kind: string
  role: string
  text: string
  low: boolean | null
}

/** Comments that are looked at: the newest. */
export const MOST_COMMENTS = 5_000

/** Reads of comments, with what the criteria say of the same items. */
export function commentStore(events: EventStore) {
  /**
   * The newest comments of people: reasons given with a judgment, texts, reasons of flags and of corrections, notes on marks.
   * An item is judged low where a score lies in the lower half of what its criterion ranges over.
   */
  async function newest(projectId: string): Promise<Comment[]> {
    const rows = await events.query<Omit<Comment, 'low'> & { scored: string; low: string }>(
      `WITH ranges AS (
         SELECT criterion, kind, min(score) AS least, max(score) AS most FROM feedback FINAL
         WHERE project_id = {projectId:String} AND author_kind = 'human' AND kind IN ('rating', 'thumbs') AND score IS NOT NULL
         GROUP BY criterion, kind HAVING most > least
       ), scored AS (
         SELECT ${itemKey} AS item, count() AS n, countIf((score - ranges.least) / (ranges.most - ranges.least) <= 0.5) AS low
         FROM feedback AS judgment FINAL INNER JOIN ranges ON judgment.criterion = ranges.criterion AND judgment.kind = ranges.kind
         WHERE project_id = {projectId:String} AND author_kind = 'human' AND score IS NOT NULL GROUP BY item
       )
       SELECT comment.item AS item, feedbackId, criterion, kind, role, text, toString(scored.n) AS scored, toString(scored.low) AS low
       FROM (
         SELECT ${itemKey} AS item, feedback_id AS feedbackId, criterion, kind, author_role AS role,
           substringUTF8(multiIf(
             rationale != '', rationale,
             kind = 'text', JSONExtractString(value),
             kind = 'flag', arrayStringConcat(JSONExtract(value, 'reasons', 'Array(String)'), ', '),
             kind = 'marks', arrayStringConcat(arrayFilter(note -> note != '', arrayMap(mark -> trim(TRAILING '.' FROM JSONExtractString(mark, 'note')), JSONExtractArrayRaw(value))), '. '),
             kind = 'correction', arrayStringConcat(JSONExtract(value, 'reasons', 'Array(String)'), ', '),
             ''), 1, 2000) AS text, time
         FROM feedback AS judgment FINAL
         WHERE project_id = {projectId:String} AND author_kind = 'human' AND (rationale != '' OR kind IN ('text', 'flag', 'marks', 'correction'))
       ) AS comment LEFT ANY JOIN scored ON comment.item = scored.item
       WHERE text != '' ORDER BY time DESC, feedbackId LIMIT {limit:UInt32}`,
      { projectId, limit: MOST_COMMENTS },
    )
    return rows.map(({ scored, low, ...row }) => ({ ...row, low: Number(scored) === 0 ? null : Number(low) > 0 }))
  }

  return { newest }
}
