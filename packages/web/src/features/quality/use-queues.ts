import { useQuery } from '@tanstack/react-query'
import { useClient, useProject } from '../../app/client.tsx'

/** The project's queues, to choose from and to name. */
export function useQueues() {
  const project = useProject()
  const client = useClient()
  return useQuery({
    queryKey: ['quality', 'queues', project.id],
    queryFn: async ({ signal }) => (await client.queues.list({ limit: 200 }, { signal })).items,
    staleTime: 30_000,
  })
}

/** The name of a slice for people: queues by their name, versions by their number. */
export function useSliceName(by: string | undefined): (slice: string) => string {
  const queues = useQueues()
  return (slice) => {
    if (by === 'queue') return queues.data?.find(({ id }) => id === slice)?.name ?? slice
    if (by === 'guideline') return slice.replace(/^\S+ /, 'version ')
    return slice.trim()
  }
}
