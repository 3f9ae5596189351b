import type { Dataset } from '@plaudit/sdk'
import { useId, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { type Origin, OriginFields } from './origin-fields.tsx'
import { useNewDataset } from './use-datasets.ts'

/** Makes a data set of a file of pairs. */
export function ImportDatasetDialog({ onClose, onMade }: { onClose: () => void; onMade: (dataset: Dataset) => void }) {
  const [file, setFile] = useState<File | null>(null)
  const [name, setName] = useState('')
  const [origin, setOrigin] = useState<Origin>({ licence: '', provenance: '' })
  const make = useNewDataset()
  const fileId = useId()
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Import a file of pairs"
      description="JSON lines of prompt, chosen and rejected, as texts or messages; ratings and thumbs of one output; HH-RLHF transcripts; QA-Feedback. Also packed with gzip, up to 256 MiB."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="import-dataset" busy={make.isPending} disabled={file === null}>
            Import it
          </Button>
        </>
      }
    >
      <form
        id="import-dataset"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (file !== null) make.mutate({ file, name: name.trim(), ...origin }, { onSuccess: onMade })
        }}
      >
        <div className="flex flex-col gap-1">
          <label htmlFor={fileId} className="font-medium">
            File
          </label>
          <input
            id={fileId}
            type="file"
            required
            accept=".jsonl,.json,.gz,.ndjson"
            className="text-ink-soft file:mr-3 file:h-8 file:rounded-md file:border file:border-solid file:border-line-strong/60 file:bg-surface file:px-3 file:font-medium file:text-ink"
            onChange={(event) => {
              const chosen = event.target.files?.[0] ?? null
              setFile(chosen)
              if (chosen !== null && name === '')
                setName(chosen.name.replace(/\.(jsonl|ndjson|json)?(\.gz)?$/i, '').replace(/[^\p{L}\p{N}._-]+/gu, '-'))
            }}
          />
        </div>
        <TextField label="Name" required maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        <OriginFields
          origin={origin}
          licencePlaceholder="CC BY 4.0"
          provenanceHint="Where the rows come from, and what they must not be used for."
          onChange={setOrigin}
        />
        {make.error !== null && (
          <p role="alert" className="text-bad">
            {make.error.message}
          </p>
        )}
      </form>
    </Dialog>
  )
}
