import type { CoverageReport } from '@plaudit/sdk'
import { type FormEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { formatShare } from '../../ui/format-number.ts'
import { TextField } from '../../ui/text-field.tsx'
import { targetText } from './target-text.ts'

const MOST = 12

/** The shares of a population that the scores are to be for; strata that are left out have none. */
export function TargetForm({ report, onChange }: { report: CoverageReport; onChange: (target: string | undefined) => void }) {
  const strata = report.strata.toSorted((a, b) => b.traffic - a.traffic).slice(0, MOST)
  const [shares, setShares] = useState<Record<string, string>>({})
  const total = Object.values(shares).reduce((sum, text) => sum + (Number(text) || 0), 0)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onChange(total > 0 ? targetText(shares) : undefined)
  }
  return (
    <details className="border-t border-line py-4">
      <summary className="cursor-pointer rounded-sm font-semibold">A target population</summary>
      <form onSubmit={submit} className="mt-2">
        <p className="max-w-3xl text-ink-soft">
          What would the scores be where the traffic has other proportions: another market, the next release? Give each stratum its weight;
          they need not add up to 100.
        </p>
        <div className="mt-3 grid max-w-4xl grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">
          {strata.map(({ name, trafficShare }) => (
            <TextField
              key={name}
              label={name}
              hint={`traffic ${formatShare(trafficShare)}`}
              inputMode="decimal"
              value={shares[name] ?? ''}
              onChange={(event) => setShares({ ...shares, [name]: event.target.value })}
            />
          ))}
        </div>
        <Button type="submit" className="mt-3">
          {total > 0 ? 'Show the scores of this population' : 'Without a target population'}
        </Button>
      </form>
    </details>
  )
}
