import type { BiasFinding, BiasVerdict } from '@plaudit/sdk'
import { Check, CircleHelp, TriangleAlert } from 'lucide-react'
import { Badge } from '../../ui/badge.tsx'
import { Estimate, Whisker } from '../../ui/estimate.tsx'
import { formatDecimal, formatSigned } from '../../ui/format-number.ts'
import { formatShift } from './reviewer-figure.ts'

const verdicts: Record<BiasVerdict, { label: string; tone: 'bad' | 'good' | 'neutral'; icon: React.ReactNode }> = {
  found: { label: 'found', tone: 'bad', icon: <TriangleAlert aria-hidden="true" /> },
  clear: { label: 'not found', tone: 'good', icon: <Check aria-hidden="true" /> },
  unsure: { label: 'unsure', tone: 'neutral', icon: <CircleHelp aria-hidden="true" /> },
  unknown: { label: 'unknown', tone: 'neutral', icon: <CircleHelp aria-hidden="true" /> },
}
const names: Record<BiasFinding['kind'], string> = {
  position: 'Position',
  length: 'Length, in comparisons',
  length_of_ratings: 'Length, in ratings',
  severity: 'Severity',
  central_tendency: 'Central tendency',
  halo: 'Halo',
  fatigue: 'Fatigue',
  drift: 'Drift',
  anchoring: 'Anchoring',
  self_selection: 'Self-selection of users',
}
const units: Record<BiasFinding['unit'], { format: (value: number) => string; domain: readonly [number, number] }> = {
  log_odds: { format: (value) => formatSigned(value), domain: [-1, 1] },
  share: { format: formatShift, domain: [-0.5, 0.5] },
  points_of_scale: { format: formatShift, domain: [-0.3, 0.3] },
  correlation: { format: (value) => formatDecimal(value), domain: [-1, 1] },
}

/** One way in which judgments can lean: whether they do, by how much, what it means, and what to do. */
export function BiasFindingRow({ finding }: { finding: BiasFinding }) {
  const { kind, verdict, measure, unit, estimate, sentence, advice } = finding
  const { label, tone, icon } = verdicts[verdict]
  const { format, domain } = units[unit]
  return (
    <section aria-label={names[kind]} className="grid gap-x-10 gap-y-2 border-t border-line py-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-2">
          <h2>{names[kind]}</h2>
          <Badge tone={tone} icon={icon}>
            {label}
          </Badge>
        </div>
        <p className="max-w-3xl">{sentence}</p>
        {verdict === 'found' && <p className="max-w-3xl text-ink-soft">{advice}</p>}
      </div>
      {estimate.estimate !== null && (
        <div className="min-w-0 lg:text-right">
          <Estimate {...estimate} format={format} />
          <div className="mt-1 lg:flex lg:justify-end">
            <Whisker estimate={estimate.estimate} low={estimate.low} high={estimate.high} domain={domain} width={180} />
          </div>
          <p className="text-note text-ink-faint">{measure}</p>
        </div>
      )}
    </section>
  )
}
