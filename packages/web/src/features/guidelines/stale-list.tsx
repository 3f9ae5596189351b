import type { Guideline } from '@plaudit/sdk'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { TextArea } from '../../ui/text-field.tsx'
import { type StaleRow, useGuidelineUse, useSendStaleBack, useStale } from './use-guidelines.ts'

/** Judgments made under an older version, on criteria that a newer one touches: each can go back to its author. */
export function StaleList({ guideline }: { guideline: Guideline }) {
  const use = useGuidelineUse(guideline.id)
  const stale = useStale(guideline.id, use.data?.queues ?? [])
  const [returning, setReturning] = useState<StaleRow | null>(null)
  if (use.isPending || stale.isPending) return <SkeletonRows rows={4} label="Loading the judgments" />
  if (stale.isError)
    return <ErrorState title="The judgments could not be loaded." error={stale.error} onRetry={() => void stale.refetch()} />
  if (stale.data.length === 0)
    return (
      <p className="max-w-prose text-ink-soft">
        No judgment is out of date. When a new version touches a criterion, judgments on it that were made under an older version are listed
        here, so that their authors can look at them again.
      </p>
    )
  return (
    <>
      <ul aria-label="Judgments out of date" className="border-t border-line">
        {stale.data.map((row) => (
          <li key={row.judgment.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line py-2.5">
            <div className="min-w-0 flex-1 basis-64">
              <p dir="auto" className="line-clamp-2">
                {row.preview === '' ? 'Item' : row.preview}
              </p>
              <p className="text-note text-ink-faint">
                {row.judgment.personName ?? 'Somebody'} under version {row.guidelineVersion} · {row.criteria.join(', ')} · {row.queue.name}
              </p>
            </div>
            <Button size="small" onClick={() => setReturning(row)}>
              Send back
            </Button>
          </li>
        ))}
      </ul>
      {returning !== null && <SendBackDialog guideline={guideline} row={returning} onClose={() => setReturning(null)} />}
    </>
  )
}

function SendBackDialog({ guideline, row, onClose }: { guideline: Guideline; row: StaleRow; onClose: () => void }) {
  const [note, setNote] = useState(
    guideline.note === '' ? `The guideline has changed (version ${guideline.version}); please look again.` : guideline.note,
  )
  const send = useSendStaleBack()
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Send it back to ${row.judgment.personName ?? 'its author'}`}
      description="They see it next, with this note and what they answered before."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={send.isPending}
            disabled={note.trim() === ''}
            onClick={() => send.mutate({ row, note: note.trim() }, { onSuccess: onClose })}
          >
            Send it back
          </Button>
        </>
      }
    >
      <TextArea label="Note" value={note} maxLength={5_000} onChange={(event) => setNote(event.target.value)} />
    </Dialog>
  )
}
