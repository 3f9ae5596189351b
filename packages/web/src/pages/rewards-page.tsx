import { useState } from 'react'
import { useProject } from '../app/client.tsx'
import { ExternalModelDialog } from '../features/rewards/external-model-dialog.tsx'
import { ModelCard } from '../features/rewards/model-card.tsx'
import { NoRewardModels } from '../features/rewards/no-reward-models.tsx'
import { rollbackOf } from '../features/rewards/rollback.ts'
import { RunList } from '../features/rewards/run-list.tsx'
import { useRewardEmbeddings, useRewardModels, useRewardRuns } from '../features/rewards/use-reward-models.ts'
import { VectorUsage } from '../features/rewards/vector-note.tsx'
import { Button } from '../ui/button.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'

export function RewardsPage() {
  const { role } = useProject()
  const models = useRewardModels()
  const runs = useRewardRuns()
  const embeddings = useRewardEmbeddings()
  const [registers, setRegisters] = useState(false)
  const canWrite = role === 'owner' || role === 'engineer'
  return (
    <Page>
      <PageHeader
        title="Reward models"
        description="What has learnt from people’s preferences, and how far its scores can be relied on."
        actions={canWrite && <Button onClick={() => setRegisters(true)}>Register one served elsewhere</Button>}
      />
      <RunList runs={runs.data ?? []} canWrite={canWrite} />
      {models.isPending && <SkeletonRows rows={4} label="Loading the reward models" />}
      {models.isError && (
        <ErrorState title="The reward models could not be loaded." error={models.error} onRetry={() => void models.refetch()} />
      )}
      {models.data?.length === 0 && <NoRewardModels origin={window.location.origin} />}
      {models.data?.map((model) => (
        <ModelCard key={model.id} model={model} before={rollbackOf(model, models.data)} canWrite={canWrite} />
      ))}
      {embeddings.data !== undefined && <VectorUsage usage={embeddings.data.usage} />}
      {registers && <ExternalModelDialog onClose={() => setRegisters(false)} />}
    </Page>
  )
}
