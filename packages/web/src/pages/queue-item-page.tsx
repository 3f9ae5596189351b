import { Link, useParams } from '@tanstack/react-router'
import { useProject } from '../app/client.tsx'
import { useAdjudication, useDisagreements } from '../features/adjudication/use-adjudication.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { Page } from '../ui/page-header.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { OpenedItem } from './queue-item-page/opened-item.tsx'

/** One item of a queue for a lead: what was judged, how, and the decision. */
export function QueueItemPage() {
  const { queueId, itemId } = useParams({ from: '/p/$project/queues/$queueId/items/$itemId' })
  const { slug } = useProject()
  const item = useAdjudication(queueId, itemId)
  const open = useDisagreements(queueId, 'false')
  const waiting = open.data?.pages.flatMap(({ items }) => items).filter((one) => one.item.id !== itemId) ?? []
  const next = waiting[0]
  return (
    <Page wide>
      <nav aria-label="Place" className="flex flex-wrap justify-between gap-3 pb-2 text-note">
        <Link to="/p/$project/queues/$queueId" params={{ project: slug, queueId }} search={{ tab: 'disagreements' }} className="link">
          {item.data?.queue.name ?? 'The queue'}
        </Link>
        {next !== undefined && (
          <Link to="/p/$project/queues/$queueId/items/$itemId" params={{ project: slug, queueId, itemId: next.item.id }} className="link">
            Next disagreement ({waiting.length}
            {open.hasNextPage ? '+' : ''} open)
          </Link>
        )}
      </nav>
      {item.isPending && <SkeletonRows rows={8} label="Loading the item" />}
      {item.isError && <ErrorState title="The item could not be loaded." error={item.error} onRetry={() => void item.refetch()} />}
      {item.data !== undefined && <OpenedItem key={itemId} open={item.data} />}
    </Page>
  )
}
