import type { EventStore } from '../events/event-store.ts'
import { consensusKinds } from './consensus.ts'
import { itemKey, valueText } from '../events/item-key.ts'

export type CriterionKey = { criterion: string; kind: string }
/** What is stored of the consensus on an item, to be compared with what it is now. */
export type StoredItem = [
  item: string,
  value: string,
  score: number | null,
  sd: number | null,
  probability: number | null,
  votes: string | number,
  spread: number,
  method: string,
]
export type ConsensusPosition = { spread: number; item: string }
type ItemRow = {
  item: string
  kind: string
  value: string
  score: number | null
  sd: number | null
  probability: number | null
  posterior: string
  votes: string | number
  spread: number
  method: string
}
export type Vote = { item: string; kind: string; author: string; value: string; rationale: string; feedbackId: string; time: string }

/** Reads of the consensus on items and of the votes behind it. */
export function consensusStore(events: EventStore) {
  /** Criteria on which people gave judgments that make a consensus, with the version of the newest one, removals included. */
  function judgedCriteria(projectId: string): Promise<(CriterionKey & { watermark: string })[]> {
    return events.query(
      `SELECT criterion, kind, max(version) AS watermark FROM feedback
       WHERE project_id = {projectId:String} AND author_kind = 'human' AND author_role != 'end_user' AND kind IN {kinds:Array(String)}
       GROUP BY criterion, kind ORDER BY criterion, kind`,
      { projectId, kinds: consensusKinds },
    )
  }

  /** Where each criterion's consensus comes from. */
  async function sources(projectId: string): Promise<(CriterionKey & { source: Record<string, unknown> })[]> {
    const rows = await events.query<CriterionKey & { source: string }>(
      `SELECT criterion, kind, source FROM consensus FINAL WHERE project_id = {projectId:String} AND item = ''`,
      { projectId },
    )
    return rows.map((row) => ({ ...row, source: JSON.parse(row.source) as Record<string, unknown> }))
  }

  /** All that is stored of one criterion. */
  function stored(projectId: string, key: CriterionKey): AsyncIterable<StoredItem[]> {
    return events.stream<StoredItem>(
      `SELECT item, value, score, sd, probability, votes, spread, method FROM consensus FINAL
       WHERE project_id = {projectId:String} AND criterion = {criterion:String} AND kind = {kind:String} AND item != ''`,
      { projectId, criterion: key.criterion, kind: key.kind },
    )
  }

  /** What leads decided on a criterion's items, the newest decision of each, with its time. */
  async function decisions(projectId: string, key: CriterionKey): Promise<Map<string, { value: string; time: string }>> {
    const rows = await events.query<{ item: string; text: string; time_ms: string }>(
      `SELECT ${itemKey} AS item, argMax(${valueText}, time) AS text, toUnixTimestamp64Milli(max(time)) AS time_ms FROM feedback AS judgment FINAL
       WHERE project_id = {projectId:String} AND criterion = {criterion:String} AND kind = {kind:String} AND author_kind = 'human'
         AND startsWith(identifier, 'decision:') GROUP BY item`,
      { projectId, criterion: key.criterion, kind: key.kind },
    )
    return new Map(rows.map(({ item, text, time_ms }) => [item, { value: text, time: new Date(Number(time_ms)).toISOString() }]))
  }

  /** One page of a criterion's items after a position: those whose votes are farthest apart first. */
  function page(
    projectId: string,
    criterion: string,
    only: { where: string; params: Record<string, unknown> },
    after: ConsensusPosition | null,
    limit: number,
  ): Promise<ItemRow[]> {
    return events.query<ItemRow>(
      `SELECT item, kind, value, score, sd, probability, posterior, votes, spread, method
       FROM consensus FINAL WHERE project_id = {projectId:String} AND criterion = {criterion:String} AND item != '' ${only.where}
         ${after === null ? '' : 'AND (spread, item) < ({afterSpread:Float64}, {afterItem:String})'}
       ORDER BY spread DESC, item DESC LIMIT {limit:UInt32}`,
      { ...only.params, projectId, criterion, limit, ...(after === null ? {} : { afterSpread: after.spread, afterItem: after.item }) },
    )
  }

  /** The reviewers' votes on items, the newest of each person and kind, oldest first. */
  async function votes(projectId: string, criterion: string, items: readonly string[]): Promise<Map<string, Vote[]>> {
    if (items.length === 0) return new Map()
    const rows = await events.query<Omit<Vote, 'time'> & { time_ms: string }>(
      `SELECT ${itemKey} AS item, kind, author_id AS author, ${valueText} AS value, rationale, feedback_id AS feedbackId,
         toUnixTimestamp64Milli(time) AS time_ms
       FROM feedback AS judgment FINAL
       WHERE project_id = {projectId:String} AND criterion = {criterion:String} AND author_kind = 'human' AND author_role != 'end_user'
         AND author_id != '' AND NOT startsWith(identifier, 'decision:') AND trace_id IN {traceIds:Array(String)} AND has({items:Array(String)}, item)
       ORDER BY time DESC, feedback_id DESC LIMIT 1 BY item, kind, author`,
      { projectId, criterion, items, traceIds: [...new Set(items.map((item) => (item.startsWith('session ') ? '' : item.slice(0, 32))))] },
    )
    return Map.groupBy(
      rows.toReversed().map(({ time_ms, ...row }) => ({ ...row, time: new Date(Number(time_ms)).toISOString() })),
      ({ item }) => item,
    )
  }

  /** How the outputs of spans begin, by `trace:span`. */
  async function previews(projectId: string, refs: readonly { traceId: string; spanId: string }[]): Promise<Map<string, string>> {
    if (refs.length === 0) return new Map()
    const rows = await events.query<{ item: string; text: string }>(
      `SELECT concat(trace_id, ':', span_id) AS item, substringUTF8(output_text, 1, 400) AS text FROM spans
       WHERE project_id = {projectId:String} AND trace_id IN {traceIds:Array(String)} AND span_id IN {spanIds:Array(String)}
       ORDER BY ingest_version DESC LIMIT 1 BY trace_id, span_id`,
      { projectId, traceIds: refs.map(({ traceId }) => traceId), spanIds: refs.map(({ spanId }) => spanId) },
    )
    return new Map(rows.map(({ item, text }) => [item, text]))
  }

  /** Projects with feedback of any kind. */
  async function projects(): Promise<string[]> {
    return (await events.query<{ project_id: string }>('SELECT DISTINCT project_id FROM feedback')).map(({ project_id }) => project_id)
  }

  return { projects, judgedCriteria, sources, stored, decisions, page, votes, previews }
}
