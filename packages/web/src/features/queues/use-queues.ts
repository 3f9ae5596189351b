import type { Queue, QueueChange, QueueFill, QueueFilled, QueueInput, QueueItem } from '@plaudit/sdk'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useClient, useProject } from '../../app/client.tsx'
import { toast } from '../../ui/toast.tsx'

/** The project's queues with their progress, newest first. */
export function useQueueList() {
  const client = useClient()
  const { id } = useProject()
  return useInfiniteQuery({
    queryKey: ['queues', id],
    queryFn: ({ pageParam, signal }) => client.queues.list(pageParam === null ? {} : { cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: 15_000,
  })
}

/** One queue with its progress, kept current. */
export function useQueue(queueId: string) {
  const client = useClient()
  const { id } = useProject()
  return useQuery({
    queryKey: ['queue', id, queueId],
    queryFn: ({ signal }) => client.queues.get(queueId, { signal }),
    refetchInterval: 10_000,
  })
}

export type ItemFilter = { state?: QueueItem['state']; gold?: true }

/** The items of a queue in the order of their arrival. */
export function useQueueItems(queueId: string, { state, gold }: ItemFilter) {
  const client = useClient()
  const { id } = useProject()
  return useInfiniteQuery({
    queryKey: ['queue-items', id, queueId, state ?? '', gold ?? false],
    queryFn: ({ pageParam, signal }) =>
      client.queues.items(
        queueId,
        {
          limit: 100,
          ...(state === undefined ? {} : { state }),
          ...(gold === undefined ? {} : { gold: 'true' as const }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** Everybody who has worked in a queue. */
export function useQueuePeople(queueId: string) {
  const client = useClient()
  const { id } = useProject()
  return useQuery({
    queryKey: ['queue-people', id, queueId],
    queryFn: async ({ signal }) => (await client.queues.people(queueId, { signal })).items,
    refetchInterval: 15_000,
  })
}

/** What reviewers reported about items of a queue. */
export function useChallenges(queueId: string) {
  const client = useClient()
  const { id } = useProject()
  return useQuery({
    queryKey: ['challenges', id, queueId],
    queryFn: async ({ signal }) => (await client.queues.challenges(queueId, { signal })).items,
  })
}

/** Rubrics and guidelines that a queue can use. */
export function useReviewDocuments() {
  const client = useClient()
  const { id } = useProject()
  return useQuery({
    queryKey: ['review-documents', id],
    queryFn: async ({ signal }) => {
      const [rubrics, guidelines] = await Promise.all([
        client.rubrics.list({ limit: 200 }, { signal }),
        client.guidelines.list({ limit: 200 }, { signal }),
      ])
      return {
        rubrics: rubrics.items.filter(({ archived }) => !archived),
        guidelines: guidelines.items.filter(({ archived }) => !archived),
      }
    },
    staleTime: 0,
  })
}

function useRefresh(): (queueId?: string) => Promise<void> {
  const queries = useQueryClient()
  const { id } = useProject()
  return async (queueId) => {
    const keys = ['queue', 'queue-items', 'queue-people', 'challenges', 'disagreements', 'adjudication']
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['queues', id] }),
      ...(queueId === undefined ? [] : keys.map((key) => queries.invalidateQueries({ queryKey: [key, id, queueId] }))),
    ])
  }
}

/** Makes a queue, and fills it at once where the lead wants that. */
export function useCreateQueue(onCreated: (queue: Queue, filled: QueueFilled | null) => void) {
  const client = useClient()
  const refresh = useRefresh()
  return useMutation({
    mutationFn: async ({ input, fill }: { input: QueueInput; fill: QueueFill | null }) => {
      const queue = await client.queues.create(input)
      return { queue, filled: fill === null ? null : await client.queues.fill(queue.id, fill) }
    },
    onSuccess: async ({ queue, filled }) => {
      await refresh(queue.id)
      onCreated(queue, filled)
    },
    onError: () => refresh(),
  })
}

export function useChangeQueue(queueId: string) {
  const client = useClient()
  const refresh = useRefresh()
  return useMutation({
    mutationFn: (change: QueueChange) => client.queues.change(queueId, change),
    onSuccess: () => refresh(queueId),
    onError: (error) => toast('The queue stays as it was.', { description: error.message, tone: 'bad' }),
  })
}

export function useFillQueue() {
  const client = useClient()
  const refresh = useRefresh()
  return useMutation({
    mutationFn: ({ queueId, fill }: { queueId: string; fill: QueueFill }) => client.queues.fill(queueId, fill),
    onSuccess: (_answer, { queueId }) => refresh(queueId),
  })
}

/** Stops handing out work to somebody, or goes on. */
export function usePausePerson(queueId: string) {
  const client = useClient()
  const refresh = useRefresh()
  return useMutation({
    mutationFn: ({ personId, paused, reason }: { personId: string; paused: boolean; reason: string }) =>
      client.queues.setPaused(queueId, personId, paused, reason),
    onSuccess: () => refresh(queueId),
    onError: (error) => toast('Nothing has changed.', { description: error.message, tone: 'bad' }),
  })
}

export function useDismissChallenge(queueId: string) {
  const client = useClient()
  const refresh = useRefresh()
  return useMutation({
    mutationFn: (judgmentId: string) => client.queues.dismissChallenge(queueId, judgmentId),
    onSuccess: () => {
      toast('The report is closed; the item stays as it is.')
      return refresh(queueId)
    },
    onError: (error) => toast('The report stays open.', { description: error.message, tone: 'bad' }),
  })
}

/** In a sentence, what a fill has done. */
export function filledSentence({ added, present, refused }: QueueFilled): string {
  const items = (n: number) => (n === 1 ? '1 item' : `${n.toLocaleString('en-US')} items`)
  return [
    added === 0 ? 'Nothing was added' : `${items(added)} added`,
    present === 0 ? '' : `${items(present)} were there already`,
    refused.length === 0 ? '' : `${items(refused.length)} refused: ${refused[0]?.message ?? ''}`,
  ]
    .filter((part) => part !== '')
    .join('; ')
}

/** How the work in a queue goes on: pace, time, what is left, cost. */
export function useWorkload(queueId: string) {
  const client = useClient()
  const { id } = useProject()
  return useQuery({
    queryKey: ['queue-workload', id, queueId],
    queryFn: ({ signal }) => client.queues.workload(queueId, 28, { signal }),
    staleTime: 60_000,
  })
}
