import type { Queue } from '@plaudit/sdk'
import { Link } from '@tanstack/react-router'
import { Inbox } from 'lucide-react'
import { useProject } from '../../app/client.tsx'
import { Badge } from '../../ui/badge.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatShare, formatWhole } from '../../ui/format-number.ts'
import { PagedList } from '../../ui/paged-list.tsx'
import { QueueProgressBar } from './queue-progress-bar.tsx'
import { itemKinds, queueStates } from './queue-words.ts'
import { useQueueList } from './use-queues.ts'

const columns = 'lg:grid lg:grid-cols-[minmax(0,1fr)_8rem_minmax(0,16rem)_6rem_7rem] lg:items-center lg:gap-x-5'

/** The queues of the project, each with how far it is. */
export function QueueList() {
  const { slug } = useProject()
  return (
    <PagedList
      list={useQueueList()}
      name="the queues"
      empty={
        <EmptyState
          title="A queue is where people judge"
          picture={<Inbox className="size-10" strokeWidth={1.25} />}
          action={
            <Link to="/p/$project/queues/new" params={{ project: slug }} className={buttonClass('primary')}>
              Make the first queue
            </Link>
          }
        >
          Choose what is judged, by which rubric and by how many people. A sampling plan decides which of your traffic comes in, so that
          what reviewers say holds for all of it.
        </EmptyState>
      }
    >
      {(queues) => (
        <>
          <div aria-hidden="true" className={cx('hidden border-b border-line px-2 pb-2 text-note font-medium text-ink-faint', columns)}>
            <span>Queue</span>
            <span>State</span>
            <span>Items</span>
            <span className="text-right">Done</span>
            <span className="text-right">Judgments</span>
          </div>
          <ul aria-label="Queues" className="max-lg:border-t max-lg:border-line">
            {queues.map((queue) => (
              <li key={queue.id}>
                <QueueRow queue={queue} project={slug} />
              </li>
            ))}
          </ul>
        </>
      )}
    </PagedList>
  )
}

function QueueRow({ queue, project }: { queue: Queue; project: string }) {
  const { progress, overlap } = queue
  const state = queueStates[queue.state]
  const isDone = progress.items > 0 && progress.done === progress.items
  return (
    <Link
      to="/p/$project/queues/$queueId"
      params={{ project, queueId: queue.id }}
      className={cx('block border-b border-line px-2 py-3 hover:bg-hover focus-visible:-outline-offset-2', columns)}
    >
      <span className="block min-w-0">
        <span className="block truncate font-medium">{queue.name}</span>
        <span className="text-note text-ink-faint">
          {itemKinds[queue.itemKind].many}, {overlap === 1 ? 'one judgment each' : `${overlap} judgments each`}
        </span>
      </span>
      <span className="mt-1 block lg:mt-0">
        <Badge tone={isDone ? 'good' : state.tone}>{isDone && queue.state === 'open' ? 'Done' : state.label}</Badge>
        {progress.needsLead > 0 && (
          <span className="ml-2 text-note text-bad lg:ml-0 lg:block lg:pt-1">{formatWhole(progress.needsLead)} need a lead</span>
        )}
      </span>
      <span className="mt-2 block lg:mt-0">
        <QueueProgressBar progress={progress} />
      </span>
      <span className="mt-1 flex gap-4 text-note text-ink-soft lg:contents lg:text-body">
        <span className="lg:text-right">
          {progress.items === 0 ? '–' : formatShare(progress.done / progress.items)}
          <span className="lg:block lg:text-note lg:text-ink-faint"> of {formatWhole(progress.items)}</span>
        </span>
        <span className="lg:text-right">
          {formatWhole(progress.judgments)}
          <span className="lg:block lg:text-note lg:text-ink-faint">
            {' '}
            of {formatWhole(progress.judgmentsNeeded)}
            <span className="lg:sr-only"> judgments</span>
          </span>
        </span>
      </span>
    </Link>
  )
}
