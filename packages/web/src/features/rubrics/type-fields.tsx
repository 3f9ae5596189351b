import { Checkbox } from '../../ui/checkbox.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { CriterionDraft, OptionDraft } from './criterion-draft.ts'
import { OptionListEditor, type OptionListEditorProps } from './option-list-editor.tsx'

export type TypeFieldsProps = {
  draft: CriterionDraft
  onChange: (change: Partial<CriterionDraft>) => void
  problemOf: (field: string) => string | undefined
}

const optionLists: Partial<
  Record<CriterionDraft['type'], Pick<OptionListEditorProps, 'legend' | 'noun' | 'numbered' | 'fixed' | 'least'>>
> = {
  binary: { legend: 'Answers', noun: 'answer', fixed: true },
  ordinal: { legend: 'Points of the scale, the lowest first', noun: 'point', numbered: true, least: 2 },
  categorical: { legend: 'Labels', noun: 'label', least: 2 },
  multi_label: { legend: 'Labels', noun: 'label', least: 1 },
  correction: { legend: 'Reasons that can be given for the correction', noun: 'reason' },
  mark: { legend: 'Types of mark', noun: 'type', least: 1 },
}

/** The fields that only this type of criterion has. */
export function TypeFields({ draft, onChange, problemOf }: TypeFieldsProps) {
  const list = optionLists[draft.type]
  const text = (key: 'min' | 'max' | 'step' | 'unit' | 'most' | 'maxLength', label: string, placeholder: string) => (
    <TextField
      label={label}
      placeholder={placeholder}
      className="w-36"
      inputMode={key === 'unit' ? 'text' : 'decimal'}
      value={draft[key]}
      error={problemOf(key === 'most' ? 'max' : key)}
      onChange={(event) => onChange({ [key]: event.target.value })}
    />
  )
  return (
    <>
      {list !== undefined && (
        <OptionListEditor
          {...list}
          options={draft.options}
          onChange={(options: OptionDraft[]) => onChange({ options })}
          problemOf={problemOf}
        />
      )}
      {draft.type === 'mark' && (
        <OptionListEditor
          legend="Severities, the mildest first (none: not asked)"
          noun="severity"
          keyed={false}
          options={draft.severities}
          onChange={(severities) => onChange({ severities })}
          problemOf={problemOf}
        />
      )}
      {draft.type === 'numeric' && (
        <div className="flex flex-wrap gap-3">
          {text('min', 'Least', 'no limit')}
          {text('max', 'Most', 'no limit')}
          {text('step', 'Step', 'any')}
          {text('unit', 'Unit', 'such as %')}
        </div>
      )}
      {draft.type === 'multi_label' && text('most', 'At most', 'any number')}
      {draft.type === 'text' && text('maxLength', 'Most characters', '10000')}
      {draft.type === 'comparison' && (
        <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
          <Select
            label="Strength of preference"
            className="w-52"
            value={String(draft.strength)}
            options={[
              { value: '0', label: 'Not asked' },
              ...[2, 3, 5, 7].map((steps) => ({ value: String(steps), label: `1 to ${steps}` })),
            ]}
            onChange={(steps) => onChange({ strength: Number(steps) })}
          />
          <div className="flex flex-wrap gap-x-5">
            <Checkbox label="Can be equal" checked={draft.allowTie} onChange={(allowTie) => onChange({ allowTie })} />
            <Checkbox label="Can both be bad" checked={draft.allowBothBad} onChange={(allowBothBad) => onChange({ allowBothBad })} />
            <Checkbox
              label="Can be impossible to judge"
              checked={draft.allowCannotJudge}
              onChange={(allowCannotJudge) => onChange({ allowCannotJudge })}
            />
          </div>
        </div>
      )}
      {draft.type === 'ranking' && (
        <Checkbox label="Outputs can share a rank" checked={draft.allowTies} onChange={(allowTies) => onChange({ allowTies })} />
      )}
    </>
  )
}
