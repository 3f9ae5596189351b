import type { Project, Role } from '@plaudit/protocol'
import type { Db, Queryable } from '../db/schema.ts'

type ProjectRow = { id: string; name: string; slug: string; created_at: Date }

function decode({ created_at, ...row }: ProjectRow, role: Role | null): Project {
  return { ...row, createdAt: created_at.toISOString(), role }
}

/** Reads and writes of projects. */
export function projectStore(db: Db) {
  /** Adds a project unless its slug is taken. */
  async function insert(tx: Queryable, row: ProjectRow): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('project')
      .values(row)
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .executeTakeFirst()
    return numInsertedOrUpdatedRows === 1n
  }

  async function insertOwner(tx: Queryable, projectId: string, personId: string): Promise<void> {
    await tx
      .insertInto('membership')
      .values({ project_id: projectId, user_id: personId, role: 'owner' })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }

  async function bySlug(tx: Queryable, slug: string): Promise<string | null> {
    const row = await tx.selectFrom('project').select('id').where('slug', '=', slug).executeTakeFirst()
    return row?.id ?? null
  }

  /** Projects that nobody belongs to: those that keys from the environment made. */
  async function withoutMembers(tx: Queryable): Promise<string[]> {
    const rows = await tx
      .selectFrom('project')
      .select('id')
      .where((where) =>
        where.not(where.exists(where.selectFrom('membership').select('project_id').whereRef('membership.project_id', '=', 'project.id'))),
      )
      .execute()
    return rows.map(({ id }) => id)
  }

  async function ofPerson(personId: string): Promise<Project[]> {
    const rows = await db
      .selectFrom('project')
      .innerJoin('membership', 'membership.project_id', 'project.id')
      .select(['project.id', 'project.name', 'project.slug', 'project.created_at', 'membership.role'])
      .where('membership.user_id', '=', personId)
      .orderBy('project.created_at')
      .orderBy('project.id')
      .execute()
    return rows.map(({ role, ...row }) => decode(row, role))
  }

  async function byId(tx: Queryable, projectId: string): Promise<Project | null> {
    const row = await tx.selectFrom('project').select(['id', 'name', 'slug', 'created_at']).where('id', '=', projectId).executeTakeFirst()
    return row === undefined ? null : decode(row, null)
  }

  async function rename(tx: Queryable, projectId: string, name: string): Promise<void> {
    await tx.updateTable('project').set({ name }).where('id', '=', projectId).execute()
  }

  async function remove(tx: Queryable, projectId: string): Promise<void> {
    await tx.deleteFrom('project').where('id', '=', projectId).execute()
  }

  return { insert, insertOwner, bySlug, withoutMembers, ofPerson, byId, rename, remove }
}
