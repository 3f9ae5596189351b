import type { Dataset } from '@plaudit/sdk'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'

/** Names the model that a training makes. */
export function TrainDialog({
  dataset,
  busy,
  error,
  onClose,
  onTrain,
}: {
  dataset: Dataset
  busy: boolean
  error: Error | null
  onClose: () => void
  onTrain: (name: string) => void
}) {
  const [name, setName] = useState(dataset.name)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Train on ${dataset.name} v${dataset.version}`}
      description="On its training side, with all kinds of feedback there, in the background; the test side is kept for the judgment. The model comes archived, with its report card."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="train" busy={busy}>
            Train
          </Button>
        </>
      }
    >
      <form
        id="train"
        onSubmit={(event) => {
          event.preventDefault()
          onTrain(name.trim())
        }}
      >
        <TextField
          label="Name of the model"
          required
          maxLength={100}
          hint="Of an existing model: makes its next version."
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={error?.message}
        />
      </form>
    </Dialog>
  )
}
