import type { Feedback } from '@plaudit/sdk'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useClient, useProject } from '../../app/client.tsx'
import { useSession } from '../../app/session.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PagedList } from '../../ui/paged-list.tsx'
import { FeedbackItem } from './feedback-item.tsx'
import type { FeedbackFilter } from './feedback-query.ts'
import { placeOf } from './target.ts'

/** The project's feedback, newest first, each with the way to what it is about. */
export function FeedbackList({ filter, onClear }: { filter: FeedbackFilter; onClear: () => void }) {
  const client = useClient()
  const project = useProject()
  const me = useSession().person?.id ?? ''
  const list = useInfiniteQuery({
    queryKey: ['feedback', project.id, filter],
    queryFn: ({ pageParam, signal }) =>
      client.feedback.list({ ...filter, limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
  return (
    <PagedList
      list={list}
      name="the feedback"
      kept="Your filters are kept."
      rows={10}
      empty={
        Object.keys(filter).length > 0 ? (
          <EmptyState title="No feedback matches these filters" action={<Button onClick={onClear}>Clear the filters</Button>}>
            Choose another criterion, kind or author above.
          </EmptyState>
        ) : (
          <EmptyState
            title="Judgments appear here as they are given"
            action={
              <Link to="/p/$project/traces" params={{ project: project.slug }} className={buttonClass('primary')}>
                Open a trace and give the first
              </Link>
            }
          >
            From your application’s users, from reviewers, from models and from code: thumbs, ratings, labels, flags, corrections, marks and
            comparisons.
          </EmptyState>
        )
      }
    >
      {(feedback) => (
        <ul aria-label="Feedback" className={cx('transition-opacity', list.isPlaceholderData && 'opacity-60')}>
          {feedback.map((one) => (
            <li key={one.id} className="grid gap-x-6 gap-y-1 border-b border-line py-2.5 sm:grid-cols-[minmax(0,1fr)_10rem]">
              <FeedbackItem feedback={one} me={me} />
              <div className="sm:text-right">
                <TargetLink feedback={one} project={project.slug} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </PagedList>
  )
}

function TargetLink({ feedback: { target }, project }: { feedback: Feedback; project: string }) {
  const place = placeOf(target)
  if (place === null) {
    if (target.kind !== 'session') return null
    return (
      <Link to="/p/$project/sessions/$sessionId" params={{ project, sessionId: target.sessionId }} className="link">
        Open the session
      </Link>
    )
  }
  return (
    <Link
      to="/p/$project/traces/$traceId"
      params={{ project, traceId: place.traceId }}
      search={place.spanId === null ? {} : { span: place.spanId }}
      className="link"
    >
      Open the {target.kind}
    </Link>
  )
}
