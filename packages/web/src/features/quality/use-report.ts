import type { ReportProgress } from '@plaudit/sdk'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type PlauditClient } from '@plaudit/sdk'
import { useClient, useProject } from '../../app/client.tsx'

/** A report that is there, or how far its making is. */
export type Report<T> = { report: T | null; progress: ReportProgress['progress'] | null }

/** Asks for a report, and again every second while it is being made. While another one loads, the one before stays. */
export function useReport<T extends object>(
  name: string,
  query: object,
  ask: (client: PlauditClient, signal: AbortSignal) => Promise<T | ReportProgress>,
) {
  const project = useProject()
  const client = useClient()
  return useQuery({
    queryKey: ['quality', name, project.id, query],
    queryFn: async ({ signal }): Promise<Report<T>> => {
      const answer = await ask(client, signal)
      return 'progress' in answer ? { report: null, progress: answer.progress } : { report: answer, progress: null }
    },
    refetchInterval: ({ state }) => (state.data?.progress == null ? false : 1_000),
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  })
}
