import { useProject } from '../app/client.tsx'
import { ModelCard } from '../features/rewards/model-card.tsx'
import { NoRewardModels } from '../features/rewards/no-reward-models.tsx'
import { useRewardModels } from '../features/rewards/use-reward-models.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'

export function RewardsPage() {
  const { role } = useProject()
  const models = useRewardModels()
  return (
    <Page>
      <PageHeader title="Reward models" description="What has learnt from people’s preferences, and how far its scores can be relied on." />
      {models.isPending && <SkeletonRows rows={4} label="Loading the reward models" />}
      {models.isError && (
        <ErrorState title="The reward models could not be loaded." error={models.error} onRetry={() => void models.refetch()} />
      )}
      {models.data?.length === 0 && <NoRewardModels origin={window.location.origin} />}
      {models.data?.map((model) => (
        <ModelCard key={model.id} model={model} canWrite={role === 'owner' || role === 'engineer'} />
      ))}
    </Page>
  )
}
