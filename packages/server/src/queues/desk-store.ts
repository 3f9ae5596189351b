import { sql } from 'kysely'
import { keepPlan } from '../db/postgres.ts'
import type { Db } from '../db/schema.ts'
import { decodeLease, type Lease, type LeaseRow } from './lease-store.ts'
import type { QueueRow } from './store.ts'
import { storedSettings } from './stored-settings.ts'

/** A person at a queue: whether they may work, what they have read, and what they hold. */
export type Standing = {
  queue: QueueRow
  pausedReason: string | null
  hasSkill: boolean
  acknowledgedVersion: number | null
  qualifiedAt: Date | null
  /** Something that they had begun waits for them: the lease ran out, the draft is there. */
  hasBegun: boolean
  held: Lease[]
}

type StandingRow = Omit<QueueRow, 'createdAt'> & {
  createdAt: Date
  pausedReason: string | null
  qualifiedAt: Date | null
  hasSkill: boolean
  acknowledgedVersion: number | null
  hasBegun: boolean
  held: LeaseRow[]
}

/** What a queue knows of one person, in one read: every claim begins with it. */
export function deskStore(db: Db) {
  return {
    /** Null when the project has no such queue. */
    async standing(projectId: string, queueId: string, personId: string, now: Date): Promise<Standing | null> {
      const { rows } = await sql<StandingRow>`${keepPlan}
        SELECT q.id, q.project_id AS "projectId", q.name, q.item_kind AS "itemKind", q.rubric_id AS "rubricId", r.newest AS "rubricVersion",
          q.guideline_id AS "guidelineId", g.newest AS "guidelineVersion", q.overlap, q.settings, q.state, q.created_at AS "createdAt",
          p.paused_reason AS "pausedReason", p.qualified_at AS "qualifiedAt",
          EXISTS (SELECT 1 FROM person_skill s WHERE s.project_id = q.project_id AND s.person_id = ${personId}
            AND s.skill = q.settings -> 'assignment' ->> 'skill') AS "hasSkill",
          (SELECT max(version) FROM guideline_acknowledgement k WHERE k.guideline_id = q.guideline_id AND k.person_id = ${personId})
            AS "acknowledgedVersion",
          EXISTS (SELECT 1 FROM assignment b WHERE b.queue_id = q.id AND b.person_id = ${personId} AND b.state = 'expired' AND b.draft IS NOT NULL)
            AS "hasBegun",
          coalesce((SELECT jsonb_agg(jsonb_build_object('id', a.id, 'item_id', a.item_id, 'target', i.target, 'side_order', a.side_order,
              'expires_at', a.expires_at, 'draft', a.draft, 'bookmarked', a.bookmarked, 'lead_note', a.lead_note, 'gold', i.gold,
              'position', i.position) ORDER BY a.claimed_at)
            FROM assignment a JOIN queue_item i ON i.id = a.item_id
            WHERE a.queue_id = q.id AND a.person_id = ${personId} AND a.state = 'leased' AND a.expires_at > ${now} AND i.state <> 'removed'),
            '[]') AS held
        FROM queue q JOIN document r ON r.id = q.rubric_id LEFT JOIN document g ON g.id = q.guideline_id
          LEFT JOIN queue_person p ON p.queue_id = q.id AND p.person_id = ${personId}
        WHERE q.id = ${queueId} AND q.project_id = ${projectId}`.execute(db)
      const [row] = rows
      if (row === undefined) return null
      const { pausedReason, qualifiedAt, hasSkill, acknowledgedVersion, hasBegun, held, ...queue } = row
      return {
        queue: { ...queue, settings: storedSettings(queue.settings) },
        pausedReason,
        qualifiedAt,
        hasSkill,
        acknowledgedVersion,
        hasBegun,
        held: held.map(decodeLease),
      }
    },
  }
}
