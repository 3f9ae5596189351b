import type { CoverageReport } from '@plaudit/sdk'
import { ChartSection } from '../../ui/chart-section.tsx'
import { sliceByLabel } from '../../app/slice.ts'
import { toCsv } from '../../ui/csv.ts'
import { formatDecimal, formatShare, formatWhole } from '../../ui/format-number.ts'
import { SharePlot } from '../../ui/chart/share-plot.tsx'

const MOST_DRAWN = 20

/** Judged traces beside the traffic, stratum by stratum. */
export function CoverageStrata({ report }: { report: CoverageReport }) {
  const { strata, chiSquare, psi, effective, judged, traffic, by } = report
  const largest = strata.toSorted((a, b) => b.trafficShare - a.trafficShare).slice(0, MOST_DRAWN)
  return (
    <ChartSection
      name="Judged beside traffic"
      heading={`By ${sliceByLabel(by)}`}
      mark={
        <span className="text-note text-ink-faint">
          {formatWhole(judged)} judged of {formatWhole(traffic)} traces
        </span>
      }
      sentence={report.sentence}
      fileName="coverage"
      csv={() =>
        toCsv(
          strata.map(({ name, judged: own, traffic: all, judgedShare, trafficShare, ratio }) => ({
            stratum: name,
            judged: own,
            traffic: all,
            judged_share: judgedShare,
            traffic_share: trafficShare,
            ratio,
          })),
        )
      }
      table={{
        columns: ['Stratum', 'Judged', 'Traffic', 'Share of judged', 'Share of traffic', 'Times as common'],
        rows: strata.map(({ name, judged: own, traffic: all, judgedShare, trafficShare, ratio }) => [
          name,
          formatWhole(own),
          formatWhole(all),
          formatShare(judgedShare),
          formatShare(trafficShare),
          ratio === null ? '–' : formatDecimal(ratio),
        ]),
      }}
    >
      <SharePlot
        title="Share of the judged traces (dot) and of the traffic (ring)"
        rows={largest.map(({ name, judgedShare, trafficShare, judged: own, traffic: all }) => ({
          key: name,
          label: name,
          share: judgedShare,
          reference: trafficShare,
          note: `${formatWhole(own)} of ${formatWhole(all)}`,
        }))}
        format={formatShare}
      />
      {strata.length > MOST_DRAWN && (
        <p className="mt-1 text-note text-ink-faint">
          The {MOST_DRAWN} largest are drawn; the table has all {formatWhole(strata.length)}.
        </p>
      )}
      <dl className="mt-3 flex flex-wrap gap-x-8 gap-y-1">
        <Figure term="Population stability index">
          {psi.estimate === null
            ? (psi.reason ?? '–')
            : `${formatDecimal(psi.estimate, 3)}, by chance ${formatDecimal(psi.expected ?? 0, 3)}`}
        </Figure>
        <Figure term="χ²">
          {chiSquare.estimate === null
            ? (chiSquare.reason ?? '–')
            : `${formatDecimal(chiSquare.estimate, 1)} on ${chiSquare.degrees ?? 0} degrees, p ${probability(chiSquare.p)}${chiSquare.sparse ? ' (rough: some strata are tiny)' : ''}`}
        </Figure>
        <Figure term="Effective sample size">
          {effective.estimate === null
            ? '–'
            : `${formatWhole(Math.round(effective.estimate))} of ${formatWhole(effective.n)} judged traces`}
        </Figure>
      </dl>
    </ChartSection>
  )
}

function probability(p: number | null): string {
  if (p === null) return '–'
  return p < 0.001 ? '< 0.001' : `= ${formatDecimal(p, 3)}`
}

function Figure({ term, children }: { term: string; children: string }) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-1.5">
      <dt className="text-ink-faint">{term}</dt>
      <dd className="font-medium">{children}</dd>
    </div>
  )
}
