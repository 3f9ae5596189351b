import { useQuery } from '@tanstack/react-query'
import { useClient, useProject } from '../../app/client.tsx'
import { criteriaOf, type Criterion } from './criterion.ts'

/** The criteria that people's newest judgments in the project are on. Empty while unknown; a new name can always be written. */
export function useCriteria(): Criterion[] {
  const client = useClient()
  const { id } = useProject()
  const { data } = useQuery({
    queryKey: ['criteria', id],
    queryFn: async ({ signal }) => criteriaOf((await client.feedback.list({ limit: 200, authorKind: 'human' }, { signal })).items),
    staleTime: 60_000,
  })
  return data ?? []
}
