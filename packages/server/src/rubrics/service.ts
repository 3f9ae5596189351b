import { criteriaSchema, type Page, type Rubric } from '@plaudit/protocol'
import type { Db, Queryable } from '../db/schema.ts'
import { documentService, type DocumentVersion } from '../documents/service.ts'

type Parsed = { name: string; criteria: Rubric['criteria']; note: string }
export type RubricService = ReturnType<typeof rubricService>

/** Rubrics: versioned lists of criteria. */
export function rubricService(context: { db: Db; clock: () => Date }) {
  const documents = documentService(context, 'rubric')
  const draftOf = ({ name, criteria, note }: Parsed) => ({ name, note, content: { criteria } })

  async function listRubrics(projectId: string, page: { limit: number; cursor?: string | undefined }): Promise<Page<Rubric>> {
    const { items, nextCursor } = await documents.list(projectId, page)
    return { items: items.map(rubricOf), nextCursor }
  }
  const getRubric = async (projectId: string, id: string, version?: number, tx?: Queryable) =>
    rubricOf(await documents.get(projectId, id, version, tx))
  const versionsOf = async (projectId: string, id: string) => (await documents.history(projectId, id)).map(rubricOf)
  const createRubric = async (projectId: string, input: Parsed, actor: string) =>
    rubricOf(await documents.create(projectId, draftOf(input), actor))
  const changeRubric = async (projectId: string, id: string, { baseVersion, ...input }: Parsed & { baseVersion: number }, actor: string) =>
    rubricOf(await documents.change(projectId, id, baseVersion, draftOf(input), actor))
  const setArchived = async (projectId: string, id: string, archived: boolean) =>
    rubricOf(await documents.setArchived(projectId, id, archived))

  return { listRubrics, getRubric, versionsOf, createRubric, changeRubric, setArchived }
}

function rubricOf({ content, createdAt, ...version }: DocumentVersion): Rubric {
  return { ...version, criteria: criteriaSchema.parse(content['criteria']), createdAt: createdAt.toISOString() }
}
