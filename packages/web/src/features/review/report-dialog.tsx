import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextArea } from '../../ui/text-field.tsx'
import { toast } from '../../ui/toast.tsx'

export type ReportDialogProps = { open: boolean; onOpenChange: (open: boolean) => void; onReport: (note: string) => Promise<void> }

/** Tells a lead that something is wrong with an item, its known answer among it. The item stays in hand. */
export function ReportDialog({ open, onOpenChange, onReport }: ReportDialogProps) {
  const [note, setNote] = useState('')
  const report = useMutation({
    mutationFn: () => onReport(note.trim()),
    onSuccess: () => {
      onOpenChange(false)
      setNote('')
      toast('A lead will look at it.')
    },
  })
  const canSend = note.trim() !== ''
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Report a problem with this item"
      description="A lead reads it. If it turns out to be a test item whose known answer is wrong, the answer is corrected and everybody's score with it."
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant="primary" disabled={!canSend} busy={report.isPending} onClick={() => report.mutate()}>
            Report it
          </Button>
        </>
      }
    >
      <TextArea
        label="What is wrong"
        value={note}
        maxLength={2_000}
        onChange={(event) => setNote(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && canSend) report.mutate()
        }}
        {...(report.isError ? { error: report.error.message } : {})}
      />
    </Dialog>
  )
}
