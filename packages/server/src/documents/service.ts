import { ApiError, type Page } from '@plaudit/protocol'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import type { Db, Queryable } from '../db/schema.ts'
import { decodeCursor, encodeCursor } from '../http/cursor.ts'
import { type DocumentKind, documentStore, type DocumentVersion } from './store.ts'

export type { DocumentVersion } from './store.ts'
/** What a new version says. */
export type Draft = { name: string; note: string; content: Record<string, unknown> }

const positionSchema = z.tuple([z.string(), z.string()])

/** Rubrics and guidelines are the same thing seen from here: named documents whose versions never change. */
export function documentService({ db, clock }: { db: Db; clock: () => Date }, kind: DocumentKind) {
  const store = documentStore(db, kind)
  const missing = (id: string, version?: number) =>
    new ApiError('not_found', `There is no ${kind} ${id}${version === undefined ? '' : ` in version ${version}`} in this project.`)

  async function list(
    projectId: string,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<DocumentVersion>> {
    const position = cursor === undefined ? null : decodeCursor(positionSchema, cursor)
    const found = await store.newest(projectId, position === null ? null : { name: position[0], id: position[1] }, limit + 1)
    const items = found.slice(0, limit)
    const last = items.at(-1)
    return { items, nextCursor: found.length > limit && last !== undefined ? encodeCursor([last.name, last.id]) : null }
  }

  /** One version, the newest when none is named. @throws ApiError `not_found`. */
  async function get(projectId: string, id: string, version?: number, tx: Queryable = db): Promise<DocumentVersion> {
    const found = await store.one(tx, projectId, id, version)
    if (found === null) throw missing(id, version)
    return found
  }

  /** All versions, newest first. @throws ApiError `not_found`. */
  async function history(projectId: string, id: string): Promise<DocumentVersion[]> {
    const found = await store.history(projectId, id)
    if (found.length === 0) throw missing(id)
    return found
  }

  async function create(projectId: string, draft: Draft, actor: string): Promise<DocumentVersion> {
    const first = { id: uuidv7(), version: 1, ...draft, createdBy: actor, createdAt: clock() }
    await db.transaction().execute(async (tx) => {
      await store.insert(tx, projectId, first.id)
      await store.insertVersion(tx, first)
    })
    return { ...first, archived: false }
  }

  /**
   * Adds a version on top of the one that was edited.
   * @throws ApiError `not_found`; `conflict` when somebody else added one meanwhile.
   */
  async function change(projectId: string, id: string, baseVersion: number, draft: Draft, actor: string): Promise<DocumentVersion> {
    return db.transaction().execute(async (tx) => {
      const before = await get(projectId, id, undefined, tx)
      const next = { id, version: baseVersion + 1, ...draft, createdBy: actor, createdAt: clock() }
      if (before.version !== baseVersion || !(await store.advance(tx, projectId, id, next.version))) {
        throw new ApiError(
          'conflict',
          `Version ${before.version} of this ${kind} is newer than the one you edited: load it and make the change there.`,
          {
            details: { newestVersion: before.version },
          },
        )
      }
      await store.insertVersion(tx, next)
      return { ...next, archived: before.archived }
    })
  }

  /** @throws ApiError `not_found`. */
  async function setArchived(projectId: string, id: string, archived: boolean): Promise<DocumentVersion> {
    if (!(await store.setArchived(projectId, id, archived))) throw missing(id)
    return get(projectId, id)
  }

  return { list, get, history, create, change, setArchived }
}
