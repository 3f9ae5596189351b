import type { Queue, Workload } from '@plaudit/sdk'
import { ChartSection } from '../../ui/chart-section.tsx'
import { BarChart, useActivePoint } from '../../ui/chart/bar-chart.tsx'
import { toCsv } from '../../ui/csv.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Estimate } from '../../ui/estimate.tsx'
import { FigureRow } from '../../ui/figure-row.tsx'
import { formatDecimal, formatDuration, formatWhole } from '../../ui/format-number.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { useWorkload } from './use-queues.ts'

/** The pace of a queue: judgments by day, when it will be done, and what it costs. */
export function WorkloadFigures({ queue }: { queue: Queue }) {
  const workload = useWorkload(queue.id)
  if (workload.isPending) return <SkeletonRows rows={3} label="Loading the pace" />
  if (workload.isError)
    return <ErrorState title="The pace could not be loaded." error={workload.error} onRetry={() => void workload.refetch()} />
  if (workload.data.days.every(({ judgments }) => judgments === 0)) return null
  return <LoadedFigures workload={workload.data} />
}

function LoadedFigures({ workload }: { workload: Workload }) {
  const { days, daysLeft, activeMs, cost } = workload
  const { active, onActive } = useActivePoint()
  const shown = days[active] ?? null
  const bars = days.map(({ day, judgments }) => ({ time: day, total: judgments, part: judgments }))
  return (
    <ChartSection
      name="Pace"
      heading="Pace"
      sentence={paceSentence(workload)}
      fileName="pace"
      csv={() => toCsv(days.map(({ day, judgments, people, activeMs: ms }) => ({ day, judgments, people, active_ms: ms })))}
      table={{
        columns: ['Day', 'Judgments', 'People', 'Time at work'],
        rows: days.map(({ day, judgments, people, activeMs: ms }) => [
          day,
          formatWhole(judgments),
          formatWhole(people),
          formatDuration(ms),
        ]),
      }}
    >
      <BarChart
        title="Judgments by day"
        bars={bars}
        from={days[0]?.day ?? ''}
        to={days.at(-1)?.day ?? ''}
        height={120}
        active={active}
        onActive={onActive}
      />
      <p className="h-5 text-note text-ink-faint">
        {shown !== null &&
          `${shown.day}: ${formatWhole(shown.judgments)} judgments by ${shown.people === 1 ? '1 person' : `${formatWhole(shown.people)} people`}, ${formatDuration(shown.activeMs)} at work`}
      </p>
      <dl className="grid max-w-3xl gap-x-10 pt-2 sm:grid-cols-2">
        {daysLeft.estimate !== null && (
          <FigureRow term="Days until it is done">
            <Estimate {...daysLeft} format={(value) => formatDecimal(value, 1)} unit="days" />
          </FigureRow>
        )}
        <FigureRow term="Time on an item">
          <Estimate {...activeMs} format={formatDuration} />
        </FigureRow>
        {cost !== null && (
          <>
            <FigureRow term={`Cost of a judgment, ${cost.currency}`}>
              <Estimate {...cost.perJudgment} />
            </FigureRow>
            <FigureRow term={`Cost of what is left, ${cost.currency}`}>
              <Estimate {...cost.left} />
            </FigureRow>
            <FigureRow term={`Spent in these days, ${cost.currency}`}>{formatDecimal(cost.spent)}</FigureRow>
          </>
        )}
      </dl>
    </ChartSection>
  )
}

/** What the pace means, in a sentence. */
export function paceSentence({ days, daysLeft, progress }: Pick<Workload, 'days' | 'daysLeft' | 'progress'>): string {
  const sum = days.reduce((total, { judgments }) => total + judgments, 0)
  const made = `${formatWhole(sum)} ${sum === 1 ? 'judgment' : 'judgments'} in ${days.length} days.`
  if (progress.judgmentsNeeded <= progress.judgments) return `${made} Nothing is left to judge.`
  if (daysLeft.estimate === null)
    return `${made} When the rest will be done cannot be said yet: ${lowerFirst(daysLeft.reason ?? 'too little is known')}.`
  const range =
    daysLeft.low === null || daysLeft.high === null
      ? ''
      : `, likely ${formatDecimal(daysLeft.low, 0)} to ${formatDecimal(daysLeft.high, 0)}`
  return `${made} If it goes on like this, the rest is done in about ${formatDecimal(daysLeft.estimate, 0)} days${range}.`
}

/** A sentence as the end of another. */
function lowerFirst(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`.replace(/\.$/u, '')
}
