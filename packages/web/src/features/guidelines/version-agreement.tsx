import type { AgreementReport, Guideline, Queue } from '@plaudit/sdk'
import { useQuery } from '@tanstack/react-query'
import { useClient, useProject } from '../../app/client.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Estimate } from '../../ui/estimate.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { Cell, HeaderCell, Row, Table, TableFrame } from '../../ui/table.tsx'
import { useGuidelineUse } from './use-guidelines.ts'

/** Whether reviewers agree more since a version: chance-corrected agreement by criterion under each of them, queue by queue. */
export function VersionAgreement({ guideline }: { guideline: Guideline }) {
  const use = useGuidelineUse(guideline.id)
  if (use.isPending) return <SkeletonRows rows={4} label="Loading the queues" />
  if (use.isError) return <ErrorState title="The queues could not be loaded." error={use.error} onRetry={() => void use.refetch()} />
  if (use.data.queues.length === 0)
    return (
      <p className="max-w-prose text-ink-soft">
        No queue uses this guideline yet. Once two people judge the same items under it, their agreement is shown here for each version.
      </p>
    )
  return (
    <div className="flex flex-col gap-8">
      <p className="max-w-prose text-note text-ink-faint">
        As sampled: how far people agreed on what they were given under each version. Weighted to the traffic it stands under Agreement.
      </p>
      {use.data.queues.map((queue) => (
        <QueueAgreement key={queue.id} queue={queue} />
      ))}
    </div>
  )
}

function QueueAgreement({ queue }: { queue: Queue }) {
  const client = useClient()
  const { id } = useProject()
  const report = useQuery({
    queryKey: ['version-agreement', id, queue.id],
    queryFn: ({ signal }) => client.quality.agreement({ queue: queue.id, by: 'guideline' }, { signal }),
    refetchInterval: ({ state }) => (state.data !== undefined && 'progress' in state.data ? 1_000 : false),
  })
  return (
    <section aria-label={queue.name}>
      <h2 className="pb-2">{queue.name}</h2>
      {report.isError ? (
        <ErrorState title="The agreement could not be computed." error={report.error} onRetry={() => void report.refetch()} />
      ) : report.data === undefined || 'progress' in report.data ? (
        <SkeletonRows rows={2} label="Computing the agreement" />
      ) : (
        <AgreementTable report={report.data} />
      )}
    </section>
  )
}

function AgreementTable({ report }: { report: AgreementReport }) {
  const rows = report.criteria.flatMap(({ criterion, slices }) => slices.map((slice) => ({ criterion, slice })))
  if (rows.length === 0) return <p className="text-ink-faint">Nobody has judged here yet.</p>
  return (
    <TableFrame label="Agreement by version">
      <Table>
        <thead>
          <tr>
            <HeaderCell>Criterion</HeaderCell>
            <HeaderCell>Guideline</HeaderCell>
            <HeaderCell numeric>Krippendorff’s alpha [95 %], n judgments</HeaderCell>
            <HeaderCell numeric>Items judged twice</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ criterion, slice }) => (
            <Row key={`${criterion} ${slice.slice}`}>
              <Cell>{criterion}</Cell>
              <Cell>{slice.slice.replace(/^\S+ /u, 'version ')}</Cell>
              <Cell numeric>
                <Estimate {...slice.alpha} domain={[0, 1]} />
              </Cell>
              <Cell numeric>{slice.pairedItems}</Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}
