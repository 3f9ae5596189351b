import { sql } from 'kysely'
import { batched } from '../db/batched.ts'
import { keepPlan } from '../db/postgres.ts'
import type { Db } from '../db/schema.ts'
import { decodeLease, type Lease, type LeaseRow } from './lease.ts'
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

type StandingRow = QueueRow & {
  n: number
  pausedReason: string | null
  qualifiedAt: Date | null
  hasSkill: boolean
  acknowledgedVersion: number | null
  hasBegun: boolean
  held: LeaseRow[]
}

type Question = { projectId: string; queueId: string; personId: string; now: Date }

/** What a queue knows of a person, in one read: every claim begins with it. */
export function deskStore(db: Db) {
  const standingOf = batched(async (questions: readonly Question[]): Promise<(Standing | null)[]> => {
    const { rows } = await sql<StandingRow>`${keepPlan}
      WITH asked AS (
        SELECT * FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(questions)}::jsonb)
          AS ("projectId" uuid, "queueId" uuid, "personId" text, now timestamptz)) WITH ORDINALITY AS x(project_id, queue_id, person_id, now, n)
      )
      SELECT k.n::int AS n, q.id, q.project_id AS "projectId", q.name, q.item_kind AS "itemKind", q.rubric_id AS "rubricId",
        r.newest AS "rubricVersion", q.guideline_id AS "guidelineId", g.newest AS "guidelineVersion", q.overlap, q.settings, q.state,
        q.created_at AS "createdAt", p.paused_reason AS "pausedReason", p.qualified_at AS "qualifiedAt",
        EXISTS (SELECT 1 FROM person_skill s WHERE s.project_id = q.project_id AND s.person_id = k.person_id
          AND s.skill = q.settings -> 'assignment' ->> 'skill') AS "hasSkill",
        (SELECT max(version) FROM guideline_acknowledgement a WHERE a.guideline_id = q.guideline_id AND a.person_id = k.person_id)
          AS "acknowledgedVersion",
        EXISTS (SELECT 1 FROM assignment b WHERE b.queue_id = q.id AND b.person_id = k.person_id AND b.state = 'expired' AND b.draft IS NOT NULL)
          AS "hasBegun",
        coalesce((SELECT jsonb_agg(jsonb_build_object('id', a.id, 'item_id', a.item_id, 'target', i.target, 'side_order', a.side_order,
            'expires_at', a.expires_at, 'draft', a.draft, 'bookmarked', a.bookmarked, 'lead_note', a.lead_note, 'gold', i.gold,
            'position', i.position) ORDER BY a.claimed_at)
          FROM assignment a JOIN queue_item i ON i.id = a.item_id
          WHERE a.queue_id = q.id AND a.person_id = k.person_id AND a.state = 'leased' AND a.expires_at > k.now AND i.state <> 'removed'),
          '[]') AS held
      FROM asked k JOIN queue q ON q.id = k.queue_id AND q.project_id = k.project_id JOIN document r ON r.id = q.rubric_id
        LEFT JOIN document g ON g.id = q.guideline_id LEFT JOIN queue_person p ON p.queue_id = q.id AND p.person_id = k.person_id`.execute(
      db,
    )
    const found = new Map(rows.map(({ n, ...row }) => [n, decodeStanding(row)]))
    return questions.map((_, index) => found.get(index + 1) ?? null)
  })

  return {
    /** Null when the project has no such queue. */
    standing: (projectId: string, queueId: string, personId: string, now: Date): Promise<Standing | null> =>
      standingOf({ projectId, queueId, personId, now }),
  }
}

function decodeStanding({
  pausedReason,
  qualifiedAt,
  hasSkill,
  acknowledgedVersion,
  hasBegun,
  held,
  ...queue
}: Omit<StandingRow, 'n'>): Standing {
  return {
    queue: { ...queue, settings: storedSettings(queue.settings) },
    pausedReason,
    qualifiedAt,
    hasSkill,
    acknowledgedVersion,
    hasBegun,
    held: held.map(decodeLease),
  }
}
