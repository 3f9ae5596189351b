import type { ServerContext } from '../http/context.ts'
import { ERASE_PROJECT, projectService } from './service.ts'

/** Erases what deleted projects left in the event store. */
export async function projectWorkers(context: ServerContext): Promise<void> {
  const projects = projectService(context)
  await context.jobs.work<{ projectId: string }>(ERASE_PROJECT, ({ projectId }) => projects.eraseEvents(projectId))
}
