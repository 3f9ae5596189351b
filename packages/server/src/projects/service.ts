import { ApiError, type Project } from '@plaudit/protocol'
import { uuidv7 } from 'uuidv7'
import { auditService } from '../audit/service.ts'
import type { Db, Queryable } from '../db/schema.ts'
import type { EventStore } from '../events/event-store.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import { slugOf } from './slug.ts'
import { projectStore } from './store.ts'

/** Name of the job that erases what a deleted project left in the event store. */
export const ERASE_PROJECT = 'erase-project'
/** By then every server has read the keys anew, so that nothing of the project is accepted any more. */
const ERASE_AFTER_SECONDS = 10

type Dependencies = {
  db: Db
  clock: () => Date
  events: EventStore
  jobs: JobQueue
  access: { forget: () => void }
  embeddings: { forget: (projectId: string) => Promise<void> }
}

/** Projects: the tenants. */
export function projectService({ db, clock, events, jobs, access, embeddings }: Dependencies) {
  const store = projectStore(db)
  const audit = auditService({ db, clock })

  /** A new project; `ownerId` is null where only keys will use it for now. */
  async function createProject(tx: Queryable, name: string, ownerId: string | null, actor: string): Promise<Project> {
    const row = { id: uuidv7(), name, created_at: clock() }
    let slug = slugOf(name)
    for (let attempt = 2; !(await store.insert(tx, { ...row, slug })); attempt += 1) slug = slugOf(name, attempt)
    if (ownerId !== null) await store.insertOwner(tx, row.id, ownerId)
    await audit.record(tx, { projectId: row.id, actor, action: 'project.create', subject: row.id, detail: { name } })
    return { id: row.id, name, slug, createdAt: row.created_at.toISOString(), role: ownerId === null ? null : 'owner' }
  }

  const createOwnProject = (name: string, ownerId: string): Promise<Project> =>
    db.transaction().execute((tx) => createProject(tx, name, ownerId, ownerId))

  /** The project that was made with this name, or is made now. A project keeps its slug when it is renamed, so it is found by that. */
  async function ensureProject(tx: Queryable, name: string): Promise<string> {
    return (await store.bySlug(tx, slugOf(name))) ?? (await createProject(tx, name, null, 'server')).id
  }

  /** Makes a person the owner of every project that nobody belongs to. Returns how many. */
  async function adoptProjects(tx: Queryable, personId: string): Promise<number> {
    const orphans = await store.withoutMembers(tx)
    for (const projectId of orphans) await store.insertOwner(tx, projectId, personId)
    return orphans.length
  }

  const projectsOf = (personId: string): Promise<Project[]> => store.ofPerson(personId)

  async function renameProject(projectId: string, name: string, actor: string): Promise<Project> {
    return db.transaction().execute(async (tx) => {
      const before = await existing(tx, projectId)
      await store.rename(tx, projectId, name)
      await audit.record(tx, {
        projectId,
        actor,
        action: 'project.rename',
        subject: projectId,
        detail: { from: before.name, to: name },
      })
      return { ...before, name, role: 'owner' as const }
    })
  }

  /** Deletes a project with its keys, memberships and models; its traces and feedback are erased by a job that is sure to follow. */
  async function deleteProject(projectId: string, actor: string): Promise<void> {
    await db.transaction().execute(async (tx) => {
      const { name } = await existing(tx, projectId)
      await jobs.enqueue(ERASE_PROJECT, { projectId }, { key: projectId, delaySeconds: ERASE_AFTER_SECONDS, within: tx })
      await store.remove(tx, projectId)
      await audit.record(tx, { projectId: null, actor, action: 'project.delete', subject: projectId, detail: { name } })
    })
    access.forget()
    await embeddings.forget(projectId)
  }

  /** Erases what a deleted project left in the event store, and the vectors of its outputs on this machine. */
  async function erase(projectId: string): Promise<void> {
    await embeddings.forget(projectId)
    await events.eraseProject(projectId)
  }

  async function existing(tx: Queryable, projectId: string): Promise<Project> {
    const project = await store.byId(tx, projectId)
    if (project === null) throw new ApiError('not_found', `There is no project ${projectId}.`)
    return project
  }

  return { createProject, createOwnProject, ensureProject, adoptProjects, projectsOf, renameProject, deleteProject, erase }
}
