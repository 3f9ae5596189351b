import type {
  AgreementQuery,
  AgreementReport,
  BiasReport,
  ConsensusItem,
  ConsensusQuery,
  ConsensusSource,
  CoverageQuery,
  CoverageReport,
  DimensionReport,
  MyFigures,
  QualitySelection,
  ReviewerReport,
  Page,
  ReportProgress,
  SliceKeys,
} from '@plaudit/protocol'
import type { Send } from './request.ts'

type Signal = { signal?: AbortSignal | undefined }

/** Whether judgments can be believed. A report that takes long answers with its progress: ask again. */
export function qualityMethods(send: Send) {
  const get = <T>(path: string, query: Record<string, string | number | undefined>, { signal }: Signal = {}) =>
    send<T>('GET', `/api/v1/quality/${path}`, { query, signal })

  return {
    quality: {
      /** Agreement by criterion: of what was judged or, with `population`, of production traffic or a target. */
      agreement: (query: AgreementQuery = {}, signal?: Signal) => get<AgreementReport | ReportProgress>('agreement', query, signal),
      /** Items that several people judged on a criterion, those whose votes are farthest apart first. */
      consensus: (query: Pick<ConsensusQuery, 'criterion'> & Partial<ConsensusQuery>, signal?: Signal) =>
        get<Page<ConsensusItem>>('consensus', query, signal),
      consensusSources: (signal?: Signal) => get<{ items: ConsensusSource[] }>('consensus/sources', {}, signal),
      /** What reviewers judged beside the traffic; means as sampled, for production and for a target population. */
      coverage: (query: CoverageQuery = {}, signal?: Signal) =>
        get<CoverageReport | ReportProgress>('coverage', query as Record<string, string | number | undefined>, signal),
      /** What people say in their own words that no criterion asks about. */
      dimensions: (signal?: Signal) => get<DimensionReport | ReportProgress>('dimensions', {}, signal),
      /** Every reviewer beside the others; for leads. */
      reviewers: (query: QualitySelection = {}, signal?: Signal) => get<ReviewerReport | ReportProgress>('reviewers', query, signal),
      /** A reviewer's own figures. */
      me: (query: QualitySelection = {}, signal?: Signal) => get<MyFigures | ReportProgress>('reviewers/me', query, signal),
      /** Where judgments lean; no reviewer is named. */
      bias: (query: QualitySelection = {}, signal?: Signal) => get<BiasReport | ReportProgress>('bias', query, signal),
      sliceKeys: (signal?: Signal) => get<SliceKeys>('slice-keys', {}, signal),
    },
  }
}
