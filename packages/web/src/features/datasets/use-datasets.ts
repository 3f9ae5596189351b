import type { Dataset, DatasetInput, DatasetSplit } from '@plaudit/sdk'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useClient, useProject } from '../../app/client.tsx'

const isBuilding = ({ state }: Dataset) => state === 'building'

/** All data sets, newest first; asked for every second while one is being made. */
export function useDatasets() {
  const client = useClient()
  const project = useProject()
  return useQuery({
    queryKey: ['datasets', project.id],
    queryFn: async ({ signal }) => (await client.datasets.list({ limit: 200 }, { signal })).items,
    refetchInterval: ({ state }) => (state.data?.some(isBuilding) === true ? 1_000 : false),
  })
}

/** One data set; asked for every second while it is being made. */
export function useDataset(id: string) {
  const client = useClient()
  const project = useProject()
  return useQuery({
    queryKey: ['dataset', project.id, id],
    queryFn: ({ signal }) => client.datasets.get(id, { signal }),
    refetchInterval: ({ state }) => (state.data !== undefined && isBuilding(state.data) ? 1_000 : false),
  })
}

/** Pages of rows; they never change. */
export function useDatasetRows(id: string, split: DatasetSplit | undefined) {
  const client = useClient()
  const project = useProject()
  return useInfiniteQuery({
    queryKey: ['dataset-rows', project.id, id, split ?? ''],
    queryFn: ({ pageParam, signal }) =>
      client.datasets.rows(
        id,
        { limit: 25, ...(split === undefined ? {} : { split }), ...(pageParam === null ? {} : { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: Infinity,
  })
}

/** What changed since an earlier version. */
export function useDatasetDiff(id: string, since: string | null) {
  const client = useClient()
  const project = useProject()
  return useQuery({
    queryKey: ['dataset-diff', project.id, id, since],
    queryFn: ({ signal }) => client.datasets.diff(id, since ?? '', { signal }),
    enabled: since !== null,
    staleTime: Infinity,
  })
}

/** Begins a data set, of feedback or of a file. */
export function useNewDataset() {
  const client = useClient()
  const project = useProject()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (input: DatasetInput | { file: File; name: string; licence: string; provenance: string }): Promise<Dataset> => {
      if (!('file' in input)) return client.datasets.create(input)
      const { file, ...about } = input
      return client.datasets.import(new Uint8Array(await file.arrayBuffer()), { ...about, file: file.name })
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['datasets', project.id] }),
  })
}
