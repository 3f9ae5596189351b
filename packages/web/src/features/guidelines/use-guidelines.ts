import type { Criterion, Guideline, GuidelineInput, Queue, StaleJudgment } from '@plaudit/sdk'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useClient, useProject } from '../../app/client.tsx'
import { toast } from '../../ui/toast.tsx'

/** The project's guidelines by name, newest version of each. */
export function useGuidelineList() {
  const client = useClient()
  const { id } = useProject()
  return useInfiniteQuery({
    queryKey: ['guidelines', id],
    queryFn: ({ pageParam, signal }) => client.guidelines.list(pageParam === null ? {} : { cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** All versions of a guideline, the newest first. */
export function useGuidelineVersions(guidelineId: string) {
  const client = useClient()
  const { id } = useProject()
  return useQuery({
    queryKey: ['guideline', id, guidelineId],
    queryFn: async ({ signal }) => (await client.guidelines.versions(guidelineId, { signal })).items,
  })
}

/** Publishes a new guideline, or a new version on top of the one that was edited. */
export function useSaveGuideline(base: Guideline | null, onSaved: (guideline: Guideline) => void) {
  const client = useClient()
  const { id } = useProject()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: GuidelineInput) =>
      base === null ? client.guidelines.create(input) : client.guidelines.change(base.id, { ...input, baseVersion: base.version }),
    onSuccess: async (guideline) => {
      toast(guideline.version === 1 ? `${guideline.name} is published.` : `Version ${guideline.version} of ${guideline.name} is published.`)
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['guidelines', id] }),
        queries.invalidateQueries({ queryKey: ['guideline', id, guideline.id] }),
        queries.invalidateQueries({ queryKey: ['stale', id] }),
        queries.invalidateQueries({ queryKey: ['queue', id] }),
      ])
      onSaved(guideline)
    },
  })
}

/** Puts a guideline away or brings it back. */
export function useArchiveGuideline() {
  const client = useClient()
  const { id } = useProject()
  const queries = useQueryClient()
  const archive = useMutation({
    mutationFn: ({ guideline, archived }: { guideline: Guideline; archived: boolean }) =>
      client.guidelines.setArchived(guideline.id, archived),
    onSuccess: async (_answer, { guideline, archived }) => {
      toast(archived ? `${guideline.name} is archived.` : `${guideline.name} is back.`, {
        undo: () => archive.mutate({ guideline, archived: !archived }),
      })
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['guidelines', id] }),
        queries.invalidateQueries({ queryKey: ['guideline', id, guideline.id] }),
      ])
    },
    onError: (error) => toast('The guideline stays as it was.', { description: error.message, tone: 'bad' }),
  })
  return archive
}

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
