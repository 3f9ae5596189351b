import type { PersonSkills, QueuePerson } from '@plaudit/protocol'
import { sql } from 'kysely'
import type { Db } from '../db/schema.ts'

export type JudgedRow = { itemId: string; personId: string; answers: Record<string, unknown> }
export type PersonStanding = { pausedBy: 'lead' | 'test' | 'watch' | null; qualifiedAt: Date | null; watchedFrom: Date | null }
export type PersonRow = Omit<QueuePerson, 'gold' | 'agreement'> & { goldMet: number; goldItems: number }

/** What a queue knows about the people who work in it. */
export function personStore(db: Db) {
  /** Gold items judged and all items judged by a person. */
  async function goldRecord(queueId: string, personId: string): Promise<{ judged: number; total: number }> {
    const { rows } = await sql<{ judged: number; total: number }>`
      SELECT count(*) FILTER (WHERE gold_correct IS NOT NULL)::int AS judged, count(*)::int AS total
      FROM assignment WHERE queue_id = ${queueId} AND person_id = ${personId} AND state = 'submitted'`.execute(db)
    return { judged: rows[0]?.judged ?? 0, total: rows[0]?.total ?? 0 }
  }

  /** How a person stands in a queue; nobody is stopped, tested or watched before their first entry. */
  async function standing(queueId: string, personId: string): Promise<PersonStanding> {
    const row = await db
      .selectFrom('queue_person')
      .select(['paused_by', 'qualified_at', 'watched_from'])
      .where('queue_id', '=', queueId)
      .where('person_id', '=', personId)
      .executeTakeFirst()
    return { pausedBy: row?.paused_by ?? null, qualifiedAt: row?.qualified_at ?? null, watchedFrom: row?.watched_from ?? null }
  }

  /** Shares of gold answers met, in the order of submission. */
  async function goldScores(queueId: string, personId: string): Promise<{ score: number; time: Date }[]> {
    const rows = await db
      .selectFrom('assignment')
      .select(['gold_correct', 'submitted_at'])
      .where('queue_id', '=', queueId)
      .where('person_id', '=', personId)
      .where('state', '=', 'submitted')
      .where('gold_correct', 'is not', null)
      .orderBy('submitted_at')
      .orderBy('id')
      .execute()
    return rows.map(({ gold_correct, submitted_at }) => ({ score: gold_correct ?? 0, time: submitted_at ?? new Date(0) }))
  }

  async function setStanding(queueId: string, personId: string, standing: PersonStanding & { pausedReason: string | null }, now: Date) {
    const row = {
      paused_reason: standing.pausedReason,
      paused_by: standing.pausedBy,
      qualified_at: standing.qualifiedAt,
      watched_from: standing.watchedFrom,
      changed_at: now,
    }
    await db
      .insertInto('queue_person')
      .values({ queue_id: queueId, person_id: personId, ...row })
      .onConflict((conflict) => conflict.columns(['queue_id', 'person_id']).doUpdateSet(row))
      .execute()
  }

  /** Accepted judgments of a queue, gold left out. */
  async function judged(queueId: string): Promise<JudgedRow[]> {
    const { rows } = await sql<{ item_id: string; person_id: string; answers: Record<string, unknown> }>`
      SELECT a.item_id, a.person_id, a.answers FROM assignment a JOIN queue_item i ON i.id = a.item_id
      WHERE a.queue_id = ${queueId} AND a.state = 'submitted' AND i.gold IS NULL`.execute(db)
    return rows.map(({ item_id, person_id, answers }) => ({ itemId: item_id, personId: person_id, answers }))
  }

  /** Everybody who has held an item of a queue, the most active first. */
  async function people(queueId: string): Promise<PersonRow[]> {
    const { rows } = await sql<{
      person_id: string
      name: string | null
      judged: number
      skipped: number
      late: number
      median: number | null
      gold_met: number
      gold_items: number
      paused_reason: string | null
      paused_by: 'lead' | 'test' | 'watch' | null
      qualified: boolean
    }>`
      SELECT a.person_id, max(u.name) AS name, count(*) FILTER (WHERE a.state = 'submitted')::int AS judged,
        count(*) FILTER (WHERE a.state = 'skipped')::int AS skipped, count(*) FILTER (WHERE a.state = 'late')::int AS late,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY a.active_ms) FILTER (WHERE a.state = 'submitted' AND a.active_ms > 0)::float8 AS median,
        count(*) FILTER (WHERE a.gold_correct = 1)::int AS gold_met, count(a.gold_correct)::int AS gold_items,
        max(p.paused_reason) AS paused_reason, max(p.paused_by) AS paused_by, bool_or(p.qualified_at IS NOT NULL) IS TRUE AS qualified
      FROM assignment a LEFT JOIN "user" u ON u.id = a.person_id
        LEFT JOIN queue_person p ON p.queue_id = a.queue_id AND p.person_id = a.person_id
      WHERE a.queue_id = ${queueId} GROUP BY a.person_id ORDER BY judged DESC, a.person_id`.execute(db)
    return rows.map((row) => ({
      personId: row.person_id,
      name: row.name,
      judged: row.judged,
      skipped: row.skipped,
      late: row.late,
      medianActiveMs: row.median,
      goldMet: row.gold_met,
      goldItems: row.gold_items,
      pausedReason: row.paused_reason,
      pausedBy: row.paused_by,
      qualified: row.qualified,
    }))
  }

  /** The skills of everybody in a project who has some. */
  async function skills(projectId: string): Promise<PersonSkills[]> {
    const rows = await db
      .selectFrom('person_skill')
      .select(['person_id', 'skill'])
      .where('project_id', '=', projectId)
      .orderBy('person_id')
      .orderBy('skill')
      .execute()
    return [...Map.groupBy(rows, (row) => row.person_id)].map(([personId, own]) => ({ personId, skills: own.map(({ skill }) => skill) }))
  }

  /** Gives a person exactly these skills. */
  async function setSkills(projectId: string, personId: string, skills: readonly string[]): Promise<void> {
    await db.transaction().execute(async (tx) => {
      await tx.deleteFrom('person_skill').where('project_id', '=', projectId).where('person_id', '=', personId).execute()
      const rows = [...new Set(skills)].map((skill) => ({ project_id: projectId, person_id: personId, skill }))
      if (rows.length > 0) await tx.insertInto('person_skill').values(rows).execute()
    })
  }

  return { goldRecord, standing, goldScores, setStanding, judged, people, skills, setSkills }
}
