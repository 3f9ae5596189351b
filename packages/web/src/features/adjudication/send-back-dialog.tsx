import type { Judgment } from '@plaudit/sdk'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextArea } from '../../ui/text-field.tsx'

export type SendBackDialogProps = { judgment: Judgment; busy: boolean; onClose: () => void; onSend: (note: string) => void }

/** Gives a judgment back to its author, with what the lead wants them to look at. */
export function SendBackDialog({ judgment, busy, onClose, onSend }: SendBackDialogProps) {
  const [note, setNote] = useState('')
  const person = judgment.personName ?? 'its author'
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Send it back to ${person}`}
      description="They see it next, with this note and what they answered before."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={busy} disabled={note.trim() === ''} onClick={() => onSend(note.trim())}>
            Send it back
          </Button>
        </>
      }
    >
      <TextArea
        label="Note"
        placeholder="What to look at again"
        value={note}
        maxLength={5_000}
        onChange={(event) => setNote(event.target.value)}
      />
    </Dialog>
  )
}
