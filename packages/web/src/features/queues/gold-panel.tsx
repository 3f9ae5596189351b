import type { Challenge, Queue } from '@plaudit/sdk'
import { Link } from '@tanstack/react-router'
import { useProject } from '../../app/client.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { formatShare } from '../../ui/format-number.ts'
import { PagedList } from '../../ui/paged-list.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { useChallenges, useDismissChallenge, useQueueItems } from './use-queues.ts'

/** Known answers: how they are used, what reviewers doubt about them, and which items have them. */
export function GoldPanel({ queue }: { queue: Queue }) {
  const { goldRate, qualification } = queue
  return (
    <div className="flex flex-col gap-8">
      <p className="max-w-prose text-ink-soft">
        {goldRate === 0
          ? 'No gold item is mixed in at present; a rate in the settings starts it.'
          : `${formatShare(goldRate)} of what a person gets are gold items, not told apart.`}{' '}
        {qualification !== null &&
          `Whoever begins judges ${qualification.items} of them first and is let in with ${formatShare(qualification.passMark)} right. `}
        To make an item gold, open it and give the known answers; a correction scores all judgments on it anew.
      </p>
      <ChallengeList queue={queue} />
      <GoldItems queue={queue} />
    </div>
  )
}

/** Reports of reviewers, each of which a lead accepts by correcting the item, or closes. */
function ChallengeList({ queue }: { queue: Queue }) {
  const challenges = useChallenges(queue.id)
  return (
    <section aria-labelledby="challenges-heading">
      <h2 id="challenges-heading" className="pb-2">
        Reports and challenges
      </h2>
      {challenges.isPending ? (
        <SkeletonRows rows={2} label="Loading the reports" />
      ) : challenges.isError ? (
        <ErrorState title="The reports could not be loaded." error={challenges.error} onRetry={() => void challenges.refetch()} />
      ) : challenges.data.length === 0 ? (
        <p className="text-ink-faint">Nobody has reported a problem.</p>
      ) : (
        <ul className="border-t border-line">
          {challenges.data.map((challenge) => (
            <ChallengeRow key={challenge.judgmentId} queue={queue} challenge={challenge} />
          ))}
        </ul>
      )}
    </section>
  )
}

function ChallengeRow({ queue, challenge }: { queue: Queue; challenge: Challenge }) {
  const { slug } = useProject()
  const dismiss = useDismissChallenge(queue.id)
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line py-2.5">
      <div className="min-w-0 flex-1 basis-64">
        <p dir="auto">“{challenge.note}”</p>
        <p className="line-clamp-1 text-note text-ink-faint">
          {challenge.personName ?? 'A reviewer'} on: {challenge.preview}
        </p>
      </div>
      <span className="flex gap-2">
        <Link
          to="/p/$project/queues/$queueId/items/$itemId"
          params={{ project: slug, queueId: queue.id, itemId: challenge.itemId }}
          className={buttonClass('secondary', 'small')}
        >
          Look at the item
        </Link>
        <Button size="small" variant="quiet" busy={dismiss.isPending} onClick={() => dismiss.mutate(challenge.judgmentId)}>
          Close it
        </Button>
      </span>
    </li>
  )
}

function GoldItems({ queue }: { queue: Queue }) {
  const { slug } = useProject()
  const list = useQueueItems(queue.id, { gold: true })
  return (
    <section aria-labelledby="gold-heading">
      <h2 id="gold-heading" className="pb-2">
        Gold items
      </h2>
      <PagedList list={list} name="the gold items" rows={3} empty={<p className="text-ink-faint">No item has known answers yet.</p>}>
        {(items) => (
          <ul className="border-t border-line">
            {items.map((item) => (
              <li key={item.id}>
                <Link
                  to="/p/$project/queues/$queueId/items/$itemId"
                  params={{ project: slug, queueId: queue.id, itemId: item.id }}
                  className="flex justify-between gap-6 border-b border-line px-1 py-2 hover:bg-hover"
                >
                  <span dir="auto" className="line-clamp-1 min-w-0 break-all">
                    {item.preview === '' ? 'Item' : item.preview}
                  </span>
                  <span className="shrink-0 text-ink-faint">{item.judged === 1 ? '1 judgment' : `${item.judged} judgments`}</span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </PagedList>
    </section>
  )
}
