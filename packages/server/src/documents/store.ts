import type { Db, Queryable } from '../db/schema.ts'

export type DocumentKind = 'rubric' | 'guideline'

/** One version of a document as it is stored. */
export type DocumentVersion = {
  id: string
  version: number
  name: string
  content: Record<string, unknown>
  note: string
  createdBy: string
  createdAt: Date
  archived: boolean
}
export type NewVersion = Pick<DocumentVersion, 'id' | 'version' | 'name' | 'content' | 'note' | 'createdBy' | 'createdAt'>

/** Reads and writes of versioned documents of one kind. */
export function documentStore(db: Db, kind: DocumentKind) {
  const versions = (tx: Queryable, projectId: string) =>
    tx
      .selectFrom('document')
      .innerJoin('document_version as v', 'v.document_id', 'document.id')
      .select([
        'document.id',
        'v.version',
        'v.name',
        'v.content',
        'v.note',
        'v.created_by as createdBy',
        'v.created_at as createdAt',
        'document.archived',
      ])
      .where('document.project_id', '=', projectId)
      .where('document.kind', '=', kind)

  /** The newest version of every document, by name, after a position. */
  async function newest(projectId: string, after: { name: string; id: string } | null, limit: number): Promise<DocumentVersion[]> {
    let query = versions(db, projectId).whereRef('v.version', '=', 'document.newest')
    if (after !== null)
      query = query.where((eb) =>
        eb.or([eb('v.name', '>', after.name), eb.and([eb('v.name', '=', after.name), eb('document.id', '>', after.id)])]),
      )
    return query.orderBy('v.name').orderBy('document.id').limit(limit).execute()
  }

  /** One version, the newest when none is named; null when there is none. */
  async function one(tx: Queryable, projectId: string, id: string, version?: number): Promise<DocumentVersion | null> {
    const query = versions(tx, projectId).where('document.id', '=', id)
    const row = await (
      version === undefined ? query.whereRef('v.version', '=', 'document.newest') : query.where('v.version', '=', version)
    ).executeTakeFirst()
    return row ?? null
  }

  /** All versions of a document, newest first. */
  const history = (projectId: string, id: string): Promise<DocumentVersion[]> =>
    versions(db, projectId).where('document.id', '=', id).orderBy('v.version', 'desc').execute()

  async function insert(tx: Queryable, projectId: string, id: string): Promise<void> {
    await tx.insertInto('document').values({ id, project_id: projectId, kind, newest: 1 }).execute()
  }

  /** Makes `version` the newest, unless another one became it meanwhile. */
  async function advance(tx: Queryable, projectId: string, id: string, version: number): Promise<boolean> {
    const { numUpdatedRows } = await tx
      .updateTable('document')
      .set({ newest: version })
      .where('id', '=', id)
      .where('project_id', '=', projectId)
      .where('kind', '=', kind)
      .where('newest', '=', version - 1)
      .executeTakeFirst()
    return numUpdatedRows === 1n
  }

  async function insertVersion(tx: Queryable, { id, version, name, content, note, createdBy, createdAt }: NewVersion): Promise<void> {
    await tx
      .insertInto('document_version')
      .values({ document_id: id, version, name, content: JSON.stringify(content), note, created_by: createdBy, created_at: createdAt })
      .execute()
  }

  async function setArchived(projectId: string, id: string, archived: boolean): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('document')
      .set({ archived })
      .where('id', '=', id)
      .where('project_id', '=', projectId)
      .where('kind', '=', kind)
      .executeTakeFirst()
    return numUpdatedRows === 1n
  }

  return { newest, one, history, insert, advance, insertVersion, setArchived }
}
