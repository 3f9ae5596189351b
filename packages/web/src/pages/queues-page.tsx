import { Link } from '@tanstack/react-router'
import { useProject } from '../app/client.tsx'
import { LeadFigures } from '../features/queues/lead-figures.tsx'
import { QueueList } from '../features/queues/queue-list.tsx'
import { buttonClass } from '../ui/button.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'

export function QueuesPage() {
  const { slug } = useProject()
  return (
    <Page>
      <PageHeader
        title="Queues"
        description="Where people judge, and how far they are."
        actions={
          <Link to="/p/$project/queues/new" params={{ project: slug }} className={buttonClass('secondary')}>
            New queue
          </Link>
        }
      />
      <LeadFigures />
      <QueueList />
    </Page>
  )
}
