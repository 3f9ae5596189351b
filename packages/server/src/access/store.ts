import type { Role } from '@plaudit/protocol'
import type { Db } from '../db/schema.ts'

/** A key that has not been revoked, as requests are checked against it. */
export type KeyRow = { id: string; projectId: string; publicKey: string; secretHash: string }

/** Reads and writes of who may enter. */
export function accessStore(db: Db) {
  const liveKeys = (): Promise<KeyRow[]> =>
    db
      .selectFrom('api_key')
      .select(['id', 'project_id as projectId', 'public_key as publicKey', 'secret_hash as secretHash'])
      .where('revoked_at', 'is', null)
      .execute()

  async function markUsed(keyId: string, time: Date): Promise<void> {
    await db.updateTable('api_key').set({ last_used_at: time }).where('id', '=', keyId).execute()
  }

  async function roleOf(projectId: string, personId: string): Promise<Role | null> {
    const row = await db
      .selectFrom('membership')
      .select('role')
      .where('project_id', '=', projectId)
      .where('user_id', '=', personId)
      .executeTakeFirst()
    return row?.role ?? null
  }

  return { liveKeys, markUsed, roleOf }
}
