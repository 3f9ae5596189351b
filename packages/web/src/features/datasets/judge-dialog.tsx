import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Select } from '../../ui/select.tsx'
import { useDatasets } from './use-datasets.ts'

/** Chooses the data set that a model is judged on. */
export function JudgeDialog({
  busy,
  error,
  onClose,
  onJudge,
}: {
  busy: boolean
  error: Error | null
  onClose: () => void
  onJudge: (datasetId: string) => void
}) {
  const datasets = useDatasets()
  const [chosen, setChosen] = useState<string | null>(null)
  const ready = (datasets.data ?? []).filter(({ state }) => state === 'ready')
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Judge this model on a data set"
      description="On its test side, in the background. Pairs whose prompts the model was trained on are counted and named."
      startsAt="button"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={busy} disabled={chosen === null} onClick={() => chosen !== null && onJudge(chosen)}>
            Judge it
          </Button>
        </>
      }
    >
      {datasets.data !== undefined && ready.length === 0 ? (
        <p className="text-ink-soft">There is no data set yet: make one of people’s feedback, or import a file of pairs.</p>
      ) : (
        <Select
          label="Data set"
          options={ready.map(({ id, name, version, rows }) => ({
            value: id,
            label: `${name} v${version}`,
            hint: `${rows.toLocaleString('en-US')} rows`,
          }))}
          value={chosen}
          onChange={setChosen}
          {...(error === null ? {} : { error: error.message })}
        />
      )}
    </Dialog>
  )
}
