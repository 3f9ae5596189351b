import type { ReactNode } from 'react'
import { formatValue } from '../../ui/format-known.ts'

/** A part of the page with its heading; a folded one opens on a click. */
export function Section({
  title,
  actions,
  isFolded,
  children,
}: {
  title: string
  actions?: ReactNode
  isFolded?: boolean
  children: ReactNode
}) {
  if (isFolded === true) {
    return (
      <details className="border-t border-line pt-3">
        <summary className="cursor-pointer rounded-sm font-semibold text-ink-soft">{title}</summary>
        <div className="mt-3">{children}</div>
      </details>
    )
  }
  return (
    <section aria-label={title} className="border-t border-line pt-3">
      <div className="mb-3 flex min-h-7 flex-wrap items-center gap-2">
        <h3 className="flex-1 text-ink-soft">{title}</h3>
        {actions}
      </div>
      {children}
    </section>
  )
}

/** Names and values side by side, in the order of their names; nothing when there are none. */
export function KeyValues({
  title,
  values,
  isOpen = false,
}: {
  title?: string
  values: Readonly<Record<string, unknown>>
  isOpen?: boolean
}) {
  const entries = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))
  if (entries.length === 0) return null
  const list = (
    <dl className="grid grid-cols-[minmax(6rem,max-content)_minmax(0,1fr)] gap-x-4 gap-y-1 max-sm:grid-cols-1 max-sm:gap-y-0">
      {entries.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="max-w-80 truncate font-mono text-note leading-5 text-ink-faint" title={name}>
            {name}
          </dt>
          <dd dir="auto" className="max-h-60 overflow-y-auto break-words whitespace-pre-wrap max-sm:mb-2">
            {formatValue(value)}
          </dd>
        </div>
      ))}
    </dl>
  )
  if (title === undefined) return list
  return (
    <Section title={`${title}, ${entries.length}`} isFolded={!isOpen}>
      {list}
    </Section>
  )
}
