import { Combobox as Base } from '@base-ui/react/combobox'
import { Check, ChevronsUpDown, X } from 'lucide-react'
import { cx } from './cx.ts'
import { optionClass } from './select.tsx'
import { controlClass, FieldFrame, type FieldFrameProps } from './text-field.tsx'

export type ComboboxProps = FieldFrameProps & {
  options: readonly string[]
  /** Empty when nothing is chosen. */
  value: string
  onChange: (value: string) => void
  placeholder?: string
  /** Said when nothing matches what was typed. */
  emptyText?: string
}

/** One value of a long list, found by typing; can be cleared. */
export function Combobox({ options, value, onChange, placeholder = 'Any', emptyText = 'Nothing matches.', ...frame }: ComboboxProps) {
  return (
    <FieldFrame {...frame}>
      <Base.Root items={options} value={value === '' ? null : value} onValueChange={(next: string | null) => onChange(next ?? '')}>
        <Base.InputGroup className="relative">
          <Base.Input placeholder={placeholder} className={cx(controlClass, 'h-8 pr-14 pointer-coarse:h-10')} />
          <span className="absolute inset-y-0 right-1 flex items-center">
            <Base.Clear aria-label="Clear" className="rounded-sm p-1 text-ink-faint hover:text-ink">
              <X className="size-3.5" aria-hidden="true" />
            </Base.Clear>
            <Base.Trigger aria-label="Show the choices" className="rounded-sm p-1 text-ink-faint hover:text-ink">
              <ChevronsUpDown className="size-3.5" aria-hidden="true" />
            </Base.Trigger>
          </span>
        </Base.InputGroup>
        <Base.Portal>
          <Base.Positioner sideOffset={4} className="z-50">
            <Base.Popup className="overlay max-h-[min(20rem,var(--available-height))] w-(--anchor-width) min-w-48 overflow-y-auto p-1">
              <Base.Empty className="px-2 py-1.5 text-ink-faint empty:hidden">{emptyText}</Base.Empty>
              <Base.List>
                {(option: string) => (
                  <Base.Item key={option} value={option} className={optionClass}>
                    <Base.ItemIndicator className="col-start-1">
                      <Check className="size-3.5" aria-hidden="true" />
                    </Base.ItemIndicator>
                    <span className="col-start-2 break-words">{option}</span>
                  </Base.Item>
                )}
              </Base.List>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </FieldFrame>
  )
}
