import type { PopulationQuery } from '@plaudit/sdk'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useClient, useProject } from '../../app/client.tsx'
import { type OverviewSearch, overviewRange } from './overview-window.ts'

const STALE_MS = 15_000

/** The overview that the address asks for. While another window loads, the one before stays. */
export function useOverview(search: OverviewSearch, population: PopulationQuery = {}) {
  const project = useProject()
  const client = useClient()
  return useQuery({
    queryKey: ['overview', project.id, search, population],
    queryFn: ({ signal }) =>
      client.overview(
        {
          ...overviewRange(search.window, Date.now()),
          ...(search.prompt === undefined ? {} : { promptName: search.prompt }),
          ...(search.environment === undefined ? {} : { environment: search.environment }),
          ...population,
        },
        { signal },
      ),
    placeholderData: keepPreviousData,
    staleTime: STALE_MS,
    // A large project is answered from its last count at once; the next count is ready a moment later.
    refetchInterval: ({ state }) => ((state.data?.ageMs ?? 0) > STALE_MS ? 1_500 : false),
  })
}

/** Whether any trace has ever come in; asks again every 3 s until one has. */
export function useHasTraces() {
  const project = useProject()
  const client = useClient()
  return useQuery({
    queryKey: ['has-traces', project.id],
    queryFn: async ({ signal }) => (await client.traces.list({ limit: 1 }, { signal })).items.length > 0,
    refetchInterval: ({ state }) => (state.data === false ? 3_000 : false),
    staleTime: ({ state }) => (state.data === true ? Number.POSITIVE_INFINITY : 0),
  })
}
