import { Trash2 } from 'lucide-react'
import { IconButton } from '../button.tsx'
import { cx } from '../cx.ts'
import { controlClass } from '../text-field.tsx'
import type { DraftMark } from './mark-draft.ts'
import { MarkTypeSign } from './mark-type.tsx'

/** A type or severity: what is stored, and what it is called. */
export type MarkChoice = { value: string; label: string }

export type MarkListProps = {
  text: string
  marks: readonly DraftMark[]
  types: readonly MarkChoice[]
  /** None: severity is not asked. */
  severities: readonly MarkChoice[]
  current: string | null
  onCurrent: (key: string) => void
  onChange: (key: string, change: Partial<DraftMark>) => void
  onRemove: (key: string) => void
}

/** The marks in the order of the text, each with its type, severity and note. */
export function MarkList({ text, marks, types, severities, current, onCurrent, onChange, onRemove }: MarkListProps) {
  if (marks.length === 0) return null
  return (
    <ol aria-label="Marks" className="flex flex-col">
      {marks.map((mark, index) => {
        const quote =
          mark.start === mark.end
            ? `missing after “${text.slice(Math.max(0, mark.start - 30), mark.start)}”`
            : text.slice(mark.start, mark.end)
        const focus = () => onCurrent(mark.key)
        return (
          <li
            key={mark.key}
            className={cx('flex flex-col gap-1.5 border-b border-line px-2 py-2', mark.key === current && 'bg-accent-soft')}
          >
            <div className="flex items-start gap-2">
              <MarkTypeSign type={mark.type} label={types.find(({ value }) => value === mark.type)?.label} className="mt-0.5 shrink-0" />
              <span dir="auto" className="line-clamp-2 min-w-0 flex-1 break-words text-ink-soft">
                {quote}
              </span>
              <IconButton size="small" label={`Remove mark ${index + 1}`} onFocus={focus} onClick={() => onRemove(mark.key)}>
                <Trash2 className="size-3.5" aria-hidden="true" />
              </IconButton>
            </div>
            <div className="flex flex-wrap gap-2">
              <Choice
                label={`Type of mark ${index + 1}`}
                value={mark.type}
                options={types}
                onFocus={focus}
                onChange={(type) => onChange(mark.key, { type })}
              />
              {severities.length > 0 && (
                <Choice
                  label={`Severity of mark ${index + 1}`}
                  value={mark.severity}
                  options={severities}
                  none="no severity"
                  onFocus={focus}
                  onChange={(severity) => onChange(mark.key, { severity })}
                />
              )}
              <input
                aria-label={`Note on mark ${index + 1}`}
                placeholder="Note"
                value={mark.note}
                onFocus={focus}
                onChange={(event) => onChange(mark.key, { note: event.target.value })}
                className={cx(controlClass, 'h-7 min-w-40 flex-1 pointer-coarse:h-10')}
              />
            </div>
          </li>
        )
      })}
    </ol>
  )
}

type ChoiceProps = {
  label: string
  value: string
  options: readonly MarkChoice[]
  none?: string
  onFocus: () => void
  onChange: (value: string) => void
}

function Choice({ label, value, options, none, onFocus, onChange }: ChoiceProps) {
  const isKnown = value === '' || options.some((option) => option.value === value)
  return (
    <select
      aria-label={label}
      value={value}
      onFocus={onFocus}
      onChange={(event) => onChange(event.target.value)}
      className={cx(controlClass, 'h-7 w-auto! min-w-28 px-1.5! pointer-coarse:h-10')}
    >
      {none !== undefined && <option value="">{none}</option>}
      {[...options, ...(isKnown ? [] : [{ value, label: value }])].map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}
