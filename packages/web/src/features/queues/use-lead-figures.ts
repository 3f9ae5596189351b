import type { AgreementReport, ReportProgress, ReviewerReport } from '@plaudit/sdk'
import { useQuery } from '@tanstack/react-query'
import { useClient, useProject } from '../../app/client.tsx'

const whileMaking = ({ state }: { state: { data: object | undefined } }) =>
  state.data !== undefined && 'progress' in state.data ? 1_000 : false
const made = <T extends object>(data: T | ReportProgress | undefined): T | undefined =>
  data === undefined || 'progress' in data ? undefined : data

/** Whether reviewers agree, over all queues. */
export function useAgreementReport() {
  const client = useClient()
  const { id } = useProject()
  const query = useQuery({
    queryKey: ['lead-agreement', id],
    queryFn: ({ signal }) => client.quality.agreement({}, { signal }),
    refetchInterval: whileMaking,
    staleTime: 60_000,
  })
  return { ...query, report: made<AgreementReport>(query.data) }
}

/** Every reviewer beside the others. */
export function useReviewerReport() {
  const client = useClient()
  const { id } = useProject()
  const query = useQuery({
    queryKey: ['lead-reviewers', id],
    queryFn: ({ signal }) => client.quality.reviewers({}, { signal }),
    refetchInterval: whileMaking,
    staleTime: 60_000,
  })
  return { ...query, report: made<ReviewerReport>(query.data) }
}
