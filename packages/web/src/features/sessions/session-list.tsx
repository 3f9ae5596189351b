import type { SessionSummary } from '@plaudit/sdk'
import { Link, useNavigate } from '@tanstack/react-router'
import { MessagesSquare } from 'lucide-react'
import { useRef } from 'react'
import { useProject } from '../../app/client.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatDuration, formatWhole } from '../../ui/format-number.ts'
import { itemsOf, PagedList } from '../../ui/paged-list.tsx'
import { ScoreChips } from '../../ui/score-chip.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { useListSelection } from '../../ui/use-list-selection.ts'
import { useSessionList } from './use-session-list.ts'

const columns = 'lg:grid lg:grid-cols-[4.5rem_minmax(0,1fr)_minmax(0,1fr)_minmax(0,2fr)_4rem_5.5rem] lg:gap-x-4'

/** Sessions with what people said of them, newest first. */
export function SessionList({ userId, onClear }: { userId: string | undefined; onClear: () => void }) {
  const list = useSessionList(userId)
  const { slug } = useProject()
  const navigate = useNavigate()
  const body = useRef<HTMLUListElement>(null)
  const sessions = itemsOf(list)
  const { index, setIndex } = useListSelection(sessions.length, {
    onOpen: (at) => {
      const session = sessions[at]
      if (session !== undefined)
        void navigate({ to: '/p/$project/sessions/$sessionId', params: { project: slug, sessionId: session.sessionId } })
    },
    onMove: (at) => body.current?.querySelectorAll<HTMLElement>('a')[at]?.focus(),
  })

  return (
    <PagedList
      list={list}
      name="the sessions"
      rows={10}
      inset="px-4 sm:px-6"
      empty={
        <EmptyState
          title={userId === undefined ? 'Conversations appear here' : `No session of the user ${userId}`}
          picture={<MessagesSquare className="size-10" strokeWidth={1.25} />}
          action={
            userId === undefined ? (
              <Link to="/p/$project" params={{ project: slug }} className={buttonClass('primary')}>
                Send the first trace
              </Link>
            ) : (
              <Button onClick={onClear}>Show all sessions</Button>
            )
          }
        >
          Traces that carry the same <code>session.id</code> (or <code>gen_ai.conversation.id</code>) are one session, and can be read and
          judged as a whole.
        </EmptyState>
      }
    >
      {() => (
        <>
          <div aria-hidden="true" className={cx('hidden border-b border-line px-6 py-2 text-note font-medium text-ink-faint', columns)}>
            <span>Began</span>
            <span>Session</span>
            <span>User</span>
            <span>Feedback, mean and n</span>
            <span className="text-right">Traces</span>
            <span className="text-right">Length</span>
          </div>
          <ul ref={body} aria-label="Sessions">
            {sessions.map((session, at) => (
              <li key={session.sessionId}>
                <SessionRow session={session} project={slug} selected={at === index} onFocus={() => setIndex(at)} />
              </li>
            ))}
          </ul>
        </>
      )}
    </PagedList>
  )
}

function SessionRow({
  session,
  project,
  selected,
  onFocus,
}: {
  session: SessionSummary
  project: string
  selected: boolean
  onFocus: () => void
}) {
  return (
    <Link
      to="/p/$project/sessions/$sessionId"
      params={{ project, sessionId: session.sessionId }}
      onFocus={onFocus}
      className={cx(
        'flex flex-wrap items-baseline gap-x-3 gap-y-1 border-b border-line px-4 py-2.5 focus-visible:-outline-offset-2 sm:px-6',
        columns,
        selected ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
    >
      <TimeAgo time={session.startTime} className="text-note text-ink-faint lg:text-body" />
      <span className="min-w-0 flex-1 truncate font-medium">{session.sessionId}</span>
      <span className="truncate text-ink-soft max-lg:basis-full">{session.userId}</span>
      <span className="min-w-0 max-lg:basis-full empty:max-lg:hidden">
        <ScoreChips scores={session.feedback} limit={4} />
      </span>
      <span className="text-ink-soft lg:text-right">
        {formatWhole(session.traceCount)}
        <span className="lg:sr-only">{session.traceCount === 1 ? ' trace' : ' traces'}</span>
      </span>
      <span className="text-ink-soft lg:text-right">{formatDuration(Date.parse(session.endTime) - Date.parse(session.startTime))}</span>
    </Link>
  )
}
