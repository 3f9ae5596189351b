import { criteriaSchema, type Page, type Rubric } from '@plaudit/protocol'
import type { Db, Queryable } from '../db/schema.ts'
import { documentService, type DocumentVersion } from '../documents/service.ts'

type Parsed = { name: string; criteria: Rubric['criteria']; note: string }
export type RubricService = ReturnType<typeof rubricService>

/** Versions whose criteria are kept in memory. */
const MOST_KEPT = 500

/** Rubrics: versioned lists of criteria. */
export function rubricService(context: { db: Db; clock: () => Date }) {
  const documents = documentService(context, 'rubric')
  const criteria = new Map<string, Rubric['criteria']>()
  const draftOf = (draft: Parsed) => ({ name: draft.name, note: draft.note, content: { criteria: draft.criteria } })

  async function listRubrics(projectId: string, page: { limit: number; cursor?: string | undefined }): Promise<Page<Rubric>> {
    const { items, nextCursor } = await documents.list(projectId, page)
    return { items: items.map(rubricOf), nextCursor }
  }
  const getRubric = async (projectId: string, id: string, version?: number, tx?: Queryable) =>
    rubricOf(await documents.get(projectId, id, version, tx))

  /** The criteria of one version. A version never changes, so that what was read once is kept. @throws ApiError `not_found`. */
  async function criteriaOf(projectId: string, id: string, version: number): Promise<Rubric['criteria']> {
    const key = `${projectId} ${id} ${version}`
    const held = criteria.get(key)
    if (held !== undefined) return held
    const read = (await getRubric(projectId, id, version)).criteria
    if (criteria.size >= MOST_KEPT) criteria.clear()
    criteria.set(key, read)
    return read
  }
  const versionsOf = async (projectId: string, id: string) => (await documents.history(projectId, id)).map(rubricOf)
  const createRubric = async (projectId: string, input: Parsed, actor: string) =>
    rubricOf(await documents.create(projectId, draftOf(input), actor))
  const changeRubric = async (projectId: string, id: string, { baseVersion, ...input }: Parsed & { baseVersion: number }, actor: string) =>
    rubricOf(await documents.change(projectId, id, baseVersion, draftOf(input), actor))
  const setArchived = async (projectId: string, id: string, archived: boolean) =>
    rubricOf(await documents.setArchived(projectId, id, archived))

  return { listRubrics, getRubric, criteriaOf, versionsOf, createRubric, changeRubric, setArchived }
}

function rubricOf({ content, createdAt, ...version }: DocumentVersion): Rubric {
  return { ...version, criteria: criteriaSchema.parse(content['criteria']), createdAt: createdAt.toISOString() }
}
