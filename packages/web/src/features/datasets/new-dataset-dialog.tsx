import type { Dataset, DatasetInput } from '@plaudit/sdk'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { type Origin, OriginFields } from './origin-fields.tsx'
import { useNewDataset } from './use-datasets.ts'

type Split = NonNullable<NonNullable<DatasetInput['split']>['by']>

const judgments = [
  { value: 'author', label: 'A row for every judgment' },
  { value: 'consensus', label: 'A row for the consensus on each pair or output' },
] as const
const splits = [
  { value: 'prompt', label: 'By prompt', hint: 'the honest default' },
  { value: 'conversation', label: 'By conversation' },
  { value: 'author', label: 'By author', hint: 'does it hold for people it never saw?' },
  { value: 'time', label: 'By time', hint: 'the newest rows are the test' },
] as const satisfies readonly { value: Split; label: string; hint?: string }[]

/** Makes a snapshot of what people said, with other data sets where wanted. */
export function NewDatasetDialog({
  datasets,
  rated,
  onClose,
  onMade,
}: {
  datasets: readonly Dataset[]
  /** Criteria on which people gave ratings or thumbs. */
  rated: readonly string[]
  onClose: () => void
  onMade: (dataset: Dataset) => void
}) {
  const [name, setName] = useState('')
  const [criterion, setCriterion] = useState('')
  const [judged, setJudged] = useState<(typeof judgments)[number]['value']>('author')
  const [split, setSplit] = useState<Split>('prompt')
  const [byReliability, setByReliability] = useState(false)
  const [byInclusion, setByInclusion] = useState(false)
  const [ratedOn, setRatedOn] = useState<readonly string[]>([])
  const [include, setInclude] = useState<readonly string[]>([])
  const [origin, setOrigin] = useState<Origin>({ licence: '', provenance: '' })
  const make = useNewDataset()
  const files = datasets.filter(({ state, definition }) => state === 'ready' && 'file' in definition)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Make a data set of people’s feedback"
      description="Comparisons, rankings and corrections as they stand now, with ratings and thumbs where you choose them. The rows never change afterwards; a new version takes in what comes later."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="new-dataset" busy={make.isPending}>
            Make the data set
          </Button>
        </>
      }
    >
      <form
        id="new-dataset"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          make.mutate(
            {
              name: name.trim(),
              ...origin,
              feedback: { ...(criterion.trim() === '' ? {} : { criterion: criterion.trim() }), ratedOn: [...ratedOn] },
              include: [...include],
              judgments: judged,
              byReliability,
              byInclusion,
              split: { by: split },
            },
            { onSuccess: onMade },
          )
        }}
      >
        <TextField
          label="Name"
          required
          maxLength={100}
          hint="Of an existing data set: makes its next version."
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label="Criterion"
          hint="Of the comparisons, rankings and corrections; all criteria where left empty."
          value={criterion}
          onChange={(event) => setCriterion(event.target.value)}
        />
        {rated.length > 0 && (
          <fieldset>
            <legend className="font-medium">Ratings and thumbs on</legend>
            {rated.map((one) => (
              <Checkbox
                key={one}
                label={one}
                checked={ratedOn.includes(one)}
                onChange={(checked) => setRatedOn(checked ? [...ratedOn, one] : ratedOn.filter((other) => other !== one))}
              />
            ))}
            <p className="text-note text-ink-faint">They train a model beside comparisons. It is judged on comparisons alone.</p>
          </fieldset>
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <Select label="Rows" options={judgments} value={judged} onChange={setJudged} />
          <Select label="A fifth for the test" options={splits} value={split} onChange={setSplit} />
        </div>
        <fieldset>
          <legend className="font-medium">Weights</legend>
          <Checkbox label="Authors who agree little with others count less" checked={byReliability} onChange={setByReliability} />
          <Checkbox
            label="Rarely drawn items count more, so that the rows stand for all traffic"
            checked={byInclusion}
            onChange={setByInclusion}
          />
        </fieldset>
        {files.length > 0 && (
          <fieldset>
            <legend className="font-medium">Also include</legend>
            {files.map(({ id, name: other, version, rows }) => (
              <Checkbox
                key={id}
                label={`${other} v${version}, ${rows.toLocaleString('en-US')} rows`}
                checked={include.includes(id)}
                onChange={(checked) => setInclude(checked ? [...include, id] : include.filter((one) => one !== id))}
              />
            ))}
          </fieldset>
        )}
        <OriginFields
          origin={origin}
          licencePlaceholder="internal use"
          provenanceHint="Who judged, what they were told, what the rows must not be used for."
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
