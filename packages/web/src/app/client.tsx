import { createClient, type PlauditClient, type Project } from '@plaudit/sdk'
import { useParams } from '@tanstack/react-router'
import { useSession } from './session.ts'

const clients = new Map<string, PlauditClient>()

/** The client of one project; the same object for the same project. */
export function projectClient(projectId: string): PlauditClient {
  let client = clients.get(projectId)
  if (client === undefined) clients.set(projectId, (client = createClient({ project: projectId })))
  return client
}

/**
 * The project that the address names. @throws Error outside `/p/$project`.
 *
 * Put `project.id` into every query key, so that two projects never share a cached answer.
 */
export function useProject(): Project {
  const { project: slug } = useParams({ strict: false })
  const project = useSession().projects.find((each) => each.slug === slug)
  if (project === undefined) throw new Error(`There is no project "${slug ?? ''}" that you can see.`)
  return project
}

/** The SDK's client, bound to the project that the address names. */
export function useClient(): PlauditClient {
  return projectClient(useProject().id)
}
