import { useQuery } from '@tanstack/react-query'
import { useClient, useProject } from './client.tsx'

/** Who works in the project. */
export function useMembers() {
  const client = useClient()
  const { id } = useProject()
  return useQuery({
    queryKey: ['members', id],
    queryFn: ({ signal }) => client.projects.members(id, { signal }),
    staleTime: 60_000,
  })
}

/** Names of the project's members by their id; whoever was imported keeps the id that they came with. */
export function useMemberNames(): (author: string) => string {
  const { data } = useMembers()
  return (author) => data?.items.find(({ id }) => id === author)?.name ?? author
}
