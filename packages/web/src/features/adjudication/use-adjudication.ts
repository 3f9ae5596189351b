import type { Adjudication, DecisionInput } from '@plaudit/sdk'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useClient, useProject } from '../../app/client.tsx'
import { toast } from '../../ui/toast.tsx'

/** Items of a queue on which people differ, the most telling first. */
export function useDisagreements(queueId: string, decided: 'true' | 'false') {
  const client = useClient()
  const { id } = useProject()
  return useInfiniteQuery({
    queryKey: ['disagreements', id, queueId, decided],
    queryFn: ({ pageParam, signal }) =>
      client.queues.disagreements(queueId, { decided, ...(pageParam === null ? {} : { cursor: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** An item with all judgments on it, and the rubric that they answer. */
export function useAdjudication(queueId: string, itemId: string) {
  const client = useClient()
  const { id } = useProject()
  return useQuery({
    queryKey: ['adjudication', id, queueId, itemId],
    queryFn: async ({ signal }) => {
      const [adjudication, queue] = await Promise.all([
        client.queues.adjudication(queueId, itemId, { signal }),
        client.queues.get(queueId, { signal }),
      ])
      const [rubric, guideline] = await Promise.all([
        client.rubrics.get(queue.rubricId, adjudication.rubricVersion, { signal }),
        queue.guidelineId === null ? null : client.guidelines.get(queue.guidelineId, undefined, { signal }),
      ])
      return { adjudication, queue, rubric, guideline }
    },
  })
}
export type OpenItem = NonNullable<ReturnType<typeof useAdjudication>['data']>

/** What a lead can do with an item; everything that shows it is fetched anew. */
export function useItemChange(queueId: string, itemId: string) {
  const client = useClient()
  const { id } = useProject()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (change: ItemChange): Promise<Adjudication | null> => {
      switch (change.kind) {
        case 'decide':
          return client.queues.decide(queueId, itemId, change.decision)
        case 'gold':
          return client.queues.setGold(queueId, itemId, change.answers)
        case 'send back':
          await client.queues.sendBack(queueId, itemId, change.judgmentId, change.note)
          return null
        case 'accept':
          return client.queues.acceptLate(queueId, itemId, change.judgmentId)
        case 'state':
          await client.queues.setItemState(queueId, itemId, change.state)
          return null
      }
    },
    onSuccess: async () => {
      const keys = ['queue', 'queue-items', 'queue-people', 'challenges', 'disagreements']
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['adjudication', id, queueId, itemId] }),
        queries.invalidateQueries({ queryKey: ['queues', id] }),
        ...keys.map((key) => queries.invalidateQueries({ queryKey: [key, id, queueId] })),
      ])
    },
    onError: (error) => toast('Nothing has changed.', { description: error.message, tone: 'bad' }),
  })
}

export type ItemChange =
  | { kind: 'decide'; decision: DecisionInput }
  | { kind: 'gold'; answers: Record<string, unknown> | null }
  | { kind: 'send back'; judgmentId: string; note: string }
  | { kind: 'accept'; judgmentId: string }
  | { kind: 'state'; state: 'open' | 'removed' }
