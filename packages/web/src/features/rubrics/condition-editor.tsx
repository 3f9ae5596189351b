import { Checkbox } from '../../ui/checkbox.tsx'
import { Select } from '../../ui/select.tsx'
import { conditionAnswers, type CriterionDraft, keyOf } from './criterion-draft.ts'

export type ConditionEditorProps = {
  when: CriterionDraft['when']
  /** The criteria that come before this one. */
  earlier: readonly CriterionDraft[]
  onChange: (when: CriterionDraft['when']) => void
  problem: string | undefined
}

/** Whether a question is always asked, or only after certain answers to an earlier one. */
export function ConditionEditor({ when, earlier, onChange, problem }: ConditionEditorProps) {
  const possible = earlier.filter((draft) => keyOf(draft) !== '' && conditionAnswers(draft).length > 0)
  if (possible.length === 0 && when === null) return null
  const source = possible.find((draft) => keyOf(draft) === when?.criterion)
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
      <Select
        label="Asked"
        className="w-64"
        value={when === null ? '' : when.criterion}
        options={[
          { value: '', label: 'Always' },
          ...possible.map((draft) => ({ value: keyOf(draft), label: `After an answer to “${draft.title}”` })),
          ...(when !== null && source === undefined ? [{ value: when.criterion, label: `After ${when.criterion}` }] : []),
        ]}
        onChange={(criterion) => onChange(criterion === '' ? null : { criterion, answers: [] })}
        error={problem}
      />
      {when !== null && source !== undefined && (
        <fieldset className="flex min-w-0 flex-wrap gap-x-4">
          <legend className="sr-only">Answers to “{source.title}” that bring it up</legend>
          {conditionAnswers(source).map(({ json, label }) => (
            <Checkbox
              key={json}
              label={label}
              checked={when.answers.includes(json)}
              onChange={(checked) =>
                onChange({ ...when, answers: checked ? [...when.answers, json] : when.answers.filter((answer) => answer !== json) })
              }
            />
          ))}
        </fieldset>
      )}
    </div>
  )
}
