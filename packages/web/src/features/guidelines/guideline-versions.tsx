import type { Guideline } from '@plaudit/sdk'
import { useState } from 'react'
import { Select } from '../../ui/select.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { GuidelineDiffView } from './guideline-diff-view.tsx'

/** The versions of a guideline, and what differs between any two of them. `versions` are the newest first. */
export function GuidelineVersions({ versions }: { versions: readonly Guideline[] }) {
  const newest = versions[0]?.version ?? 1
  const [from, setFrom] = useState(String(Math.max(1, newest - 1)))
  const [to, setTo] = useState(String(newest))
  const of = (version: string) => versions.find((one) => String(one.version) === version)
  const [before, after] = [of(from), of(to)]
  const options = versions.map(({ version }) => ({ value: String(version), label: `Version ${version}` }))
  return (
    <div className="grid gap-x-12 gap-y-6 lg:grid-cols-[18rem_minmax(0,1fr)]">
      <ol className="flex flex-col border-t border-line">
        {versions.map(({ version, createdAt, note, touches }) => (
          <li key={version} className="border-b border-line py-2">
            <p className="flex items-baseline justify-between gap-3">
              <span className="font-medium">Version {version}</span>
              <TimeAgo time={createdAt} className="text-note text-ink-faint" />
            </p>
            <p className="text-ink-soft">{note === '' ? (version === 1 ? 'The first version' : 'No note') : note}</p>
            {touches.length > 0 && <p className="text-note text-ink-faint">Touches {touches.join(', ')}</p>}
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
            {before !== undefined && after !== undefined && <GuidelineDiffView before={before} after={after} />}
          </>
        )}
      </section>
    </div>
  )
}
