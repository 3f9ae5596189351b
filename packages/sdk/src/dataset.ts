import type { Dataset, DatasetDiff, DatasetImport, DatasetInput, DatasetRow, DatasetSplit, Page } from '@plaudit/protocol'
import type { RequestOptions, Send } from './request.ts'

type Signal = { signal?: AbortSignal | undefined }

/** Immutable snapshots of comparisons, ratings and thumbs. */
export function datasetMethods(send: Send) {
  const get = <T>(path: string, query: RequestOptions['query'] = {}, { signal }: Signal = {}) => send<T>('GET', path, { query, signal })

  return {
    list: (query: { limit?: number; cursor?: string; name?: string } = {}, signal?: Signal) =>
      get<Page<Dataset>>('/api/v1/datasets', query, signal),
    get: (id: string, signal?: Signal) => get<Dataset>(`/api/v1/datasets/${id}`, {}, signal),
    /** Makes the next version of a name from feedback, from other data sets, or both; `state` says when it is ready. */
    create: (body: DatasetInput) => send<Dataset>('POST', '/api/v1/datasets', { body }),
    /** Makes one from a file of pairs, also packed with gzip. */
    import: (file: Uint8Array, { byReliability, ...about }: Omit<DatasetImport, 'byReliability'> & { byReliability?: boolean }) =>
      send<Dataset>('POST', '/api/v1/datasets/import', {
        query: { ...about, ...(byReliability === undefined ? {} : { byReliability }) } as RequestOptions['query'] & object,
        body: file,
      }),
    rows: (id: string, query: { limit?: number; cursor?: string; split?: DatasetSplit } = {}, signal?: Signal) =>
      get<Page<DatasetRow>>(`/api/v1/datasets/${id}/rows`, query, signal),
    /** All rows as JSON lines. */
    download: (id: string) => send<string>('GET', `/api/v1/datasets/${id}/file`, { answer: 'text' }),
    /** What a data set has that an earlier one has not. */
    diff: (id: string, since: string, signal?: Signal) => get<DatasetDiff>(`/api/v1/datasets/${id}/diff`, { since }, signal),
  }
}
