import type { Dataset } from '@plaudit/sdk'
import { Link, useParams } from '@tanstack/react-router'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useClient, useProject } from '../app/client.tsx'
import { readDatasetCard } from '../features/datasets/dataset-card.ts'
import { DatasetChanges } from '../features/datasets/dataset-changes.tsx'
import { DatasetFacts } from '../features/datasets/dataset-facts.tsx'
import { DatasetRows } from '../features/datasets/dataset-rows.tsx'
import { TrainDialog } from '../features/datasets/train-dialog.tsx'
import { useDataset, useDatasets } from '../features/datasets/use-datasets.ts'
import { RunList, RunResult } from '../features/rewards/run-list.tsx'
import { useRewardEmbeddings, useRewardRuns, useStartRun } from '../features/rewards/use-reward-models.ts'
import { Button } from '../ui/button.tsx'
import { download } from '../ui/download.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'
import { ProgressBar } from '../ui/progress-bar.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import { toast } from '../ui/toast.tsx'

/** One data set: what is in it, what changed, its rows, and training on it. */
export function DatasetPage() {
  const { datasetId } = useParams({ from: '/p/$project/datasets/$datasetId' })
  const dataset = useDataset(datasetId)
  return (
    <Page>
      {dataset.isPending && <SkeletonRows rows={6} label="Loading the data set" />}
      {dataset.isError && (
        <ErrorState title="The data set could not be loaded." error={dataset.error} onRetry={() => void dataset.refetch()} />
      )}
      {dataset.data !== undefined && <Loaded key={datasetId} dataset={dataset.data} />}
    </Page>
  )
}

function Loaded({ dataset }: { dataset: Dataset }) {
  const { role, slug } = useProject()
  const client = useClient()
  const datasets = useDatasets()
  const runs = useRewardRuns()
  const start = useStartRun()
  const embeddings = useRewardEmbeddings()
  const [trains, setTrains] = useState(false)
  const canWrite = role === 'owner' || role === 'engineer'
  const card = readDatasetCard(dataset)
  const own = (runs.data ?? []).filter(({ datasetId }) => datasetId === dataset.id)
  const save = () =>
    void client.datasets.download(dataset.id).then(
      (lines) => download(`${dataset.name}-${dataset.version}.jsonl`, 'application/x-ndjson', lines),
      (error: Error) => toast('The rows could not be downloaded.', { description: error.message, tone: 'bad' }),
    )
  return (
    <>
      <Link to="/p/$project/datasets" params={{ project: slug }} className="mb-2 inline-block text-note text-ink-soft hover:underline">
        Data sets
      </Link>
      <PageHeader
        title={`${dataset.name} v${dataset.version}`}
        description={
          <>
            {dataset.description !== '' && `${dataset.description} · `}made <TimeAgo inSentence time={dataset.createdAt} />
          </>
        }
        actions={
          dataset.state === 'ready' && (
            <>
              <Button icon={<Download className="size-3.5" aria-hidden="true" />} onClick={save}>
                JSON lines
              </Button>
              {canWrite && (
                <Button variant="primary" onClick={() => setTrains(true)}>
                  Train a reward model
                </Button>
              )}
            </>
          )
        }
      />
      <RunList runs={own} canWrite={canWrite} />
      {own.slice(0, 3).map((run) => (
        <div key={run.id} className="mb-2">
          <RunResult run={run} />
        </div>
      ))}
      {dataset.state === 'building' && (
        <div className="max-w-md">
          <ProgressBar label="Making the data set" value={null} />
        </div>
      )}
      {dataset.state === 'failed' && (
        <p className="border-l-2 border-bad pl-3">
          <span className="font-medium">It could not be made.</span> {dataset.error}
        </p>
      )}
      {card !== null && (
        <>
          <DatasetFacts dataset={dataset} card={card} />
          {datasets.data !== undefined && <DatasetChanges dataset={dataset} datasets={datasets.data} />}
          <DatasetRows datasetId={dataset.id} />
        </>
      )}
      {trains && (
        <TrainDialog
          dataset={dataset}
          encoder={embeddings.data?.encoder ?? null}
          busy={start.isPending}
          error={start.error}
          onClose={() => setTrains(false)}
          onTrain={(name, vectors) =>
            start.mutate({ kind: 'train', datasetId: dataset.id, name, vectors }, { onSuccess: () => setTrains(false) })
          }
        />
      )}
    </>
  )
}
