import type { SkipReason } from '@plaudit/protocol'
import { useEffect, useEffectEvent, useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { TextField } from '../../ui/text-field.tsx'

/** Why an item is passed on, and where it goes then. */
const reasons: readonly { reason: SkipReason; label: string; route: string }[] = [
  { reason: 'not_my_expertise', label: 'Not my expertise', route: 'Goes to another reviewer.' },
  { reason: 'broken_rendering', label: 'It is not shown properly', route: 'Goes to a lead.' },
  { reason: 'harmful_to_view', label: 'Harmful to view', route: 'Goes to a lead; nobody else sees it first.' },
  { reason: 'too_long', label: 'Too long', route: 'Goes to another reviewer.' },
  { reason: 'guideline_unclear', label: 'The guideline is unclear here', route: 'Goes to a lead.' },
  { reason: 'other', label: 'Another reason', route: 'Goes to another reviewer.' },
]

export type SkipDialogProps = { open: boolean; onOpenChange: (open: boolean) => void; onSkip: (reason: SkipReason, note: string) => void }

/** Asks why an item is skipped: one press, by mouse or by the digit. */
export function SkipDialog({ open, onOpenChange, onSkip }: SkipDialogProps) {
  const [note, setNote] = useState('')
  const skip = (reason: SkipReason) => {
    onOpenChange(false)
    onSkip(reason, note.trim())
    setNote('')
  }
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const chosen = event.target instanceof HTMLInputElement ? undefined : reasons[Number(event.key) - 1]
    if (chosen === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    skip(chosen.reason)
  })
  useEffect(() => {
    if (!open) return
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [open])
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Why do you skip this item?"
      description="It stays open for others; a skip never makes it done."
      startsAt="button"
    >
      <ul className="flex flex-col gap-1">
        {reasons.map(({ reason, label, route }, index) => (
          <li key={reason}>
            <button
              type="button"
              onClick={() => skip(reason)}
              className="flex w-full items-center gap-3 rounded-md border border-line-strong/60 bg-surface px-3 py-2 text-left hover:bg-hover"
            >
              <span className="min-w-0 flex-1">
                <span className="font-medium">{label}</span>
                <span className="block text-note text-ink-soft">{route}</span>
              </span>
              <Kbd keys={String(index + 1)} />
            </button>
          </li>
        ))}
      </ul>
      <TextField
        label="Note (optional)"
        value={note}
        maxLength={2_000}
        onChange={(event) => setNote(event.target.value)}
        className="mt-3"
      />
    </Dialog>
  )
}
