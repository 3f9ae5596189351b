import type { RewardModel } from '@plaudit/sdk'
import { Link, useParams } from '@tanstack/react-router'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useClient, useProject } from '../app/client.tsx'
import { JudgeDialog } from '../features/datasets/judge-dialog.tsx'
import { useDatasets } from '../features/datasets/use-datasets.ts'
import { BackfillStatus } from '../features/rewards/backfill-status.tsx'
import { CompareDialog } from '../features/rewards/compare-dialog.tsx'
import { DriftSection } from '../features/rewards/drift-section.tsx'
import { EvidenceSection } from '../features/rewards/evidence-section.tsx'
import { ModelActions, nameOf } from '../features/rewards/model-actions.tsx'
import { ModelState } from '../features/rewards/model-state.tsx'
import { ReportCardView } from '../features/rewards/report-card-view.tsx'
import { hasReportCard, readReportCard } from '../features/rewards/report-card.ts'
import { rollbackOf } from '../features/rewards/rollback.ts'
import { RunList } from '../features/rewards/run-list.tsx'
import { SelectDialog } from '../features/rewards/select-dialog.tsx'
import { TestNote } from '../features/rewards/test-note.tsx'
import { useRewardModel, useRewardRuns, useStartRun } from '../features/rewards/use-reward-models.ts'
import { ModelVectors } from '../features/rewards/vector-note.tsx'
import { Button } from '../ui/button.tsx'
import { download } from '../ui/download.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { formatWhole } from '../ui/format-number.ts'
import { Page, PageHeader } from '../ui/page-header.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { toast } from '../ui/toast.tsx'

/** One reward model with its report card. */
export function RewardModelPage() {
  const { modelId } = useParams({ from: '/p/$project/rewards/$modelId' })
  const { model, data, isPending, isError, error, refetch } = useRewardModel(modelId)
  return (
    <Page>
      {isPending && <SkeletonRows rows={6} label="Loading the model" />}
      {isError && <ErrorState title="The model could not be loaded." error={error} onRetry={() => void refetch()} />}
      {data !== undefined && model === undefined && <h1>There is no such reward model here</h1>}
      {model !== undefined && <Loaded key={model.id} model={model} models={data ?? []} />}
    </Page>
  )
}

function Loaded({ model, models }: { model: RewardModel; models: readonly RewardModel[] }) {
  const { role, slug } = useProject()
  const client = useClient()
  const runs = useRewardRuns()
  const datasets = useDatasets()
  const start = useStartRun()
  const [opens, setOpens] = useState<'judge' | 'select' | 'compare' | null>(null)
  const canWrite = role === 'owner' || role === 'engineer'
  const card = readReportCard(model)
  const fileName = `${model.name}-${model.version}`
  const saveCard = () =>
    void client.reward.card(model.id).then(
      (html) => download(`${fileName}.html`, 'text/html', html),
      (error: Error) => toast('The report card could not be downloaded.', { description: error.message, tone: 'bad' }),
    )
  return (
    <>
      <Link
        to="/p/$project/rewards"
        params={{ project: slug }}
        className="mb-2 inline-block text-note text-ink-soft hover:underline print:hidden"
      >
        Reward models
      </Link>
      <PageHeader
        title={nameOf(model)}
        description={
          <span className="flex flex-wrap items-center gap-2">
            <ModelState model={model} />
            <ModelVectors model={model} />
          </span>
        }
        actions={
          <span className="flex flex-wrap gap-2 print:hidden">
            {models.length > 1 && <Button onClick={() => setOpens('compare')}>Compare</Button>}
            {canWrite && <Button onClick={() => setOpens('select')}>Fill a queue</Button>}
            {canWrite && <Button onClick={() => setOpens('judge')}>Judge on a data set</Button>}
            {hasReportCard(model) && (
              <Button icon={<Download className="size-3.5" aria-hidden="true" />} onClick={saveCard}>
                Report card
              </Button>
            )}
            {canWrite && <ModelActions model={model} before={rollbackOf(model, models)} />}
          </span>
        }
      />
      <RunList runs={(runs.data ?? []).filter(({ modelId }) => modelId === model.id)} canWrite={canWrite} />
      <BackfillStatus model={model} canWrite={canWrite} />
      {hasReportCard(model) ? (
        <ReportCardView card={card} fileName={fileName} />
      ) : (
        <p className="max-w-2xl border-t border-line pt-5 pb-8 text-ink-soft">
          This model has not been judged yet. Judge it on a data set: what people preferred is compared with what it prefers, on the test
          side, and the result becomes its report card.
        </p>
      )}
      <EvidenceSection model={model} />
      <TestNote model={model} runs={runs.data ?? []} />
      <DriftSection modelId={model.id} fileName={fileName} />
      {opens === 'compare' && (
        <CompareDialog
          model={model}
          others={models.filter(({ id }) => id !== model.id)}
          datasets={(datasets.data ?? [])
            .filter(({ state }) => state === 'ready')
            .map(({ id, name, version, rows }) => ({ value: id, label: `${name} v${version}`, hint: `${formatWhole(rows)} rows` }))}
          onClose={() => setOpens(null)}
        />
      )}
      {opens === 'select' && <SelectDialog model={model} onClose={() => setOpens(null)} />}
      {opens === 'judge' && (
        <JudgeDialog
          busy={start.isPending}
          error={start.error}
          onClose={() => setOpens(null)}
          onJudge={(datasetId) => start.mutate({ kind: 'evaluate', datasetId, modelId: model.id }, { onSuccess: () => setOpens(null) })}
        />
      )}
    </>
  )
}
