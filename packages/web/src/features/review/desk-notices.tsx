import type { Work } from '@plaudit/protocol'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import type { DeskSession } from './desk-session.ts'
import type { DeskState } from './desk-state.ts'

/** What a reviewer needs to be told above an item: a lead's note, a lease that has run out, work that is not delivered or was left behind. */
export function DeskNotices({ session, state, work }: { session: DeskSession; state: DeskState; work: Work | undefined }) {
  const refused = state.outgoing.filter(({ problem }) => problem !== null)
  return (
    <div className="flex flex-col gap-2 empty:hidden [&>*:last-child]:mb-4">
      {work?.leadNote != null && (
        <Notice title="A lead sent this judgment back to you">
          <p dir="auto">{work.leadNote}</p>
        </Notice>
      )}
      {work !== undefined && state.expired.has(work.lease.id) && (
        <Notice title="The time for this item is over" isBad actions={<Button onClick={() => session.letGo()}>Ask for it again</Button>}>
          What you have filled in is kept. Submit it as it is: it counts while nobody else has taken your place, and is kept for a lead
          otherwise. Or ask for the item again: it comes back with your answers if it is still free.
        </Notice>
      )}
      {refused.map((entry) => (
        <Notice
          key={entry.leaseId}
          title={`A ${entry.kind === 'submit' ? 'judgment' : 'skip'} was not taken`}
          isBad
          actions={
            <>
              <Button onClick={() => session.retryOutgoing(entry.leaseId)}>Try again</Button>
              {entry.kind === 'submit' && <Button onClick={() => session.reviseOutgoing(entry)}>Open it again</Button>}
              <Button variant="quiet" onClick={() => session.discardOutgoing(entry.leaseId)}>
                Discard it
              </Button>
            </>
          }
        >
          {entry.problem} {entry.preview !== '' && <span className="text-ink-faint">It is about “{entry.preview}”.</span>}
        </Notice>
      ))}
      {state.leftOver.map((kept) => (
        <Notice
          key={kept.leaseId}
          title="Unfinished work from before"
          actions={
            <>
              <Button onClick={() => session.submitLeftOver(kept)}>Submit it as it is</Button>
              <Button variant="quiet" onClick={() => session.discardLeftOver(kept.leaseId)}>
                Discard it
              </Button>
            </>
          }
        >
          You had begun to judge “{kept.preview}”, and the time for it ran out. When the item comes to you again, your answers are in it.
        </Notice>
      ))}
    </div>
  )
}

function Notice({ title, isBad = false, actions, children }: { title: string; isBad?: boolean; actions?: ReactNode; children: ReactNode }) {
  return (
    <section
      aria-label={title}
      aria-live="polite"
      className={cx('flex flex-wrap items-start gap-x-4 gap-y-2 border-l-2 py-1 pl-3', isBad ? 'border-bad' : 'border-accent')}
    >
      <div className="min-w-0 flex-1 basis-72">
        <p className="font-medium">{title}</p>
        <div className="prose-measure text-ink-soft">{children}</div>
      </div>
      {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
    </section>
  )
}
