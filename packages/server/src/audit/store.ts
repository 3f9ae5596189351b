import type { AuditEntry } from '@plaudit/protocol'
import type { Db, Queryable } from '../db/schema.ts'

/** Reads and writes of the audit log. Ids are UUIDs of version 7, so their order is that of time. */
export function auditStore(db: Db) {
  async function insert(tx: Queryable, entry: Omit<AuditEntry, 'time'> & { projectId: string | null; time: Date }): Promise<void> {
    const { projectId, detail, ...rest } = entry
    await tx
      .insertInto('audit_log')
      .values({ ...rest, project_id: projectId, detail: JSON.stringify(detail) })
      .execute()
  }

  async function list(projectId: string, afterId: string | null, limit: number): Promise<AuditEntry[]> {
    const rows = await db
      .selectFrom('audit_log')
      .select(['id', 'time', 'actor', 'action', 'subject', 'detail'])
      .where('project_id', '=', projectId)
      .$if(afterId !== null, (query) => query.where('id', '<', afterId))
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()
    return rows.map((row) => ({ ...row, time: row.time.toISOString() }))
  }

  return { insert, list }
}
