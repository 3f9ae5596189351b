import type { Dataset } from '@plaudit/sdk'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useProject } from '../app/client.tsx'
import { DatasetList } from '../features/datasets/dataset-list.tsx'
import { ImportDatasetDialog } from '../features/datasets/import-dataset-dialog.tsx'
import { NewDatasetDialog } from '../features/datasets/new-dataset-dialog.tsx'
import { useDatasets } from '../features/datasets/use-datasets.ts'
import { useCriteria } from '../features/feedback/use-criteria.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'

/** Snapshots of feedback to learn from. */
export function DatasetsPage() {
  const { role, slug } = useProject()
  const navigate = useNavigate()
  const datasets = useDatasets()
  const criteria = useCriteria()
  const rated = criteria.filter(({ kind }) => kind === 'rating' || kind === 'thumbs').map(({ name }) => name)
  const [opens, setOpens] = useState<'new' | 'import' | null>(null)
  const canWrite = role === 'owner' || role === 'engineer'
  const open = ({ id }: Dataset) => void navigate({ to: '/p/$project/datasets/$datasetId', params: { project: slug, datasetId: id } })
  return (
    <Page>
      <PageHeader
        title="Data sets"
        description="Snapshots of what people preferred, which never change: what a reward model was trained on, and where every row comes from."
        actions={
          canWrite && (
            <>
              <Button onClick={() => setOpens('import')}>Import a file</Button>
              <Button variant={datasets.data?.length === 0 ? 'secondary' : 'primary'} onClick={() => setOpens('new')}>
                New data set
              </Button>
            </>
          )
        }
      />
      {datasets.isPending && <SkeletonRows rows={4} label="Loading the data sets" />}
      {datasets.isError && (
        <ErrorState title="The data sets could not be loaded." error={datasets.error} onRetry={() => void datasets.refetch()} />
      )}
      {datasets.data?.length === 0 && (
        <EmptyState
          title="No data set yet"
          action={
            canWrite && (
              <Button variant="primary" onClick={() => setOpens('new')}>
                Make one of people’s feedback
              </Button>
            )
          }
        >
          Every comparison, ranking and correction that people gave becomes rows of two outputs for one input, every rating and thumb a row
          of one, split so that a prompt is never on both sides.
        </EmptyState>
      )}
      {datasets.data !== undefined && datasets.data.length > 0 && <DatasetList datasets={datasets.data} />}
      {opens === 'new' && (
        <NewDatasetDialog
          datasets={datasets.data ?? []}
          rated={[...new Set(rated)].toSorted()}
          onClose={() => setOpens(null)}
          onMade={open}
        />
      )}
      {opens === 'import' && <ImportDatasetDialog onClose={() => setOpens(null)} onMade={open} />}
    </Page>
  )
}
