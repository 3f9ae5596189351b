import { createClient, type PlauditClient, type Project, type SessionInfo } from '@plaudit/sdk'
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'

/** A client bound to no project: sessions, and what is about all projects. */
export const rootClient: PlauditClient = createClient()

/** Who is signed in and which projects they see; the whole app hangs on it. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => rootClient.session.get({ signal }),
  staleTime: 60_000,
})

export function useSession(): SessionInfo {
  return useSuspenseQuery(sessionQuery).data
}

const lastProjectKey = 'plaudit.project'

/** The project to open when the address names none: the one open last, or the first. */
export function homeProject({ projects }: SessionInfo): Project | undefined {
  let last: string | null = null
  try {
    last = localStorage.getItem(lastProjectKey)
  } catch {
    // Blocked storage: the first project.
  }
  return projects.find(({ slug }) => slug === last) ?? projects[0]
}

export function rememberProject(slug: string): void {
  try {
    localStorage.setItem(lastProjectKey, slug)
  } catch {
    // Blocked storage: the first project opens next time.
  }
}
