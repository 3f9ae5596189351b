import { type ReactNode, useState } from 'react'
import { Select } from './select.tsx'
import { TimeAgo } from './time-ago.tsx'

type Version = { version: number; createdAt: string; note: string }

export type VersionHistoryProps<V extends Version> = {
  /** The newest first. */
  versions: readonly V[]
  /** What else is said of a version in the list. */
  renderNote?: (version: V) => ReactNode
  renderDifference: (before: V, after: V) => ReactNode
}

/** The versions of a document, and what differs between any two of them. */
export function VersionHistory<V extends Version>({ versions, renderNote, renderDifference }: VersionHistoryProps<V>) {
  const newest = versions[0]?.version ?? 1
  const [from, setFrom] = useState(String(Math.max(1, newest - 1)))
  const [to, setTo] = useState(String(newest))
  const of = (version: string) => versions.find((one) => String(one.version) === version)
  const [before, after] = [of(from), of(to)]
  const options = versions.map(({ version }) => ({ value: String(version), label: `Version ${version}` }))
  return (
    <div className="grid gap-x-12 gap-y-6 lg:grid-cols-[18rem_minmax(0,1fr)]">
      <ol className="flex flex-col border-t border-line">
        {versions.map((one) => (
          <li key={one.version} className="border-b border-line py-2">
            <p className="flex items-baseline justify-between gap-3">
              <span className="font-medium">Version {one.version}</span>
              <TimeAgo time={one.createdAt} className="text-note text-ink-faint" />
            </p>
            <p className="text-ink-soft">{one.note !== '' ? one.note : one.version === 1 ? 'The first version' : 'No note'}</p>
            {renderNote?.(one)}
          </li>
        ))}
      </ol>
      <section aria-label="Differences" className="min-w-0">
        {versions.length === 1 ? (
          <p className="text-ink-faint">
            With a second version, what differs is shown here. Judgments keep the version they were made under.
          </p>
        ) : (
          <>
            <div className="flex flex-wrap gap-3 pb-4">
              <Select label="From" className="w-40" value={from} options={options} onChange={setFrom} />
              <Select label="To" className="w-40" value={to} options={options} onChange={setTo} />
            </div>
            {before !== undefined && after !== undefined && renderDifference(before, after)}
          </>
        )}
      </section>
    </div>
  )
}
