import type { Rubric, RubricInput } from '@plaudit/sdk'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useClient, useProject } from '../../app/client.tsx'
import { toast } from '../../ui/toast.tsx'

/** The project's rubrics by name, newest version of each. */
export function useRubricList() {
  const client = useClient()
  const { id } = useProject()
  return useInfiniteQuery({
    queryKey: ['rubrics', id],
    queryFn: ({ pageParam, signal }) => client.rubrics.list(pageParam === null ? {} : { cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** All versions of a rubric, the newest first. */
export function useRubricVersions(rubricId: string) {
  const client = useClient()
  const { id } = useProject()
  return useQuery({
    queryKey: ['rubric', id, rubricId],
    queryFn: async ({ signal }) => (await client.rubrics.versions(rubricId, { signal })).items,
  })
}

/** Saves a new rubric, or a new version on top of the one that was edited. */
export function useSaveRubric(base: Rubric | null, onSaved: (rubric: Rubric) => void) {
  const client = useClient()
  const { id } = useProject()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: RubricInput) =>
      base === null ? client.rubrics.create(input) : client.rubrics.change(base.id, { ...input, baseVersion: base.version }),
    onSuccess: async (rubric) => {
      toast(rubric.version === 1 ? `${rubric.name} is ready.` : `Version ${rubric.version} of ${rubric.name} is saved.`)
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['rubrics', id] }),
        queries.invalidateQueries({ queryKey: ['rubric', id, rubric.id] }),
        queries.invalidateQueries({ queryKey: ['queue', id] }),
      ])
      onSaved(rubric)
    },
  })
}

/** Puts a rubric away or brings it back. */
export function useArchiveRubric() {
  const client = useClient()
  const { id } = useProject()
  const queries = useQueryClient()
  const archive = useMutation({
    mutationFn: ({ rubric, archived }: { rubric: Rubric; archived: boolean }) => client.rubrics.setArchived(rubric.id, archived),
    onSuccess: async (_answer, { rubric, archived }) => {
      toast(archived ? `${rubric.name} is archived.` : `${rubric.name} is back.`, {
        undo: () => archive.mutate({ rubric, archived: !archived }),
      })
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['rubrics', id] }),
        queries.invalidateQueries({ queryKey: ['rubric', id, rubric.id] }),
      ])
    },
    onError: (error) => toast('The rubric stays as it was.', { description: error.message, tone: 'bad' }),
  })
  return archive
}
