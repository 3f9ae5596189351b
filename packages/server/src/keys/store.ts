import type { ProjectKey } from '@plaudit/protocol'
import type { Db, Queryable } from '../db/schema.ts'

export type NewKey = {
  id: string
  projectId: string
  name: string
  publicKey: string
  secretHash: string
  secretHint: string
  createdAt: Date
}

/** Reads and writes of project keys, for the people who manage them. */
export function keyStore(db: Db) {
  async function insert(tx: Queryable, key: NewKey): Promise<void> {
    await tx
      .insertInto('api_key')
      .values({
        id: key.id,
        project_id: key.projectId,
        name: key.name,
        public_key: key.publicKey,
        secret_hash: key.secretHash,
        secret_hint: key.secretHint,
        created_at: key.createdAt,
      })
      .execute()
  }

  /** Keys that have not been revoked, oldest first. */
  async function list(projectId: string): Promise<ProjectKey[]> {
    const rows = await db
      .selectFrom('api_key')
      .select(['id', 'name', 'public_key', 'secret_hint', 'created_at', 'last_used_at'])
      .where('project_id', '=', projectId)
      .where('revoked_at', 'is', null)
      .orderBy('id')
      .execute()
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      publicKey: row.public_key,
      secretHint: row.secret_hint,
      createdAt: row.created_at.toISOString(),
      lastUsedAt: row.last_used_at?.toISOString() ?? null,
    }))
  }

  /** Whoever holds either half of a pair, revoked or not. */
  async function holderOf(tx: Queryable, publicKey: string, secretHash: string) {
    return tx
      .selectFrom('api_key')
      .select(['id', 'project_id as projectId', 'public_key as publicKey', 'secret_hash as secretHash', 'revoked_at as revokedAt'])
      .where((where) => where.or([where('public_key', '=', publicKey), where('secret_hash', '=', secretHash)]))
      .executeTakeFirst()
  }

  /** Revokes a key; false when there is none that is live. */
  async function revoke(tx: Queryable, projectId: string, keyId: string, time: Date): Promise<boolean> {
    const { numUpdatedRows } = await tx
      .updateTable('api_key')
      .set({ revoked_at: time })
      .where('project_id', '=', projectId)
      .where('id', '=', keyId)
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
    return numUpdatedRows === 1n
  }

  return { insert, list, holderOf, revoke }
}
