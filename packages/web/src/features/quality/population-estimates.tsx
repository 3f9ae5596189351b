import type { CoverageReport, EstimateView, Population } from '@plaudit/sdk'
import type { ReactNode } from 'react'
import { ChartSection } from '../../ui/chart-section.tsx'
import { IntervalPlot } from '../../ui/chart/interval-plot.tsx'
import { niceDomain } from '../../ui/chart/scale.ts'
import { toCsv } from '../../ui/csv.ts'
import { Estimate } from '../../ui/estimate.tsx'
import { formatDecimal, formatShare } from '../../ui/format-number.ts'
import { rowOf } from './agreement-figure.ts'

type Scores = CoverageReport['estimates'][number]

/** Each criterion's mean, for what was judged, for the traffic, or for a target. @param control The switch between them. */
export function PopulationEstimates({
  report,
  population,
  control,
}: {
  report: CoverageReport
  population: Population
  control: ReactNode
}) {
  const hasTarget = report.estimates.some(({ target }) => target !== null)
  const of = (one: Scores): EstimateView => one[population] ?? notSet
  const sentences = new Set(
    report.estimates.flatMap(({ weightings }) => weightings.flatMap((one) => (one.population === population ? [one.sentence] : []))),
  )
  const sentence = [...sentences].join(' ')
  const groups = [
    { title: 'Mean rating', kind: 'rating', format: formatDecimal },
    { title: 'Share of thumbs up', kind: 'thumbs', format: formatShare },
  ]
  return (
    <ChartSection
      name="Scores by population"
      heading="Scores"
      sentence={sentence}
      fileName="scores-by-population"
      csv={() =>
        toCsv(
          report.estimates.flatMap((one) =>
            (['sample', 'production', 'target'] as const).flatMap((each) => {
              const estimate = one[each]
              return estimate === null ? [] : [{ criterion: one.criterion, kind: one.kind, population: each, ...estimate }]
            }),
          ),
        )
      }
      table={{
        columns: ['Criterion', 'As sampled', 'Production traffic', ...(hasTarget ? ['Target population'] : [])],
        rows: report.estimates.map((one) => {
          const format = one.kind === 'thumbs' ? formatShare : formatDecimal
          return [
            one.criterion,
            <Estimate key="sample" {...one.sample} format={format} />,
            <Estimate key="production" {...one.production} format={format} />,
            ...(one.target === null ? [] : [<Estimate key="target" {...one.target} format={format} />]),
          ]
        }),
      }}
    >
      {control}
      {groups.map(({ title, kind, format }) => {
        const own = report.estimates.filter((one) => one.kind === kind)
        if (own.length === 0) return null
        const domain = niceDomain(
          own
            .flatMap((one) =>
              [one.sample, one.production, one.target].flatMap((each) => [each?.low ?? null, each?.high ?? null, each?.estimate ?? null]),
            )
            .filter((value) => value !== null),
        )
        return (
          <figure key={kind} className="mb-4 min-w-0">
            <figcaption className="font-medium">{title}</figcaption>
            <IntervalPlot
              title={`${title}, ${population}`}
              rows={own.map((one) => rowOf(one.criterion, one.criterion, of(one)))}
              domain={domain}
              format={format}
            />
            <ul className="sr-only">
              {own.map((one) => (
                <li key={one.criterion}>
                  {one.criterion}: <Estimate {...of(one)} format={format} />
                </li>
              ))}
            </ul>
          </figure>
        )
      })}
    </ChartSection>
  )
}

const notSet: EstimateView = {
  estimate: null,
  low: null,
  high: null,
  n: 0,
  clusters: 0,
  method: '',
  reason: 'No target population is set: give each stratum its share.',
}
