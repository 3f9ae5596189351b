import type { ExternalRewardModelInput, RewardModel, RewardModelChange, RewardRun, RewardRunInput } from '@plaudit/sdk'
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

/** One model out of the list. */
export function useRewardModel(id: string) {
  const models = useRewardModels()
  return { ...models, model: models.data?.find((model) => model.id === id) }
}

/** Whether a model still agrees with people; computed on what was judged since, so that it is asked for by itself. */
export function useDrift(id: string) {
  const project = useProject()
  const client = useClient()
  return useQuery({
    queryKey: ['reward-drift', project.id, id],
    queryFn: ({ signal }) => client.reward.drift(id, { signal }),
    staleTime: 60_000,
  })
}

/** Trainings and judgments, newest first; asked for every second while one goes on. New models appear in the list as they are made. */
export function useRewardRuns() {
  const project = useProject()
  const client = useClient()
  const queries = useQueryClient()
  return useQuery({
    queryKey: ['reward-runs', project.id],
    queryFn: async ({ signal }) => {
      const before = queries.getQueryData<RewardRun[]>(['reward-runs', project.id])
      const { items } = await client.reward.runs({ signal })
      const ended = items.some(({ id, state }) => state === 'done' && before?.some((run) => run.id === id && run.state !== 'done') === true)
      if (ended) void queries.invalidateQueries({ queryKey: ['reward-models', project.id] })
      if (ended) void queries.invalidateQueries({ queryKey: ['reward-embeddings', project.id] })
      return items
    },
    refetchInterval: ({ state }) => (state.data?.some(isGoingOn) === true ? 1_000 : false),
  })
}

export const isGoingOn = ({ state }: Pick<RewardRun, 'state'>) => state === 'queued' || state === 'running'

/** The encoder whose vectors may count beside words, and what vectors have cost. */
export function useRewardEmbeddings() {
  const project = useProject()
  const client = useClient()
  return useQuery({
    queryKey: ['reward-embeddings', project.id],
    queryFn: ({ signal }) => client.reward.embeddings({ signal }),
    staleTime: 10_000,
  })
}

/** Begins a training or a judgment. */
export function useStartRun() {
  const project = useProject()
  const client = useClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (run: RewardRunInput) => client.reward.run(run),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['reward-runs', project.id] }),
  })
}

/** Ends a run. */
export function useCancelRun() {
  const project = useProject()
  const client = useClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => client.reward.cancelRun(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['reward-runs', project.id] }),
    onError: (error) => toast('The run goes on.', { description: error.message, tone: 'bad' }),
  })
}

/** Registers a model that is served elsewhere. */
export function useRegisterExternal() {
  const project = useProject()
  const client = useClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: ExternalRewardModelInput) => client.reward.registerExternal(input),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['reward-models', project.id] }),
  })
}

/** A change to one model; the list is fetched anew after it. */
export function useModelChange() {
  const project = useProject()
  const client = useClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (change: ModelChange): Promise<RewardModel> => {
      if (change.kind === 'change') return client.reward.change(change.model.id, change.change)
      return change.kind === 'backfill' ? client.reward.backfill(change.model.id) : client.reward.stopBackfill(change.model.id)
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['reward-models', project.id] }),
    onError: (error) => toast('The model stays as it was.', { description: error.message, tone: 'bad' }),
  })
}

export type ModelChange = { model: RewardModel } & ({ kind: 'change'; change: RewardModelChange } | { kind: 'backfill' } | { kind: 'stop' })
