import { type Guideline, guidelineInputSchema, type Page } from '@plaudit/protocol'
import type { z } from 'zod'
import type { Db, Queryable } from '../db/schema.ts'
import { documentService, type DocumentVersion } from '../documents/service.ts'
import { acknowledgementStore } from './store.ts'

type Parsed = z.output<typeof guidelineInputSchema>

/** Guidelines: versioned documents that tell reviewers how to decide, and who has read which version. */
export function guidelineService(context: { db: Db; clock: () => Date }) {
  const documents = documentService(context, 'guideline')
  const store = acknowledgementStore(context.db)
  const draftOf = ({ name, note, ...content }: Parsed) => ({ name, note, content })

  async function listGuidelines(projectId: string, page: { limit: number; cursor?: string | undefined }): Promise<Page<Guideline>> {
    const { items, nextCursor } = await documents.list(projectId, page)
    return { items: items.map(guidelineOf), nextCursor }
  }
  const getGuideline = async (projectId: string, id: string, version?: number, tx?: Queryable) =>
    guidelineOf(await documents.get(projectId, id, version, tx))
  const versionsOf = async (projectId: string, id: string) => (await documents.history(projectId, id)).map(guidelineOf)
  const createGuideline = async (projectId: string, input: Parsed, actor: string) =>
    guidelineOf(await documents.create(projectId, draftOf(input), actor))
  const changeGuideline = async (
    projectId: string,
    id: string,
    { baseVersion, ...input }: Parsed & { baseVersion: number },
    actor: string,
  ) => guidelineOf(await documents.change(projectId, id, baseVersion, draftOf(input), actor))
  const setArchived = async (projectId: string, id: string, archived: boolean) =>
    guidelineOf(await documents.setArchived(projectId, id, archived))

  /** Notes that a person has read a version. Doing it twice changes nothing. @throws ApiError `not_found`. */
  async function acknowledge(projectId: string, id: string, version: number, personId: string): Promise<void> {
    await documents.get(projectId, id, version)
    await store.acknowledge(id, version, personId, context.clock())
  }
  const acknowledgedVersion = (id: string, personId: string): Promise<number | null> => store.acknowledgedVersion(id, personId)

  return {
    listGuidelines,
    getGuideline,
    versionsOf,
    createGuideline,
    changeGuideline,
    setArchived,
    acknowledge,
    acknowledgedVersion,
  }
}

function guidelineOf({ content, createdAt, ...version }: DocumentVersion): Guideline {
  const { body, examples, touches } = guidelineInputSchema.parse({ ...content, name: version.name })
  return { ...version, body, examples, touches, createdAt: createdAt.toISOString() }
}
