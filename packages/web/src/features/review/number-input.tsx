import type { Criterion } from '@plaudit/protocol'
import { useState } from 'react'
import { TextField } from '../../ui/text-field.tsx'
import { cx } from '../../ui/cx.ts'

export type NumberInputProps = {
  criterion: Criterion & { type: 'numeric' }
  value: number | undefined
  onChange: (value: number | undefined) => void
  /** Enter was pressed in the field. */
  onDone: () => void
}

/** A number, typed, or found on a slider where the range has two ends. What is not a number stays as it was typed and is no answer. */
export function NumberInput({ criterion: { title, min, max, step, unit }, value, onChange, onDone }: NumberInputProps) {
  const [typed, setTyped] = useState<string | null>(null)
  // What was typed counts while it says the same as the answer; undo and a restored draft win over it.
  const shown = typed !== null && parse(typed) === value ? typed : value === undefined ? '' : String(value)
  const range = [
    min === undefined ? null : `from ${min}`,
    max === undefined ? null : `to ${max}`,
    step === undefined ? null : `in steps of ${step}`,
  ]
  const hint = [range.filter((part) => part !== null).join(' '), unit].filter((part) => part !== '').join(', ')
  const isWrong = typed !== null && typed.trim() !== '' && parse(typed) === undefined
  return (
    <div className={cx('grid items-center gap-3', min !== undefined && max !== undefined && 'grid-cols-[10rem_minmax(0,1fr)]')}>
      <TextField
        label={title}
        labelHidden
        inputMode="decimal"
        autoComplete="off"
        value={isWrong ? typed : shown}
        onChange={(event) => {
          setTyped(event.target.value)
          onChange(parse(event.target.value))
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) onDone()
        }}
        {...(isWrong ? { error: 'Type a number.' } : hint === '' ? {} : { hint })}
      />
      {min !== undefined && max !== undefined && (
        <input
          type="range"
          aria-label={`${title}, on a slider`}
          min={min}
          max={max}
          step={step ?? 'any'}
          value={value ?? (min + max) / 2}
          onChange={(event) => {
            setTyped(null)
            onChange(Number(event.target.value))
          }}
          className={cx('w-full self-start accent-accent pointer-coarse:h-10', value === undefined && 'opacity-50')}
        />
      )}
    </div>
  )
}

function parse(text: string): number | undefined {
  const trimmed = text.trim().replace(',', '.')
  return /^[+-]?(\d+\.?\d*|\.\d+)$/u.test(trimmed) ? Number(trimmed) : undefined
}
