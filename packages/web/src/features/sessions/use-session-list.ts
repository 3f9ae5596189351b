import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useClient, useProject } from '../../app/client.tsx'

/** Pages of sessions, newest first; of one user when named. */
export function useSessionList(userId: string | undefined) {
  const client = useClient()
  const { id } = useProject()
  return useInfiniteQuery({
    queryKey: ['sessions', id, userId ?? ''],
    queryFn: ({ pageParam, signal }) =>
      client.sessions.list(
        { limit: 50, ...(userId === undefined ? {} : { userId }), ...(pageParam === null ? {} : { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
}

/** One session: its traces in order and the feedback on itself. */
export function useTraceSession(sessionId: string) {
  const client = useClient()
  const { id } = useProject()
  return useQuery({ queryKey: ['trace-session', id, sessionId], queryFn: ({ signal }) => client.sessions.get(sessionId, { signal }) })
}

export function useRefreshTraceSession(sessionId: string): () => Promise<void> {
  const queries = useQueryClient()
  const { id } = useProject()
  return () => queries.invalidateQueries({ queryKey: ['trace-session', id, sessionId] })
}
