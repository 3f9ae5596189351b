import type { Dataset, RewardEmbeddings } from '@plaudit/sdk'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { formatUsd } from '../../ui/format-number.ts'
import { TextField } from '../../ui/text-field.tsx'

/** Names the model that a training makes. */
export function TrainDialog({
  dataset,
  encoder,
  busy,
  error,
  onClose,
  onTrain,
}: {
  dataset: Dataset
  /** Whose vectors may count beside words; null where the server has none. */
  encoder: RewardEmbeddings['encoder']
  busy: boolean
  error: Error | null
  onClose: () => void
  onTrain: (name: string, vectors: boolean) => void
}) {
  const [name, setName] = useState(dataset.name)
  const [vectors, setVectors] = useState(false)
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
          onTrain(name.trim(), vectors)
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
        {encoder !== null && (
          <div className="mt-4">
            <Checkbox label={`Beside words, the vectors of ${encoder.model}`} checked={vectors} onChange={setVectors} />
            <p className="mt-1 pl-6 text-note text-ink-soft">
              Every output without a vector is sent to it once
              {encoder.usdPerMillionTokens !== null && `, at ${formatUsd(encoder.usdPerMillionTokens)} for a million tokens`}. Later outputs
              that the model scores are sent too.
            </p>
          </div>
        )}
      </form>
    </Dialog>
  )
}
