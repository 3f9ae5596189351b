import type { SliceKeys } from '@plaudit/protocol'
import type { EventStore } from '../events/event-store.ts'
import type { JudgmentLine } from './judgment-table.ts'
import { itemKey, valueText } from '../events/item-key.ts'
import type { SelectedJudgments } from './selection.ts'

/** Judgments read for one report; of more, a share of the items is drawn. */
export const MOST_JUDGMENTS = 400_000
const PARTS = 1_000_000

/** Reads of judgments for reports: narrow columns, in a stream. */
export function qualityStore(events: EventStore) {
  /** Version of the newest judgment of a project, deletions included: while it stays, so does every figure made from judgments alone. */
  async function watermark(projectId: string): Promise<string> {
    const [row] = await events.query<{ version: string }>(
      'SELECT max(version) AS version FROM feedback WHERE project_id = {projectId:String}',
      { projectId },
    )
    return row?.version ?? '0'
  }

  async function count({ from, params }: SelectedJudgments): Promise<number> {
    const [row] = await events.query<{ n: string }>(`SELECT count() AS n ${from}`, params)
    return Number(row?.n ?? 0)
  }

  /**
   * The newest judgment of each person on each item and criterion, of a share of the items: all judgments of an item come or none. The draw
   * hangs on the item alone.
   */
  function judgments({ from, slice, params }: SelectedJudgments, share: number): AsyncIterable<JudgmentLine[]> {
    const drawn = share < 1 ? `AND cityHash64(${itemKey}) % ${PARTS} < {drawn:UInt32}` : ''
    return events.stream<JudgmentLine>(
      `SELECT criterion, kind, ${itemKey} AS item, author_id AS rater, argMax(${valueText}, time) AS text, argMax(${slice}, time) AS part,
         toUnixTimestamp64Milli(max(time)) AS time_ms
       ${from} ${drawn} GROUP BY criterion, kind, item, rater`,
      { ...params, drawn: Math.round(share * PARTS) },
    )
  }

  /**
   * Judgments of people who judged an item on a criterion more than once, all of them: in two queues, or in one and on the trace. One that
   * superseded another is no repeat.
   */
  function repeats({ from, params }: SelectedJudgments, share: number): AsyncIterable<JudgmentLine[]> {
    const drawn = share < 1 ? `AND cityHash64(${itemKey}) % ${PARTS} < {drawn:UInt32}` : ''
    return events.stream<JudgmentLine>(
      `SELECT criterion, kind, item, rater, arrayJoin(texts) AS text, '' AS part, 0 AS time_ms FROM (
         SELECT criterion, kind, ${itemKey} AS item, author_id AS rater, groupArray(${valueText}) AS texts
         ${from} ${drawn} GROUP BY criterion, kind, item, rater HAVING count() > 1)
       LIMIT ${MOST_JUDGMENTS}`,
      { ...params, drawn: Math.round(share * PARTS) },
    )
  }

  /** Lengths in code points of the outputs that people marked, by item. */
  async function outputLengths(projectId: string): Promise<Map<string, number>> {
    const rows = await events.query<{ item: string; length: string }>(
      `SELECT concat(trace_id, ':', span_id) AS item, lengthUTF8(output_text) AS length FROM spans FINAL
       WHERE project_id = {projectId:String} AND span_key IN (
         SELECT span_key FROM feedback WHERE project_id = {projectId:String} AND kind = 'marks' AND span_key != 0)`,
      { projectId },
    )
    return new Map(rows.map(({ item, length }) => [item, Number(length)]))
  }

  /** Keys of the metadata of judged traces with two to 50 values, the most used first. */
  async function sliceKeys(projectId: string): Promise<SliceKeys['items']> {
    const rows = await events.query<{ key: string; values: string; spans: string }>(
      `SELECT pair.1 AS key, uniq(pair.2) AS values, count() AS spans FROM (
         SELECT arrayJoin(CAST(metadata, 'Array(Tuple(String, String))')) AS pair FROM spans
         WHERE project_id = {projectId:String} AND notEmpty(metadata)
           AND trace_key IN (SELECT trace_key FROM feedback WHERE project_id = {projectId:String} AND author_kind = 'human')
       ) GROUP BY key HAVING values BETWEEN 2 AND 50 ORDER BY spans DESC, key LIMIT 30`,
      { projectId },
    )
    return rows.map(({ key, values, spans }) => ({ key, values: Number(values), spans: Number(spans) }))
  }

  /** Criteria that people gave scores or labels on; what only holds comments is none. */
  async function criteria(projectId: string): Promise<string[]> {
    const rows = await events.query<{ criterion: string }>(
      `SELECT DISTINCT criterion FROM feedback WHERE project_id = {projectId:String} AND author_kind = 'human' AND kind NOT IN ('text', 'flag', 'correction')
       ORDER BY criterion`,
      { projectId },
    )
    return rows.map(({ criterion }) => criterion)
  }

  return { criteria, sliceKeys, watermark, count, judgments, repeats, outputLengths }
}
