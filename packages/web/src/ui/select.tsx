import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronsUpDown } from 'lucide-react'
import { cx } from './cx.ts'
import { controlClass, FieldFrame, type FieldFrameProps } from './text-field.tsx'

export type Option<V extends string = string> = { value: V; label: string; hint?: string }

export type SelectProps<V extends string> = FieldFrameProps & {
  options: readonly Option<V>[]
  value: V | null
  onChange: (value: V) => void
  placeholder?: string
  disabled?: boolean
}

/** One value of a short list. For long lists use `Combobox`. */
export function Select<V extends string>({ options, value, onChange, placeholder = 'Choose', disabled = false, ...frame }: SelectProps<V>) {
  return (
    <FieldFrame {...frame}>
      <Base.Root items={options} value={value} onValueChange={(next) => next !== null && onChange(next)} disabled={disabled}>
        <Base.Trigger className={cx(controlClass, 'flex h-8 items-center justify-between gap-2 text-left pointer-coarse:h-10')}>
          <Base.Value className={cx('truncate', value === null && 'text-ink-faint')}>
            {(chosen: V | null) => options.find((option) => option.value === chosen)?.label ?? placeholder}
          </Base.Value>
          <Base.Icon>
            <ChevronsUpDown className="size-3.5 text-ink-faint" aria-hidden="true" />
          </Base.Icon>
        </Base.Trigger>
        <Base.Portal>
          <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
            <Base.Popup className="overlay max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto p-1">
              <Base.List>
                {options.map((option) => (
                  <Base.Item key={option.value} value={option.value} className={optionClass}>
                    <Base.ItemIndicator className="col-start-1">
                      <Check className="size-3.5" aria-hidden="true" />
                    </Base.ItemIndicator>
                    <Base.ItemText className="col-start-2">{option.label}</Base.ItemText>
                    {option.hint !== undefined && <span className="col-start-2 text-note text-ink-faint">{option.hint}</span>}
                  </Base.Item>
                ))}
              </Base.List>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </FieldFrame>
  )
}

/** Look of one choice in a list that opens: a select, a combobox, a menu. */
export const optionClass =
  'grid cursor-default grid-cols-[1rem_1fr] items-center gap-x-2 rounded-sm px-2 py-1.5 outline-none select-none data-disabled:text-ink-faint data-highlighted:bg-hover'
