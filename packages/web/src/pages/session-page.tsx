import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useProject } from '../app/client.tsx'
import { FeedbackPanel } from '../features/feedback/feedback-panel.tsx'
import { useCriteria } from '../features/feedback/use-criteria.ts'
import { useFeedbackLedger } from '../features/feedback/use-feedback-ledger.ts'
import { SessionThread } from '../features/sessions/session-thread.tsx'
import { useRefreshTraceSession, useTraceSession } from '../features/sessions/use-session-list.ts'
import { TraceConversation } from '../features/traces/trace-conversation.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import type { FeedbackKind, Session } from '@plaudit/sdk'

export function SessionPage() {
  const { sessionId } = useParams({ from: '/p/$project/sessions/$sessionId' })
  const session = useTraceSession(sessionId)
  if (session.isPending) return <SkeletonRows rows={8} label="Loading the session" />
  if (session.isError) {
    return (
      <div className="px-4 py-6 sm:px-6">
        <ErrorState title="The session could not be loaded." error={session.error} onRetry={() => void session.refetch()} />
      </div>
    )
  }
  return <LoadedSession session={session.data} />
}

function LoadedSession({ session }: { session: Session }) {
  const { slug } = useProject()
  const { sessionId, traces } = session
  const ledger = useFeedbackLedger(session.feedback, useRefreshTraceSession(sessionId))
  const criteria = useCriteria()
  const [kind, setKind] = useState<FeedbackKind | null>(null)
  const userId = traces.find((trace) => trace.userId !== '')?.userId ?? ''
  return (
    <div className="lg:grid lg:grid-cols-[minmax(0,1fr)_21rem]">
      <title>{`${sessionId} · Plaudit`}</title>
      <div className="min-w-0">
        <header className="border-b border-line px-4 pt-4 pb-3 sm:px-6">
          <h1 className="break-all">{sessionId}</h1>
          <p className="text-ink-soft">
            {traces.length === 1 ? '1 turn' : `${traces.length} turns`}
            {userId !== '' && (
              <>
                {' of the user '}
                <Link to="/p/$project/sessions" params={{ project: slug }} search={{ userId }} className="link">
                  {userId}
                </Link>
              </>
            )}
          </p>
        </header>
        <div className="px-4 py-5 sm:px-6">
          <SessionThread session={session} renderTrace={(traceId) => <TraceConversation traceId={traceId} />} />
        </div>
      </div>
      <aside
        aria-label="Feedback on this session"
        className="border-line max-lg:border-t lg:sticky lg:top-0 lg:h-dvh lg:overflow-y-auto lg:border-l"
      >
        <FeedbackPanel
          targets={[
            {
              name: 'session',
              label: 'Session',
              target: { kind: 'session', sessionId },
              output: null,
              kinds: ['label', 'labels', 'flag', 'text'],
            },
          ]}
          current="session"
          onCurrent={() => undefined}
          kind={kind}
          onKind={setKind}
          criteria={criteria}
          ledger={ledger}
          nameOf={(spanId) => spanId}
        />
      </aside>
    </div>
  )
}
