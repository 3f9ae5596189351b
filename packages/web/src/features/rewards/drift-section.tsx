import type { RewardDrift } from '@plaudit/sdk'
import { TriangleAlert } from 'lucide-react'
import { ChartSection } from '../../ui/chart-section.tsx'
import { TrendChart } from '../../ui/chart/trend-chart.tsx'
import { toCsv } from '../../ui/csv.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { formatDecimal, formatShare } from '../../ui/format-number.ts'
import { formatDate } from '../../ui/format-time.ts'
import { useDrift } from './use-reward-models.ts'

/** Whether a model still agrees with people, on what they judged since. */
export function DriftSection({ modelId, fileName }: { modelId: string; fileName: string }) {
  const drift = useDrift(modelId)
  if (drift.isError) return <ErrorState title="What people judged since could not be read." error={drift.error} />
  if (drift.data === undefined) return null
  const { sentence, points, alarm } = drift.data
  if (points.length < 2)
    return (
      <section aria-label="Since it was registered" className="border-t border-line pt-5 pb-8">
        <h2>Does it still agree with people?</h2>
        <p className="text-ink-soft">{sentence}</p>
      </section>
    )
  return (
    <ChartSection
      name="Since it was registered"
      heading="Does it still agree with people?"
      mark={
        alarm && (
          <span className="inline-flex items-center gap-1 rounded-sm bg-bad-soft px-1.5 py-px text-note font-medium text-bad">
            <TriangleAlert className="size-3" aria-hidden="true" />
            Alarm
          </span>
        )
      }
      sentence={sentence}
      fileName={`${fileName}-drift`}
      csv={() => toCsv(points)}
      table={{
        columns: ['Until', 'Comparisons', 'Accuracy so far', 'Evidence for a fall'],
        rows: points.map(({ time, n, accuracy, evidence }) => [formatDate(time), n, formatShare(accuracy), formatDecimal(evidence, 1)]),
      }}
    >
      <Evidence drift={drift.data} />
      <p className="mt-1 text-note text-ink-faint">
        As sampled: the comparisons that people judged, in their order. Weighted to the traffic, the test for a fall would not keep its
        promise.
      </p>
    </ChartSection>
  )
}

/** The alarm of a model that no longer agrees with people; nothing while there is none. */
export function DriftAlarm({ modelId }: { modelId: string }) {
  const drift = useDrift(modelId)
  if (drift.data?.alarm !== true) return null
  return (
    <p className="mt-2 flex max-w-3xl items-start gap-2 border-l-2 border-bad pl-3">
      <TriangleAlert className="mt-0.5 size-3.5 shrink-0 text-bad" aria-hidden="true" />
      {drift.data.sentence}
    </p>
  )
}

/** Accuracy so far, and the evidence for a fall against the level of the alarm. */
function Evidence({ drift: { points, limit, expected } }: { drift: RewardDrift }) {
  const from = points[0]?.time ?? ''
  const to = points.at(-1)?.time ?? ''
  const shared = { from, to, bucketMs: 0, active: -1, onActive: () => undefined }
  const [lowest, highest] = [
    Math.min(...points.map(({ accuracy }) => accuracy), expected ?? 1),
    Math.max(...points.map(({ accuracy }) => accuracy)),
  ]
  const most = Math.max(limit * 1.2, ...points.map(({ evidence }) => evidence))
  return (
    <div className="grid gap-6 md:grid-cols-2">
      <div>
        <h3 className="text-note text-ink-faint">Accuracy so far{expected === null ? '' : `; the card says ${formatShare(expected)}`}</h3>
        <TrendChart
          {...shared}
          title="Accuracy so far"
          look="solid"
          domain={[Math.max(0, Math.floor(lowest * 10 - 1) / 10), Math.min(1, Math.ceil(highest * 10 + 0.5) / 10)]}
          format={(value) => formatShare(value)}
          points={points.map(({ time, accuracy }) => ({ time, estimate: accuracy, low: null, high: null }))}
        />
      </div>
      <div>
        <h3 className="text-note text-ink-faint">Evidence for a fall of 10 points; alarm at {formatDecimal(limit, 0)}</h3>
        <TrendChart
          {...shared}
          title="Evidence for a fall"
          look="dashed"
          domain={[0, Math.ceil(most)]}
          format={(value) => formatDecimal(value, 0)}
          points={points.map(({ time, evidence }) => ({ time, estimate: evidence, low: null, high: null }))}
        />
      </div>
    </div>
  )
}
