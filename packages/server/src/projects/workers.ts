import type { ServerContext } from '../http/context.ts'
import { ERASE_PROJECT, projectService } from './service.ts'

/** Erases what deleted projects left. */
export async function projectWorkers(context: ServerContext): Promise<void> {
  const projects = projectService(context)
  await context.jobs.work<{ projectId: string }>(ERASE_PROJECT, ({ projectId }) => projects.erase(projectId))
}
