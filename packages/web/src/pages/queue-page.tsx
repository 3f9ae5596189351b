import type { Queue } from '@plaudit/sdk'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useProject } from '../app/client.tsx'
import { DisagreementList } from '../features/adjudication/disagreement-list.tsx'
import { FillDialog } from '../features/queues/fill-dialog.tsx'
import { GoldPanel } from '../features/queues/gold-panel.tsx'
import { ItemTable } from '../features/queues/item-table.tsx'
import { QueueOverview } from '../features/queues/queue-overview.tsx'
import { QueueSettings } from '../features/queues/queue-settings.tsx'
import { itemKinds, queueStates } from '../features/queues/queue-words.ts'
import { useChangeQueue, useQueue } from '../features/queues/use-queues.ts'
import { Badge } from '../ui/badge.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { toast } from '../ui/toast.tsx'
import { filterViews } from './queue-page/filter-views.tsx'

export function QueuePage() {
  const { queueId } = useParams({ from: '/p/$project/queues/$queueId' })
  const queue = useQueue(queueId)
  return (
    <Page>
      {queue.isPending && <SkeletonRows rows={6} label="Loading the queue" />}
      {queue.isError && queue.data === undefined && (
        <ErrorState title="The queue could not be loaded." error={queue.error} onRetry={() => void queue.refetch()} />
      )}
      {queue.data !== undefined && <LoadedQueue queue={queue.data} />}
    </Page>
  )
}

function LoadedQueue({ queue }: { queue: Queue }) {
  const project = useProject()
  const { slug } = project
  const { tab = 'progress' } = useSearch({ from: '/p/$project/queues/$queueId' })
  const navigate = useNavigate({ from: '/p/$project/queues/$queueId' })
  const [isFilling, setFilling] = useState(false)
  const change = useChangeQueue(queue.id)
  const setState = (state: Queue['state'], said: string) => {
    const before = queue.state
    change.mutate({ state }, { onSuccess: () => toast(said, { undo: () => change.mutate({ state: before }) }) })
  }
  const params = { project: slug, queueId: queue.id }
  return (
    <>
      <PageHeader
        title={queue.name}
        description={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Badge tone={queueStates[queue.state].tone}>{queueStates[queue.state].label}</Badge>
            <span>{itemKinds[queue.itemKind].label}</span>
            <Link to="/p/$project/rubrics/$rubricId" params={{ project: slug, rubricId: queue.rubricId }} className="link">
              Rubric, version {queue.rubricVersion}
            </Link>
            {queue.guidelineId !== null && (
              <Link to="/p/$project/guidelines/$guidelineId" params={{ project: slug, guidelineId: queue.guidelineId }} className="link">
                Guideline, version {queue.guidelineVersion}
              </Link>
            )}
          </span>
        }
        actions={
          <>
            <Link to="/p/$project/review/$queueId" params={params} className={buttonClass('secondary')}>
              Judge
            </Link>
            <Button onClick={() => setFilling(true)}>Add items</Button>
            {queue.state === 'open' && (
              <Button onClick={() => setState('paused', `${queue.name} is paused: no item is handed out.`)}>Pause</Button>
            )}
            {queue.state !== 'open' && <Button onClick={() => setState('open', `${queue.name} is open.`)}>Open it</Button>}
            <a
              href={`/api/v1/queues/${queue.id}/results.csv?project=${project.id}`}
              download={`${queue.name}.csv`}
              className={buttonClass('secondary')}
            >
              Results as CSV
            </a>
            {queue.state !== 'archived' && (
              <Button onClick={() => setState('archived', `${queue.name} is archived; all judgments stay.`)}>Archive</Button>
            )}
          </>
        }
      />
      <Tabs
        label="Queue"
        value={tab}
        onChange={(next) => void navigate({ search: next === 'progress' ? {} : { tab: next }, replace: true })}
        tabs={[
          { value: 'progress', label: 'Progress', content: <QueueOverview queue={queue} /> },
          { value: 'items', label: 'Items', content: <ItemTable queue={queue} /> },
          { value: 'disagreements', label: 'Disagreements', content: <DisagreementList queueId={queue.id} /> },
          { value: 'gold', label: 'Known answers', content: <GoldPanel queue={queue} /> },
          { value: 'settings', label: 'Settings', content: <QueueSettings key={queue.id} queue={queue} /> },
        ]}
      />
      {isFilling && <FillDialog queue={queue} views={filterViews} onClose={() => setFilling(false)} />}
    </>
  )
}
