import { sql } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { QueueRow } from './store.ts'

/** What a queue knows about the people who work in it. */
export function personStore(db: Db) {
  /** Whether a person may work: paused by a lead or by their gold record, and whether they have a skill (when one is asked for). */
  async function stateOf(
    projectId: string,
    queueId: string,
    personId: string,
    skill: string | null,
  ): Promise<{ pausedReason: string | null; hasSkill: boolean }> {
    const { rows } = await sql<{ paused_reason: string | null; has_skill: boolean }>`
      SELECT (SELECT paused_reason FROM queue_person WHERE queue_id = ${queueId} AND person_id = ${personId}) AS paused_reason,
        EXISTS (SELECT 1 FROM person_skill WHERE project_id = ${projectId} AND person_id = ${personId} AND skill = ${skill}) AS has_skill`.execute(
      db,
    )
    return { pausedReason: rows[0]?.paused_reason ?? null, hasSkill: rows[0]?.has_skill ?? false }
  }

  /** Gold items judged and all items judged by a person, and when they passed the entry test. */
  async function goldRecord(queueId: string, personId: string): Promise<{ judged: number; total: number; qualifiedAt: Date | null }> {
    const { rows } = await sql<{ judged: number; total: number; qualified_at: Date | null }>`
      SELECT count(*) FILTER (WHERE gold_correct IS NOT NULL)::int AS judged, count(*)::int AS total,
        (SELECT qualified_at FROM queue_person WHERE queue_id = ${queueId} AND person_id = ${personId}) AS qualified_at
      FROM assignment WHERE queue_id = ${queueId} AND person_id = ${personId} AND state = 'submitted'`.execute(db)
    return { judged: rows[0]?.judged ?? 0, total: rows[0]?.total ?? 0, qualifiedAt: rows[0]?.qualified_at ?? null }
  }

  /** Passes the entry test once enough gold items are judged well enough. */
  async function afterGold(queue: QueueRow, personId: string, now: Date): Promise<void> {
    const { qualification } = queue.settings
    if (qualification === null) return
    const { rows } = await sql<{ judged: number; mean: number | null }>`
      SELECT count(*)::int AS judged, avg(gold_correct)::float8 AS mean FROM (
        SELECT gold_correct FROM assignment WHERE queue_id = ${queue.id} AND person_id = ${personId} AND gold_correct IS NOT NULL
        ORDER BY submitted_at LIMIT ${qualification.items}) test`.execute(db)
    const [row] = rows
    if (row === undefined || row.judged < qualification.items) return
    const passed = (row.mean ?? 0) >= qualification.passMark
    const reason = passed
      ? null
      : `you met ${Math.round(100 * (row.mean ?? 0))} % of the known answers in the entry test, and ${Math.round(100 * qualification.passMark)} % are needed.`
    await db
      .insertInto('queue_person')
      .values({ queue_id: queue.id, person_id: personId, paused_reason: reason, qualified_at: passed ? now : null, changed_at: now })
      .onConflict((conflict) =>
        conflict
          .columns(['queue_id', 'person_id'])
          .doUpdateSet({ qualified_at: passed ? now : null, paused_reason: reason, changed_at: now }),
      )
      .execute()
  }

  return { stateOf, goldRecord, afterGold }
}
