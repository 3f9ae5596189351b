import type { Overview } from '@plaudit/sdk'
import { BarChart, useActivePoint } from '../../ui/chart/bar-chart.tsx'
import { toCsv } from '../../ui/csv.ts'
import { formatCount, formatShare, formatUsd, formatWhole } from '../../ui/format-number.ts'
import { formatBucket } from './bucket.ts'
import { ChartSection } from '../../ui/chart-section.tsx'

/** How much came in, and how much of it was judged. */
export function Volume({ overview, onOpenBucket }: { overview: Overview; onOpenBucket: (from: string, to: string) => void }) {
  const { totals, feedbackRate, volume, bucketMs, from, to } = overview
  const { active, onActive } = useActivePoint()
  const bar = volume[active]
  const interval =
    feedbackRate.low === null || feedbackRate.high === null ? '' : ` [${formatShare(feedbackRate.low)}, ${formatShare(feedbackRate.high)}]`
  const sentence =
    feedbackRate.estimate === null
      ? `${formatWhole(totals.traces)} traces. ${feedbackRate.reason ?? ''}`
      : `People judged ${formatShare(feedbackRate.estimate)}${interval} of ${formatWhole(totals.traces)} traces.`
  return (
    <ChartSection
      name="Volume"
      heading="Volume"
      sentence={sentence}
      fileName="volume"
      csv={() =>
        toCsv(
          volume.map(({ time, traces, withFeedback, feedback }) => ({
            time,
            traces,
            traces_with_human_feedback: withFeedback,
            judgments: feedback,
          })),
        )
      }
      table={{
        columns: ['From', 'Traces', 'With human feedback', 'Judgments'],
        rows: volume.map((each) => [
          formatBucket(each.time, bucketMs),
          formatWhole(each.traces),
          formatWhole(each.withFeedback),
          formatWhole(each.feedback),
        ]),
      }}
    >
      <p className="mb-1 text-note text-ink-faint" aria-hidden="true">
        {bar === undefined
          ? 'Traces per bar; the dark foot is those with human feedback.'
          : `${formatBucket(bar.time, bucketMs)}: ${formatWhole(bar.traces)} traces, ${formatWhole(bar.withFeedback)} with human feedback, ${formatWhole(bar.feedback)} judgments`}
      </p>
      <BarChart
        title="Traces, and those with human feedback"
        bars={volume.map(({ time, traces, withFeedback }) => ({ time, total: traces, part: withFeedback }))}
        from={from}
        to={to}
        active={active}
        onActive={onActive}
        onOpen={(index) => {
          const open = volume[index]
          if (open !== undefined) onOpenBucket(open.time, new Date(Date.parse(open.time) + bucketMs).toISOString())
        }}
      />
      <dl className="mt-3 flex flex-wrap gap-x-8 gap-y-1">
        <Total term="Generations" value={formatCount(totals.generations)} />
        <Total term="Human judgments" value={formatCount(totals.humanFeedback)} />
        <Total term="Automatic judgments" value={formatCount(totals.feedback - totals.humanFeedback)} />
        <Total term="Failed traces" value={formatCount(totals.errors)} />
        {totals.costUsd !== null && <Total term="Cost" value={formatUsd(totals.costUsd)} />}
      </dl>
    </ChartSection>
  )
}

function Total({ term, value }: { term: string; value: string }) {
  return (
    <div className="flex items-baseline gap-1.5">
      <dt className="text-ink-faint">{term}</dt>
      <dd className="font-medium">{value}</dd>
    </div>
  )
}
