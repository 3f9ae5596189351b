import type { ReviewerReport } from '@plaudit/sdk'
import { useState } from 'react'
import { ChartSection } from '../../ui/chart-section.tsx'
import { IntervalPlot } from '../../ui/chart/interval-plot.tsx'
import { niceDomain } from '../../ui/chart/scale.ts'
import { toCsv } from '../../ui/csv.ts'
import { Estimate } from '../../ui/estimate.tsx'
import { formatWhole } from '../../ui/format-number.ts'
import { Select } from '../../ui/select.tsx'
import { rowOf } from './agreement-figure.ts'
import { rangeOf, reviewerMeasures, reviewerRows } from './reviewer-figure.ts'

const MOST_DRAWN = 30
const flagOf: Record<string, readonly string[]> = {
  agreement: ['disagrees'],
  agreementBeside: ['disagrees'],
  leniency: ['lenient', 'strict'],
  extremeness: ['middle', 'extreme'],
  position: ['first_side', 'second_side'],
  length: ['longer', 'shorter'],
  drift: ['worse_over_time'],
  fatigue: ['tires'],
}

/** All reviewers on one axis, one measure at a time; who stands out is set apart. */
export function ReviewerComparison({ report, nameOf }: { report: ReviewerReport; nameOf: (id: string) => string }) {
  const [key, setKey] = useState<(typeof reviewerMeasures)[number]['key']>('leniency')
  const measure = reviewerMeasures.find((one) => one.key === key) ?? reviewerMeasures[0]
  const { reviewers, all } = report
  const shown = reviewers.slice(0, MOST_DRAWN)
  const overall = key === 'agreement' ? all.agreement.estimate : measure.nothing
  return (
    <ChartSection
      name="Reviewers beside each other"
      heading={measure.title}
      mark={<span className="text-note text-ink-faint">{measure.says}</span>}
      sentence={report.sentence}
      fileName="reviewers"
      csv={() => toCsv(reviewerRows(reviewers))}
      table={{
        columns: ['Reviewer', 'Judgments', 'Items in common', ...reviewerMeasures.map(({ title }) => title)],
        rows: reviewers.map((one) => [
          nameOf(one.reviewerId),
          formatWhole(one.judgments),
          formatWhole(one.sharedItems),
          ...reviewerMeasures.map(({ key: each, format }) => <Estimate key={each} {...one[each]} format={format} />),
        ]),
      }}
    >
      <Select
        label="Measure"
        className="mb-3 w-64"
        value={key}
        options={reviewerMeasures.map(({ key: value, title }) => ({ value, label: title }))}
        onChange={setKey}
      />
      <IntervalPlot
        title={`${measure.title}: ${measure.says}, with 95 % intervals`}
        rows={shown.map((one) =>
          rowOf(
            one.reviewerId,
            nameOf(one.reviewerId),
            one[key],
            one.flags.some(({ kind }) => flagOf[key]?.includes(kind) === true),
          ),
        )}
        domain={niceDomain(
          rangeOf(
            shown.map((one) => one[key]),
            measure.nothing,
          ),
        )}
        format={measure.format}
        references={overall === null ? [] : [{ value: overall, label: key === 'agreement' ? 'all' : '' }]}
        onOpen={(id) => document.getElementById(reviewerAnchor(id))?.scrollIntoView({ block: 'start' })}
      />
      <p className="mt-1 text-note text-ink-faint">
        About reviewers on what they were given, not about traffic: there is no population to weigh these to.
      </p>
      {reviewers.length > MOST_DRAWN && (
        <p className="mt-1 text-note text-ink-faint">
          The {MOST_DRAWN} most active are drawn; the table has all {formatWhole(reviewers.length)}.
        </p>
      )}
    </ChartSection>
  )
}

export function reviewerAnchor(id: string): string {
  return `reviewer-${encodeURIComponent(id)}`
}
