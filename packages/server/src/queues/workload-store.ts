import { sql } from 'kysely'
import type { Db } from '../db/schema.ts'

/** What one person did in a queue on one day (UTC). */
export type WorkedDay = { day: string; personId: string; name: string | null; judgments: number; timed: number; activeMs: number }

/** Reads how work in a queue went on. Known answers are work too, and are counted. */
export function workloadStore(db: Db) {
  return {
    async worked(queueId: string, from: Date): Promise<WorkedDay[]> {
      const { rows } = await sql<{
        day: string
        person_id: string
        name: string | null
        judgments: number
        timed: number
        active_ms: number
      }>`
        SELECT to_char(a.submitted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, a.person_id, max(u.name) AS name, count(*)::int AS judgments,
          count(*) FILTER (WHERE a.active_ms > 0)::int AS timed, sum(a.active_ms)::float8 AS active_ms
        FROM assignment a LEFT JOIN "user" u ON u.id = a.person_id
        WHERE a.queue_id = ${queueId} AND a.state = 'submitted' AND a.submitted_at >= ${from}
        GROUP BY 1, 2 ORDER BY 1, 2`.execute(db)
      return rows.map((row) => ({
        day: row.day,
        personId: row.person_id,
        name: row.name,
        judgments: row.judgments,
        timed: row.timed,
        activeMs: row.active_ms,
      }))
    },
  }
}
