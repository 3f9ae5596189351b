import { useNavigate } from '@tanstack/react-router'
import { useProject } from '../app/client.tsx'
import { NewQueueForm } from '../features/queues/new-queue-form.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'
import { filterViews } from './queue-page/filter-views.tsx'

export function NewQueuePage() {
  const { slug } = useProject()
  const navigate = useNavigate()
  return (
    <Page>
      <PageHeader title="New queue" />
      <NewQueueForm
        views={filterViews}
        onCreated={({ id }) => void navigate({ to: '/p/$project/queues/$queueId', params: { project: slug, queueId: id } })}
      />
    </Page>
  )
}
