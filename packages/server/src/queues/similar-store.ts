import type { Target } from '@plaudit/protocol'
import { sql } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { EventStore } from '../events/event-store.ts'
import { WORD } from './similar.ts'

export type FinishedItem = { id: string; target: Target }

/** What a reviewer looks up after their own judgment. */
export function similarStore(db: Db, events: EventStore) {
  /** Notes on a judgment that its author looks at others from now on; the first time stands. False while they have not judged. */
  async function noteReveal(leaseId: string, personId: string, now: Date): Promise<boolean> {
    const { rows } = await sql<{ id: string }>`
      UPDATE assignment SET presentation = coalesce(presentation, '{}'::jsonb)
        || jsonb_build_object('consultedAt', coalesce(presentation ->> 'consultedAt', ${now.toISOString()}::text))
      WHERE id = ${leaseId} AND person_id = ${personId} AND answers IS NOT NULL RETURNING id`.execute(db)
    return rows.length === 1
  }

  /**
   * Finished items of a queue, the newest first. Known answers stay known to the lead alone, and what this person has in hand or may take up
   * again is left out: its answers are still to come.
   */
  async function finishedItems(queueId: string, except: { itemId: string; personId: string }, limit: number): Promise<FinishedItem[]> {
    const { rows } = await sql<FinishedItem>`
      SELECT i.id, i.target FROM queue_item i
      WHERE i.queue_id = ${queueId} AND i.state = 'done' AND i.gold IS NULL AND i.id <> ${except.itemId}
        AND NOT EXISTS (
          SELECT 1 FROM assignment a WHERE a.item_id = i.id AND a.person_id = ${except.personId} AND a.state IN ('leased', 'expired'))
      ORDER BY i.id DESC LIMIT ${limit}`.execute(db)
    return rows
  }

  /** Which of some words each item has in its input or output, in their order; one that has none is missing. */
  async function wordsIn(
    projectId: string,
    items: readonly FinishedItem[],
    words: readonly string[],
  ): Promise<Map<FinishedItem, Set<string>>> {
    if (items.length === 0 || words.length === 0) return new Map()
    const isOfSessions = items[0]?.target.kind === 'session'
    const places = items.flatMap(({ target }) => placesOf(target))
    const ids = [...new Set(isOfSessions ? places : places.map((place) => place.split(' ')[0]))]
    const rows = await events.query<{ trace_id: string; span_id: string; session_id: string; words: string[] }>(
      `SELECT trace_id, span_id, session_id, groupUniqArrayArray(
         arrayIntersect(extractAll(lowerUTF8(concat(input_text, ' ', output_text)), '${WORD.replaceAll('\\', '\\\\')}'), {words:Array(String)})
       ) AS words FROM spans
       WHERE project_id = {projectId:String} AND ${isOfSessions ? 'session_id' : 'trace_id'} IN {ids:Array(String)}
       GROUP BY trace_id, span_id, session_id HAVING notEmpty(words)`,
      { projectId, ids, words },
    )
    const byPlace = new Map<string, string[]>()
    for (const row of rows)
      for (const place of isOfSessions ? [row.session_id] : [row.trace_id, `${row.trace_id} ${row.span_id}`])
        byPlace.set(place, [...(byPlace.get(place) ?? []), ...row.words])
    return new Map(
      items
        .map((item) => [item, new Set(placesOf(item.target).flatMap((place) => byPlace.get(place) ?? []))] as const)
        .filter(([, found]) => found.size > 0),
    )
  }

  return { noteReveal, finishedItems, wordsIn }
}

/** Where a target's texts are: spans, a whole trace, or a session. */
function placesOf(target: Target): string[] {
  switch (target.kind) {
    case 'comparison':
      return target.outputs.map(({ traceId, spanId }) => `${traceId} ${spanId}`)
    case 'session':
      return [target.sessionId]
    case 'trace':
      return [target.traceId]
    default:
      return [`${target.traceId} ${target.spanId}`]
  }
}
