import { useId } from 'react'
import { TextField } from '../../ui/text-field.tsx'
import type { Criterion } from './criterion.ts'

export type CriterionFieldProps = { criteria: readonly Criterion[]; value: string; onChange: (name: string) => void; label?: string }

/** What is asked: one of the project's criteria, offered as one types, or a new one. */
export function CriterionField({ criteria, value, onChange, label = 'Criterion' }: CriterionFieldProps) {
  const id = useId()
  return (
    <>
      <TextField
        label={label}
        list={id}
        value={value}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        className="min-w-28 flex-1"
      />
      <datalist id={id}>
        {criteria.map(({ name, n }) => (
          <option key={name} value={name}>
            {n === 1 ? '1 judgment' : `${n} judgments`}
          </option>
        ))}
      </datalist>
    </>
  )
}
