import type { ServerContext } from '../http/context.ts'
import { ERASE_PROJECT, projectService } from './service.ts'

/** Erases what deleted projects left in the event store, and the vectors of their outputs. */
export async function projectWorkers(context: ServerContext): Promise<void> {
  const projects = projectService(context)
  await context.jobs.work<{ projectId: string }>(ERASE_PROJECT, async ({ projectId }) => {
    await context.embeddings.forget(projectId)
    await projects.eraseEvents(projectId)
  })
}
