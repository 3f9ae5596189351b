import type { Dataset } from '@plaudit/sdk'
import { useState } from 'react'
import { ErrorState } from '../../ui/error-state.tsx'
import { formatWhole } from '../../ui/format-number.ts'
import { Select } from '../../ui/select.tsx'
import { useDatasetDiff } from './use-datasets.ts'

/** What a version has that an earlier one has not. */
export function DatasetChanges({ dataset, datasets }: { dataset: Dataset; datasets: readonly Dataset[] }) {
  const earlier = datasets.filter(({ name, version, state }) => name === dataset.name && version < dataset.version && state === 'ready')
  const [since, setSince] = useState(earlier[0]?.id ?? null)
  const diff = useDatasetDiff(dataset.id, since)
  if (earlier.length === 0) return null
  return (
    <section aria-label="What changed" className="border-t border-line pt-5 pb-8">
      <div className="mb-3 flex flex-wrap items-end justify-between gap-3">
        <h2>What changed</h2>
        <Select
          label="Since"
          className="w-64 max-w-full"
          options={earlier.map(({ id, name, version }) => ({ value: id, label: `${name} v${version}` }))}
          value={since}
          onChange={setSince}
        />
      </div>
      {diff.isError && <ErrorState title="The versions could not be compared." error={diff.error} onRetry={() => void diff.refetch()} />}
      {diff.data !== undefined && (
        <>
          <p className="text-ink-soft">
            {formatWhole(diff.data.added)} rows added, {formatWhole(diff.data.removed)} removed, {formatWhole(diff.data.changed)} changed in
            verdict, weight or side, {formatWhole(diff.data.same)} as before.
          </p>
          {diff.data.examples.length > 0 && (
            <ul className="mt-2">
              {diff.data.examples.slice(0, 8).map(({ change, key, prompt, output, verdict }) => (
                <li key={key} className="flex gap-3 border-b border-line py-1.5">
                  <span className="w-16 shrink-0 text-note text-ink-faint">{change}</span>
                  <span dir="auto" className="min-w-0 flex-1 truncate">
                    {prompt}
                  </span>
                  <span dir="auto" className="min-w-0 flex-1 truncate text-ink-soft max-sm:hidden">
                    {output}
                  </span>
                  <span className="w-20 shrink-0 text-note text-ink-faint">{verdict}</span>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  )
}
