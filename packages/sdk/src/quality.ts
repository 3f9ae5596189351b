import type { AgreementQuery, AgreementReport, ReportProgress, SliceKeys } from '@plaudit/protocol'
import type { Send } from './request.ts'

type Signal = { signal?: AbortSignal | undefined }

/** Whether judgments can be believed. A report that takes long answers with its progress: ask again. */
export function qualityMethods(send: Send) {
  const get = <T>(path: string, query: Record<string, string | number | undefined>, { signal }: Signal = {}) =>
    send<T>('GET', `/api/v1/quality/${path}`, { query, signal })

  return {
    quality: {
      agreement: (query: AgreementQuery = {}, signal?: Signal) => get<AgreementReport | ReportProgress>('agreement', query, signal),
      sliceKeys: (signal?: Signal) => get<SliceKeys>('slice-keys', {}, signal),
    },
  }
}
