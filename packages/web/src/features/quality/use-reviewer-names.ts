import { useQuery } from '@tanstack/react-query'
import { useClient, useProject } from '../../app/client.tsx'

/** Names of the project's members by their id; whoever was imported keeps the id that they came with. */
export function useReviewerNames(): (author: string) => string {
  const client = useClient()
  const project = useProject()
  const members = useQuery({
    queryKey: ['members', project.id],
    queryFn: ({ signal }) => client.projects.members(project.id, { signal }),
    staleTime: 60_000,
  })
  return (author) => members.data?.items.find(({ id }) => id === author)?.name ?? author
}
