import type { Member, Role } from '@plaudit/protocol'
import type { Transaction } from 'kysely'
import type { Database, Db } from '../db/schema.ts'

/** Reads and writes of who belongs to a project. */
export function memberStore(db: Db) {
  /** Members, in the order in which they came. */
  async function list(projectId: string): Promise<Member[]> {
    const rows = await db
      .selectFrom('membership')
      .innerJoin('user', 'user.id', 'membership.user_id')
      .select(['user.id', 'user.name', 'user.email', 'membership.role', 'membership.created_at'])
      .where('membership.project_id', '=', projectId)
      .orderBy('membership.created_at')
      .orderBy('user.id')
      .execute()
    return rows.map(({ created_at, ...row }) => ({ ...row, createdAt: created_at.toISOString() }))
  }

  /** Adds a member; false when the person is one already. */
  async function insert(tx: Transaction<Database>, projectId: string, personId: string, role: Role, time: Date): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('membership')
      .values({ project_id: projectId, user_id: personId, role, created_at: time })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return numInsertedOrUpdatedRows === 1n
  }

  /** Everybody's role, locked until the transaction ends, so that two owners cannot remove each other at once. */
  async function lockRoles(tx: Transaction<Database>, projectId: string): Promise<Map<string, Role>> {
    const rows = await tx
      .selectFrom('membership')
      .select(['user_id', 'role'])
      .where('project_id', '=', projectId)
      .orderBy('user_id')
      .forUpdate()
      .execute()
    return new Map(rows.map(({ user_id, role }) => [user_id, role]))
  }

  async function setRole(tx: Transaction<Database>, projectId: string, personId: string, role: Role): Promise<void> {
    await tx.updateTable('membership').set({ role }).where('project_id', '=', projectId).where('user_id', '=', personId).execute()
  }

  async function remove(tx: Transaction<Database>, projectId: string, personId: string): Promise<void> {
    await tx.deleteFrom('membership').where('project_id', '=', projectId).where('user_id', '=', personId).execute()
  }

  return { list, insert, lockRoles, setRole, remove }
}
