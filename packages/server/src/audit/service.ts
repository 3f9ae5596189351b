import { type AuditEntry, type AuditQuery, type Page, uuidSchema } from '@plaudit/protocol'
import { uuidv7 } from 'uuidv7'
import type { Db, Queryable } from '../db/schema.ts'
import { decodeCursor, encodeCursor } from '../http/cursor.ts'
import { auditStore } from './store.ts'

export type AuditRecord = {
  projectId: string | null
  /** Who did it, as `principalId` names them, or `server`. */
  actor: string
  /** What was done: `<thing>.<verb>`. */
  action: string
  /** Id of what it was done to. */
  subject: string
  detail?: Record<string, unknown>
}

/** Who changed what. */
export function auditService({ db, clock }: { db: Db; clock: () => Date }) {
  const store = auditStore(db)

  /** Writes an entry inside the transaction of the change itself, so that neither is there without the other. */
  function record(tx: Queryable, { detail = {}, ...entry }: AuditRecord): Promise<void> {
    return store.insert(tx, { ...entry, detail, id: uuidv7(), time: clock() })
  }

  /** One page of a project's entries, newest first. */
  async function list(projectId: string, query: AuditQuery): Promise<Page<AuditEntry>> {
    const afterId = query.cursor === undefined ? null : decodeCursor(uuidSchema, query.cursor)
    const found = await store.list(projectId, afterId, query.limit + 1)
    const items = found.slice(0, query.limit)
    return { items, nextCursor: found.length > items.length ? encodeCursor(items.at(-1)?.id) : null }
  }

  return { record, list }
}
