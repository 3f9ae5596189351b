import type { Criterion, Guideline, GuidelineInput, Queue, StaleJudgment } from '@plaudit/sdk'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useClient, useProject } from '../../app/client.tsx'
import { versionedHooks } from '../../app/versioned-hooks.ts'
import { toast } from '../../ui/toast.tsx'

export const {
  useList: useGuidelineList,
  useVersions: useGuidelineVersions,
  useSave: useSaveGuideline,
  useArchive: useArchiveGuideline,
} = versionedHooks<Guideline, GuidelineInput>({
  noun: 'guideline',
  methods: ({ guidelines }) => guidelines,
  saved: ({ name, version }) => (version === 1 ? `${name} is published.` : `Version ${version} of ${name} is published.`),
  touches: ['stale', 'queue'],
})

export type GuidelineUse = { queues: Queue[]; criteria: Criterion[] }

/** Where a guideline is used: its queues, and the criteria that their rubrics ask. */
export function useGuidelineUse(guidelineId: string) {
  const client = useClient()
  const { id } = useProject()
  return useQuery({
    queryKey: ['guideline-use', id, guidelineId],
    queryFn: async ({ signal }): Promise<GuidelineUse> => {
      const queues = (await client.queues.list({ limit: 200 }, { signal })).items.filter((queue) => queue.guidelineId === guidelineId)
      const rubrics = await Promise.all([...new Set(queues.map(({ rubricId }) => rubricId))].map((rubric) => client.rubrics.get(rubric)))
      const byKey = new Map(rubrics.flatMap(({ criteria }) => criteria).map((criterion) => [criterion.key, criterion]))
      return { queues, criteria: [...byKey.values()] }
    },
  })
}

export type StaleRow = StaleJudgment & { queue: Queue }

/** Judgments of these queues that a newer version of the guideline touches. */
export function useStale(guidelineId: string, queues: readonly Queue[]) {
  const client = useClient()
  const { id } = useProject()
  return useQuery({
    queryKey: ['stale', id, guidelineId, queues.map((queue) => queue.id)],
    queryFn: async ({ signal }): Promise<StaleRow[]> =>
      (
        await Promise.all(
          queues.map(async (queue) => (await client.queues.stale(queue.id, { signal })).items.map((item) => ({ ...item, queue }))),
        )
      ).flat(),
  })
}

/** Gives a judgment back to its author with a note. */
export function useSendStaleBack() {
  const client = useClient()
  const { id } = useProject()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ row, note }: { row: StaleRow; note: string }) =>
      client.queues.sendBack(row.queue.id, row.judgment.itemId, row.judgment.id, note),
    onSuccess: async (_answer, { row }) => {
      toast(`${row.judgment.personName ?? 'The reviewer'} gets it back.`)
      await queries.invalidateQueries({ queryKey: ['stale', id] })
    },
    onError: (error) => toast('It was not sent back.', { description: error.message, tone: 'bad' }),
  })
}
