import type { ReviewerFigures } from '@plaudit/sdk'
import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { TrendChart } from '../../ui/chart/trend-chart.tsx'
import { niceDomain } from '../../ui/chart/scale.ts'
import { Estimate } from '../../ui/estimate.tsx'
import { formatDecimal, formatShare, formatSigned, formatWhole } from '../../ui/format-number.ts'
import { formatDate } from '../../ui/format-time.ts'
import { formatShift, reviewerMeasures } from './reviewer-figure.ts'

const WEEK_MS = 7 * 86_400_000

/** One reviewer: what stands out, every measure with its interval, and how it went week by week. */
export function ReviewerCard({ one, name, id }: { one: ReviewerFigures; name: string; id?: string }) {
  const { flags, weeks, leniencyByCriterion } = one
  return (
    <section id={id} aria-label={name} className="scroll-mt-16 border-t border-line py-5">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h2>{name}</h2>
        <span className="text-note text-ink-faint">
          {formatWhole(one.judgments)} judgments on {formatWhole(one.items)} items, {formatWhole(one.sharedItems)} of them judged by others,
          too
        </span>
      </div>
      {flags.length === 0 ? (
        <p className="text-ink-soft">Nothing stands out beyond chance.</p>
      ) : (
        <ul className="mt-1 flex flex-col gap-1">
          {flags.map(({ kind, sentence }) => (
            <li key={kind} className="flex max-w-3xl items-start gap-2">
              <TriangleAlert className="mt-0.5 size-3.5 shrink-0 text-bad" aria-hidden="true" />
              {sentence}
            </li>
          ))}
        </ul>
      )}
      <div className="mt-3 grid gap-x-12 gap-y-4 lg:grid-cols-2">
        <dl>
          {reviewerMeasures.map(({ key, title, says, format }) => (
            <Figure key={key} term={title} says={says}>
              <Estimate {...one[key]} format={format} />
            </Figure>
          ))}
        </dl>
        <div className="flex min-w-0 flex-col gap-4">
          {weeks.length > 1 && (
            <>
              <WeekTrend title="Agreement with the others, by week" weeks={weeks} of="agreement" format={formatShare} />
              <WeekTrend title="Leniency, by week" weeks={weeks} of="leniency" format={formatShift} />
            </>
          )}
          {leniencyByCriterion.length > 0 && (
            <dl>
              {leniencyByCriterion.map(({ criterion, leniency }) => (
                <Figure key={criterion} term={criterion} says="points above the others">
                  <Estimate {...leniency} format={(value) => formatSigned(value)} unit="items" />
                </Figure>
              ))}
            </dl>
          )}
        </div>
      </div>
    </section>
  )
}

function WeekTrend({
  title,
  weeks,
  of,
  format,
}: {
  title: string
  weeks: ReviewerFigures['weeks']
  of: 'agreement' | 'leniency'
  format: (value: number) => string
}) {
  const [active, setActive] = useState(-1)
  const known = weeks.flatMap((week) => [week[of].estimate, week[of].low, week[of].high].filter((value) => value !== null))
  const shown = weeks[active]
  const [low, high] = niceDomain(of === 'agreement' ? known : [...known, 0])
  return (
    <figure className="min-w-0">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-medium">{title}</span>
        <span className="text-note text-ink-faint">
          {shown === undefined ? (
            ''
          ) : (
            <>
              {formatDate(shown.time)} <Estimate {...shown[of]} format={format} />
            </>
          )}
        </span>
      </figcaption>
      <TrendChart
        title={title}
        points={weeks.map((week) => ({ time: week.time, estimate: week[of].estimate, low: week[of].low, high: week[of].high }))}
        bucketMs={WEEK_MS}
        from={weeks[0]?.time ?? ''}
        to={new Date(Date.parse(weeks.at(-1)?.time ?? '') + WEEK_MS).toISOString()}
        domain={of === 'agreement' ? [Math.max(0, low), Math.min(1, high)] : [low, high]}
        look="solid"
        format={format}
        active={active}
        onActive={setActive}
      />
      <ul className="sr-only">
        {weeks.map((week) => (
          <li key={week.time}>
            {formatDate(week.time)}: {week[of].estimate === null ? 'not defined' : formatDecimal(week[of].estimate)}, n = {week[of].n}
          </li>
        ))}
      </ul>
    </figure>
  )
}

function Figure({ term, says, children }: { term: string; says: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 border-b border-line py-1.5">
      <dt>
        {term} <span className="text-note text-ink-faint">{says}</span>
      </dt>
      <dd>{children}</dd>
    </div>
  )
}
