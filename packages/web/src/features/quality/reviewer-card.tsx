import type { ReviewerFigures } from '@plaudit/sdk'
import { TriangleAlert } from 'lucide-react'
import { Estimate } from '../../ui/estimate.tsx'
import { FigureRow } from '../../ui/figure-row.tsx'
import { formatShare, formatSigned, formatWhole } from '../../ui/format-number.ts'
import { formatDate } from '../../ui/format-time.ts'
import { formatShift, formatStretch, reviewerMeasures } from './reviewer-figure.ts'
import { ReviewerTrend } from './reviewer-trend.tsx'

const WEEK_MS = 7 * 86_400_000
const MINUTE_MS = 60_000
/** How long a stretch of a sitting is drawn: the server's are of 15 minutes, the last one may be open. */
const STRETCH_MS = 15 * MINUTE_MS

/** One reviewer: what stands out, every measure with its interval, and how it went week by week and within sittings. */
export function ReviewerCard({ one, name, id }: { one: ReviewerFigures; name: string; id?: string }) {
  const { flags, weeks, sitting, leniencyByCriterion, selfAgreementByCriterion } = one
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
            <FigureRow key={key} term={title} says={says}>
              <Estimate {...one[key]} format={format} />
            </FigureRow>
          ))}
        </dl>
        <div className="flex min-w-0 flex-col gap-4">
          {weeks.length > 1 && (
            <>
              <ReviewerTrend
                title="Agreement with the others, by week"
                points={weeks.map(({ time, agreement }) => ({ time, name: formatDate(time), value: agreement }))}
                bucketMs={WEEK_MS}
                isShare
                format={formatShare}
              />
              <ReviewerTrend
                title="Leniency, by week"
                points={weeks.map(({ time, leniency }) => ({ time, name: formatDate(time), value: leniency }))}
                bucketMs={WEEK_MS}
                format={formatShift}
              />
            </>
          )}
          {sitting.length > 1 && (
            <ReviewerTrend
              title="Agreement with the others, by time in the sitting"
              points={sitting.map((stretch) => ({
                time: new Date(stretch.fromMinutes * MINUTE_MS).toISOString(),
                name: formatStretch(stretch),
                value: stretch.agreement,
              }))}
              bucketMs={STRETCH_MS}
              isShare
              format={formatShare}
              formatTime={(time) => `${Date.parse(time) / MINUTE_MS} min`}
            />
          )}
          {(leniencyByCriterion.length > 0 || selfAgreementByCriterion.length > 0) && (
            <dl>
              {leniencyByCriterion.map(({ criterion, leniency }) => (
                <FigureRow key={criterion} term={criterion} says="points above the others">
                  <Estimate {...leniency} format={(value) => formatSigned(value)} unit="items" />
                </FigureRow>
              ))}
              {selfAgreementByCriterion.map(({ criterion, kind, alpha }) => (
                <FigureRow key={`${criterion} ${kind}`} term={criterion} says="alpha with themself, on items judged twice">
                  <Estimate {...alpha} unit="items" />
                </FigureRow>
              ))}
            </dl>
          )}
        </div>
      </div>
    </section>
  )
}
