import type { RewardModel } from '@plaudit/sdk'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useClient, useProject } from '../../app/client.tsx'
import { toast } from '../../ui/toast.tsx'

/** The project's reward models, newest first; asks again every 2 s while one of them scores what is stored. */
export function useRewardModels() {
  const project = useProject()
  const client = useClient()
  return useQuery({
    queryKey: ['reward-models', project.id],
    queryFn: async ({ signal }) => (await client.reward.models({ signal })).items,
    refetchInterval: ({ state }) => (state.data?.some(({ backfill }) => backfill?.state === 'running') === true ? 2_000 : false),
  })
}

/** A change to one model; the list is fetched anew after it. */
export function useModelChange() {
  const project = useProject()
  const client = useClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (change: ModelChange): Promise<RewardModel> => {
      if (change.kind === 'state') return client.reward.setState(change.model.id, change.state)
      return change.kind === 'backfill' ? client.reward.backfill(change.model.id) : client.reward.stopBackfill(change.model.id)
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['reward-models', project.id] }),
    onError: (error) => toast('The model stays as it was.', { description: error.message, tone: 'bad' }),
  })
}

export type ModelChange = { model: RewardModel } & (
  | { kind: 'state'; state: RewardModel['state'] }
  | { kind: 'backfill' }
  | { kind: 'stop' }
)
