import { ArrowDown, ArrowUp, Copy, Trash2 } from 'lucide-react'
import { IconButton } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { TextArea, TextField } from '../../ui/text-field.tsx'
import { ConditionEditor } from './condition-editor.tsx'
import { type CriterionDraft, keyFrom, withType } from './criterion-draft.ts'
import { criterionTypeNames, criterionTypes } from './criterion-type.ts'
import type { RubricProblem } from './rubric-problem.ts'
import { TypeFields } from './type-fields.tsx'

export type CriterionEditorProps = {
  draft: CriterionDraft
  index: number
  count: number
  earlier: readonly CriterionDraft[]
  problems: readonly RubricProblem[]
  onChange: (draft: CriterionDraft) => void
  onMove: (to: number) => void
  onCopy: () => void
  onRemove: () => void
}

const hasDirection = new Set<CriterionDraft['type']>(['binary', 'ordinal', 'numeric'])

/** One criterion with all its fields. */
export function CriterionEditor({ draft, index, count, earlier, problems, onChange, onMove, onCopy, onRemove }: CriterionEditorProps) {
  const change = (part: Partial<CriterionDraft>) => onChange({ ...draft, ...part })
  const problemOf = (field: string) => problems.find((problem) => problem.criterionId === draft.id && problem.field === field)?.message
  const fields = new Set(['title', 'type', 'key', 'when', 'min', 'max', 'step', 'unit', 'maxLength'])
  const optionIds = new Set([...draft.options, ...draft.severities].map(({ id }) => id))
  const other = problems.find(({ criterionId, field }) => criterionId === draft.id && !fields.has(field) && !optionIds.has(field))
  const name = draft.title === '' ? `Criterion ${index + 1}` : draft.title
  return (
    <section aria-label={`Criterion ${index + 1}`} className="border-t border-line py-5">
      <div className="flex items-center justify-between gap-2 pb-2">
        <h2 className="text-ink-faint">{index + 1}</h2>
        <div className="flex">
          <IconButton size="small" label={`Move “${name}” up`} disabled={index === 0} onClick={() => onMove(index - 1)}>
            <ArrowUp className="size-4" aria-hidden="true" />
          </IconButton>
          <IconButton size="small" label={`Move “${name}” down`} disabled={index === count - 1} onClick={() => onMove(index + 1)}>
            <ArrowDown className="size-4" aria-hidden="true" />
          </IconButton>
          <IconButton size="small" label={`Copy “${name}”`} onClick={onCopy}>
            <Copy className="size-4" aria-hidden="true" />
          </IconButton>
          <IconButton size="small" label={`Remove “${name}”`} onClick={onRemove}>
            <Trash2 className="size-4" aria-hidden="true" />
          </IconButton>
        </div>
      </div>
      <div className="flex flex-col gap-4">
        <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_13rem]">
          <TextField
            label="Question"
            placeholder="How helpful is the reply?"
            value={draft.title}
            maxLength={200}
            error={problemOf('title')}
            onChange={(event) => change({ title: event.target.value })}
          />
          <Select
            label="Type"
            value={draft.type}
            error={problemOf('type')}
            options={criterionTypeNames.map((value) => ({ value, label: criterionTypes[value].label, hint: criterionTypes[value].says }))}
            onChange={(type) => onChange(withType(draft, type))}
          />
        </div>
        <TextArea
          label="Help (optional)"
          placeholder="What reviewers should think of before they answer"
          value={draft.help}
          maxLength={10_000}
          onChange={(event) => change({ help: event.target.value })}
        />
        <TypeFields draft={draft} onChange={change} problemOf={problemOf} />
        <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
          <TextField
            label={draft.isStored ? 'Stored as, for good' : 'Stored as'}
            className="w-52"
            placeholder={keyFrom(draft.title)}
            value={draft.key}
            readOnly={draft.isStored}
            maxLength={64}
            spellCheck={false}
            error={problemOf('key')}
            onChange={(event) => change({ key: event.target.value })}
          />
          {hasDirection.has(draft.type) && (
            <Segmented
              label="Direction"
              segments={[
                { value: 'higher', label: draft.type === 'binary' ? 'Yes is better' : 'Higher is better' },
                { value: 'lower', label: draft.type === 'binary' ? 'No is better' : 'Lower is better' },
              ]}
              value={draft.higherIsBetter ? 'higher' : 'lower'}
              onChange={(direction) => change({ higherIsBetter: direction === 'higher' })}
            />
          )}
          <Checkbox label="Must be answered" checked={draft.required} onChange={(required) => change({ required })} />
        </div>
        <ConditionEditor when={draft.when} earlier={earlier} onChange={(when) => change({ when })} problem={problemOf('when')} />
        {other !== undefined && (
          <p role="alert" className="text-note text-bad">
            {other.message}
          </p>
        )}
      </div>
    </section>
  )
}
