import type { Trace, TraceFacets } from '@plaudit/sdk'
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useClient, useProject } from '../../app/client.tsx'
import { type TraceFilter, traceQueryOf } from './trace-filter.ts'

const PAGE_SIZE = 50

/** Pages of the trace list, newest first. While only the newest page is open it is kept current. */
export function useTraceList(filter: TraceFilter) {
  const client = useClient()
  const project = useProject()
  return useInfiniteQuery({
    queryKey: ['traces', project.id, filter],
    queryFn: ({ pageParam, signal }) =>
      client.traces.list({ ...traceQueryOf(filter), limit: PAGE_SIZE, ...(pageParam === null ? {} : { cursor: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.pages.length === 1 && state.status === 'success' ? 15_000 : false),
  })
}

/** What the filters can offer. Nothing while unknown: a filter can still be typed. */
export function useTraceFacets(): TraceFacets | undefined {
  const client = useClient()
  const project = useProject()
  return useQuery({ queryKey: ['trace-facets', project.id], queryFn: ({ signal }) => client.traces.facets({ signal }), staleTime: 60_000 })
    .data
}

/** One trace with all its spans and feedback. */
export function useTrace(traceId: string) {
  const client = useClient()
  const project = useProject()
  return useQuery({
    queryKey: ['trace', project.id, traceId],
    queryFn: ({ signal }): Promise<Trace> => client.traces.get(traceId, { signal }),
  })
}

/** Reads a trace again, and marks the lists that show its scores as out of date. */
export function useRefreshTrace(traceId: string): () => Promise<void> {
  const queries = useQueryClient()
  const { id } = useProject()
  return async () => {
    void queries.invalidateQueries({ queryKey: ['traces', id], refetchType: 'none' })
    await queries.invalidateQueries({ queryKey: ['trace', id, traceId] })
  }
}
