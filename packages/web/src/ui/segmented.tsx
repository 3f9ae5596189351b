import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import type { ReactNode } from 'react'

export type Segment<V extends string> = { value: V; label: ReactNode; title?: string }

/** One of a few values, all of them in view. */
export function Segmented<V extends string>({
  label,
  segments,
  value,
  onChange,
}: {
  label: string
  segments: readonly Segment<V>[]
  value: V
  onChange: (value: V) => void
}) {
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      onValueChange={([next]) => next !== undefined && onChange(next as V)}
      className="inline-flex w-fit max-w-full overflow-x-auto rounded-md border border-line bg-sunken p-px"
    >
      {segments.map((segment) => (
        <Toggle
          key={segment.value}
          value={segment.value}
          aria-label={segment.title}
          className="inline-flex h-7 items-center gap-1.5 rounded-[5px] px-2.5 text-note font-medium whitespace-nowrap text-ink-soft hover:text-ink data-pressed:bg-surface data-pressed:text-ink data-pressed:outline data-pressed:outline-line focus-visible:outline-2! focus-visible:outline-accent! pointer-coarse:h-9"
        >
          {segment.label}
        </Toggle>
      ))}
    </ToggleGroup>
  )
}
