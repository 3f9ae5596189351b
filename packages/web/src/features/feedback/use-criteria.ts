import type { FeedbackKind } from '@plaudit/sdk'
import { useQuery } from '@tanstack/react-query'
import { useClient, useProject } from '../../app/client.tsx'
import { criteriaOf, type Criterion } from './criterion.ts'

/** The criteria that the project's newest judgments are on. Empty while unknown; a new name can always be written. */
export function useCriteria(): Criterion[] {
  const client = useClient()
  const { id } = useProject()
  const { data } = useQuery({
    queryKey: ['criteria', id],
    queryFn: async ({ signal }) => criteriaOf((await client.feedback.list({ limit: 200 }, { signal })).items),
    staleTime: 60_000,
  })
  return data ?? []
}

export function criteriaOfKind(criteria: readonly Criterion[], kind: FeedbackKind): Criterion[] {
  return criteria.filter((criterion) => criterion.kind === kind)
}
