import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorState } from '../../ui/error-state.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import type { Report } from './use-report.ts'

/** The place of a report: loading, being made, failed, or there. */
export function ReportFrame<T>({
  query,
  what,
  children,
}: {
  query: UseQueryResult<Report<T>>
  /** «the agreement», for sentences. */
  what: string
  children: (report: T) => ReactNode
}) {
  const { data } = query
  if (query.isError) return <ErrorState title={`Could not load ${what}.`} error={query.error} onRetry={() => void query.refetch()} />
  if (query.isPending) return <SkeletonRows rows={6} label={`Loading ${what}`} />
  if (data?.progress != null)
    return (
      <div className="max-w-md py-8">
        <ProgressBar label={`Working on ${what}`} value={data.progress.done / Math.max(1, data.progress.total)} note={data.progress.step} />
      </div>
    )
  if (data?.report == null) return null
  return <div className={query.isPlaceholderData ? 'opacity-60 transition-opacity' : undefined}>{children(data.report)}</div>
}
