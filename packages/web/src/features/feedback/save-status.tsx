import { CircleAlert } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { formatClock } from '../../ui/format-time.ts'
import type { LedgerStatus } from './use-feedback-ledger.ts'

/** Always in view: whether what was given is safe, with the way back. */
export function SaveStatus({ status }: { status: LedgerStatus }) {
  if (status.state === 'failed') {
    return (
      <div role="alert" className="flex flex-wrap items-start gap-2 border-l-2 border-bad pl-2 text-note">
        <CircleAlert className="mt-px size-3.5 shrink-0 text-bad" aria-hidden="true" />
        <span className="min-w-0 flex-1">Not saved. {status.message}</span>
        <Button size="small" onClick={status.retry}>
          Try again
        </Button>
      </div>
    )
  }
  return (
    <output className="-my-2 flex min-h-7 items-center gap-2 text-note text-ink-faint">
      {status.state === 'saving' && 'Saving…'}
      {status.state === 'saved' && `Saved ${formatClock(status.time)}`}
      {status.state === 'saved' && status.undo !== null && (
        <Button size="small" variant="quiet" onClick={status.undo} shortcut="mod+z">
          Undo
        </Button>
      )}
    </output>
  )
}
