import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ClipboardCheck } from 'lucide-react'
import { useClient, useProject } from '../../app/client.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { MyQueueRow } from './my-queue-row.tsx'
import { WaitingNote } from './waiting-note.tsx'

/** The queues that somebody can work in, those with work first. */
export function MyQueueList() {
  const project = useProject()
  const client = useClient()
  const queues = useQuery({ queryKey: ['my-queues', project.id], queryFn: ({ signal }) => client.desk.mine({ signal }) })
  if (queues.isPending) return <SkeletonRows rows={3} label="Loading your queues" />
  if (queues.isError)
    return <ErrorState title="Your queues could not be loaded." error={queues.error} onRetry={() => void queues.refetch()} />
  const { items } = queues.data
  if (items.length === 0)
    return (
      <EmptyState
        title="No queue for you yet"
        picture={<ClipboardCheck className="size-10" strokeWidth={1.25} />}
        action={
          project.role === 'reviewer' ? undefined : (
            <Link to="/p/$project/queues/new" params={{ project: project.slug }} className={buttonClass('primary')}>
              Make a queue
            </Link>
          )
        }
      >
        A lead makes a queue of outputs to judge and opens it to you. It appears here by itself.
      </EmptyState>
    )
  const hasWork = ({ closed, remaining, held }: (typeof items)[number]) => closed === null && remaining + held > 0
  return (
    <>
      <WaitingNote />
      <ul className="border-t border-line">
        {items
          .toSorted((a, b) => Number(hasWork(b)) - Number(hasWork(a)))
          .map((queue) => (
            <MyQueueRow key={queue.queueId} queue={queue} hasWork={hasWork(queue)} />
          ))}
      </ul>
    </>
  )
}
