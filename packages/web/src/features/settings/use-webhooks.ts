import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useClient, useProject } from '../../app/client.tsx'

/** While a call waits its log is looked at again so often. */
const LOOK_EVERY_MS = 2_000

/** The project's webhooks, and its queues by which they are named. */
export function useWebhooks() {
  const client = useClient()
  const project = useProject()
  const queries = useQueryClient()
  const queryKey = ['webhooks', project.id]
  const list = useQuery({ queryKey, queryFn: ({ signal }) => client.webhooks.list({ signal }) })
  const queues = useQuery({
    queryKey: ['webhooks', 'queues', project.id],
    queryFn: async ({ signal }) => (await client.queues.list({ limit: 200 }, { signal })).items,
  })
  return { list, queues: queues.data ?? [], refresh: () => queries.invalidateQueries({ queryKey }) }
}

/** The calls of a webhook, newest first, kept current while one waits. */
export function useWebhookLog(webhookId: string) {
  const client = useClient()
  return useInfiniteQuery({
    queryKey: webhookLogKey(webhookId),
    queryFn: ({ pageParam, signal }) =>
      client.webhooks.deliveries(webhookId, { limit: 20, ...(pageParam === null ? {} : { cursor: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some((call) => call.state === 'waiting')) === true ? LOOK_EVERY_MS : false,
  })
}

export const webhookLogKey = (webhookId: string) => ['webhook-log', webhookId]
