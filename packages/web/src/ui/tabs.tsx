import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

export type Tab = { value: string; label: ReactNode; content: ReactNode }

/** A tab that was chosen by its address may lie beyond the edge of a narrow screen. */
function showTab(tab: HTMLElement | null): void {
  const list = tab?.parentElement
  if (tab === null || list == null) return
  const [start, end] = [tab.offsetLeft, tab.offsetLeft + tab.offsetWidth]
  if (start < list.scrollLeft || end > list.scrollLeft + list.clientWidth) list.scrollLeft = end - list.clientWidth
}

/** Panels of which one shows; arrow keys move between their tabs. */
export function Tabs({
  tabs,
  value,
  onChange,
  label,
}: {
  tabs: readonly Tab[]
  value: string
  onChange: (value: string) => void
  label: string
}) {
  return (
    <Base.Root value={value} onValueChange={(next: string) => onChange(next)}>
      <Base.List aria-label={label} className="scroll-hint relative flex gap-4 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            ref={tab.value === value ? showTab : undefined}
            className="h-9 shrink-0 border-b-2 border-transparent font-medium text-ink-soft hover:text-ink data-active:border-accent data-active:text-ink"
          >
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="pt-4">
          {/* A panel that fades out must let go of its keys before the next one takes them. */}
          {tab.value === value && tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
