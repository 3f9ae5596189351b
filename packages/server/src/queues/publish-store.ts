import { criteriaSchema, type Target } from '@plaudit/protocol'
import { sql } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { Published } from './publisher.ts'

/** The outbox of judgments. */
export function publishStore(db: Db) {
  async function markPublished(keys: readonly { assignmentId: string; submissionId: string }[]): Promise<void> {
    if (keys.length === 0) return
    await sql`
      UPDATE assignment a SET published = true
      FROM unnest(${keys.map((key) => key.assignmentId)}::uuid[], ${keys.map((key) => key.submissionId)}::uuid[]) AS k(id, submission_id)
      WHERE a.id = k.id AND a.submission_id = k.submission_id`.execute(db)
  }

  /** Judgments that are not in the event store yet, oldest first: one, or those submitted before a time. */
  async function unpublished(only: string | null, before: Date | null, limit = 1_000): Promise<Published[]> {
    const { rows } = await sql<{
      id: string
      submission_id: string
      project_id: string
      queue_id: string
      person_id: string
      member_role: string | null
      target: Target
      content: { criteria: unknown }
      answers: Record<string, unknown>
      rationales: Record<string, string>
      presentation: Record<string, unknown>
      submitted_at: Date
    }>`
      SELECT a.id, a.submission_id, q.project_id, a.queue_id, a.person_id, m.role AS member_role, i.target, v.content, a.answers, a.rationales,
        a.presentation, a.submitted_at
      FROM assignment a JOIN queue_item i ON i.id = a.item_id JOIN queue q ON q.id = a.queue_id
        JOIN document_version v ON v.document_id = q.rubric_id AND v.version = a.rubric_version
        LEFT JOIN membership m ON m.project_id = q.project_id AND m.user_id = a.person_id
      WHERE NOT a.published AND (${only}::uuid IS NULL OR a.id = ${only}::uuid)
        AND (${before}::timestamptz IS NULL OR a.submitted_at < ${before}::timestamptz)
      ORDER BY a.submitted_at LIMIT ${limit}`.execute(db)
    return rows.map((row) => ({
      assignmentId: row.id,
      submissionId: row.submission_id,
      projectId: row.project_id,
      queueId: row.queue_id,
      personId: row.person_id,
      role: row.member_role === 'owner' || row.member_role === 'lead' ? 'lead' : 'reviewer',
      target: row.target,
      criteria: criteriaSchema.parse(row.content.criteria),
      answers: row.answers,
      rationales: row.rationales,
      dropped: [],
      presentation: row.presentation,
      submittedAt: new Date(row.submitted_at),
    }))
  }

  return { markPublished, unpublished }
}
