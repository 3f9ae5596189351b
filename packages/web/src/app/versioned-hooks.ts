import type { PlauditClient } from '@plaudit/sdk'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { toast } from '../ui/toast.tsx'
import { useClient, useProject } from './client.tsx'

type Versioned = { id: string; name: string; version: number; archived: boolean }
type Signal = { signal: AbortSignal }
type Methods<D, I> = {
  list(query: { cursor?: string }, signal: Signal): Promise<{ items: D[]; nextCursor: string | null }>
  versions(id: string, signal: Signal): Promise<{ items: D[] }>
  create(input: I): Promise<D>
  change(id: string, change: I & { baseVersion: number }): Promise<D>
  setArchived(id: string, archived: boolean): Promise<D>
}

export type VersionedKind<D extends Versioned, I extends object> = {
  noun: 'rubric' | 'guideline'
  methods: (client: PlauditClient) => Methods<D, I>
  /** What is said when one is saved. */
  saved: (document: D) => string
  /** What else a new version changes: first parts of query keys. */
  touches: readonly string[]
}

/** Reading and writing documents in versions: rubrics and guidelines alike. */
export function versionedHooks<D extends Versioned, I extends object>({ noun, methods, saved, touches }: VersionedKind<D, I>) {
  const plural = `${noun}s`

  function useDocuments() {
    const queries = useQueryClient()
    const { id: project } = useProject()
    const refresh = (id: string, further: readonly string[] = []) =>
      Promise.all(
        [[plural, project], [noun, project, id], ...further.map((key) => [key, project])].map((queryKey) =>
          queries.invalidateQueries({ queryKey }),
        ),
      )
    return { documents: methods(useClient()), project, refresh }
  }

  /** The project's documents by name, the newest version of each. */
  function useList() {
    const { documents, project } = useDocuments()
    return useInfiniteQuery({
      queryKey: [plural, project],
      queryFn: ({ pageParam, signal }) => documents.list(pageParam === null ? {} : { cursor: pageParam }, { signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    })
  }

  /** All versions of one, the newest first. */
  function useVersions(id: string) {
    const { documents, project } = useDocuments()
    return useQuery({
      queryKey: [noun, project, id],
      queryFn: async ({ signal }) => (await documents.versions(id, { signal })).items,
    })
  }

  /** Saves a new one, or a new version on top of the one that was edited. */
  function useSave(base: D | null, onSaved: (document: D) => void) {
    const { documents, refresh } = useDocuments()
    return useMutation({
      mutationFn: (input: I) =>
        base === null ? documents.create(input) : documents.change(base.id, { ...input, baseVersion: base.version }),
      onSuccess: async (document) => {
        toast(saved(document))
        await refresh(document.id, touches)
        onSaved(document)
      },
    })
  }

  /** Puts one away or brings it back. */
  function useArchive() {
    const { documents, refresh } = useDocuments()
    const archive = useMutation({
      mutationFn: ({ document, archived }: { document: D; archived: boolean }) => documents.setArchived(document.id, archived),
      onSuccess: async (_answer, { document, archived }) => {
        toast(archived ? `${document.name} is archived.` : `${document.name} is back.`, {
          undo: () => archive.mutate({ document, archived: !archived }),
        })
        await refresh(document.id)
      },
      onError: (error) => toast(`The ${noun} stays as it was.`, { description: error.message, tone: 'bad' }),
    })
    return archive
  }

  return { useList, useVersions, useSave, useArchive }
}
