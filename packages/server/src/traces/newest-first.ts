import type { EventStore } from '../events/event-store.ts'

const HOUR_MS = 3_600_000
/** Later than any time that is stored. */
export const FOR_EVER_MS = Date.UTC(2200, 0, 1)

/** Where a list ended: the start of its last trace or session in milliseconds, and its id. */
export type Position = { startMs: number; id: string }

export type NewestFirst = {
  column: 'trace_id' | 'session_id'
  /** Further conditions on the spans, beginning with AND; may use `{fromMs:Int64}`, the start of the window that is looked at. */
  where: string
  params: Record<string, unknown>
  /** Start at or after, and before. */
  from?: string | undefined
  to?: string | undefined
  after: Position | null
  limit: number
}

/**
 * The next traces or sessions of a list, by the start of their first span, newest first; equal starts by id.
 *
 * A page never reads the whole table where the newest spans fill it: it looks at the last hour of data first, at the last eight where only some
 * of them count, and widens the window eightfold.
 * What began before the window is left out of the page and found when the window, or a later page, reaches its real start; so pages have
 * neither gaps nor repeats, however long a trace lasts.
 */
export async function newestFirst(events: EventStore, projectId: string, list: NewestFirst): Promise<Position[]> {
  const { column, after, limit } = list
  const beforeMs = Math.min(after === null ? FOR_EVER_MS : after.startMs + 1, list.to === undefined ? FOR_EVER_MS : Date.parse(list.to))
  const [newest, oldest] = await Promise.all([edgeHour(events, projectId, 'DESC', beforeMs), edgeHour(events, projectId, 'ASC', beforeMs)])
  if (newest === null || oldest === null) return []
  const toMs = Math.min(beforeMs, newest + HOUR_MS)
  const earliestMs = Math.max(oldest, list.from === undefined ? 0 : Date.parse(list.from))
  for (let windowMs = list.where === '' ? HOUR_MS : 8 * HOUR_MS; ; windowMs *= 8) {
    const fromMs = Math.max(earliestMs, toMs - windowMs)
    const rows = await events.query<{ id: string; start_ms: string }>(
      `SELECT ${column} AS id, toUnixTimestamp64Milli(min(start_time)) AS start_ms FROM spans
       WHERE project_id = {projectId:String} AND start_time >= fromUnixTimestamp64Milli({fromMs:Int64}, 'UTC')
         AND start_time < fromUnixTimestamp64Milli({toMs:Int64}, 'UTC') AND notEmpty(id) ${list.where}
       GROUP BY id HAVING (start_ms, id) < ({afterMs:Int64}, {afterId:String})
       ORDER BY start_ms DESC, id DESC LIMIT {limit:UInt32}`,
      { ...list.params, projectId, fromMs, toMs, limit, afterMs: after?.startMs ?? FOR_EVER_MS, afterId: after?.id ?? '' },
    )
    const found = rows.map((row) => ({ id: row.id, startMs: Number(row.start_ms) }))
    const began = fromMs <= oldest ? new Set<string>() : await beganBefore(events, projectId, column, found, fromMs)
    const page = found.filter(({ id }) => !began.has(id))
    if (page.length >= limit || fromMs <= earliestMs) return page
  }
}

/** Those that have a span before a time. */
async function beganBefore(
  events: EventStore,
  projectId: string,
  column: string,
  found: Position[],
  beforeMs: number,
): Promise<Set<string>> {
  if (found.length === 0) return new Set()
  const rows = await events.query<{ id: string }>(
    `SELECT DISTINCT ${column} AS id FROM spans WHERE project_id = {projectId:String} AND ${column} IN {ids:Array(String)}
       AND start_time < fromUnixTimestamp64Milli({beforeMs:Int64}, 'UTC')`,
    { projectId, ids: found.map(({ id }) => id), beforeMs },
  )
  return new Set(rows.map((row) => row.id))
}

/** Start of the first or last hour with spans before a time, or null when there are none. Reads one end of the table's order only. */
export async function edgeHour(
  events: EventStore,
  projectId: string,
  order: 'ASC' | 'DESC',
  beforeMs = FOR_EVER_MS,
): Promise<number | null> {
  const [row] = await events.query<{ hour: string }>(
    `SELECT toUnixTimestamp(toStartOfHour(start_time)) AS hour FROM spans
     WHERE project_id = {projectId:String} AND start_time < fromUnixTimestamp64Milli({beforeMs:Int64}, 'UTC')
     ORDER BY project_id ${order}, toStartOfHour(start_time) ${order} LIMIT 1`,
    { projectId, beforeMs },
  )
  return row === undefined ? null : Number(row.hour) * 1000
}
