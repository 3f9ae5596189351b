import type { CoverageReport, EstimateView, Population } from '@plaudit/sdk'
import { useState } from 'react'
import { ChartSection } from '../../ui/chart-section.tsx'
import { IntervalPlot } from '../../ui/chart/interval-plot.tsx'
import { niceDomain } from '../../ui/chart/scale.ts'
import { toCsv } from '../../ui/csv.ts'
import { Estimate } from '../../ui/estimate.tsx'
import { formatDecimal, formatShare } from '../../ui/format-number.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { rowOf } from './agreement-figure.ts'
import { sliceByLabel } from './quality-search.ts'

type Scores = CoverageReport['estimates'][number]

/** Each criterion's mean, for what was judged, for the traffic, or for a target: one switch for all of them. */
export function PopulationEstimates({ report }: { report: CoverageReport }) {
  const hasTarget = report.estimates.some(({ target }) => target !== null)
  const [chosen, setChosen] = useState<Population>('production')
  const population = chosen === 'target' && !hasTarget ? 'production' : chosen
  const of = (one: Scores): EstimateView => one[population] ?? one.sample
  const by = sliceByLabel(report.by)
  const sentence = {
    sample: 'The mean of what happened to be judged: kinds of traffic that are judged more often count for more.',
    production:
      report.withProbability === 1
        ? 'The mean of production traffic, each judgment weighted by the probability with which the queue’s plan drew it (Hájek).'
        : `The mean of the traffic of the prompts and environments that a criterion was judged in: the strata by ${by} in the proportions of that traffic. Other differences between judged and traffic stay.`,
    target: `The mean of a population with the shares that you set, by ${by}.`,
  }[population]
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
      <div className="mb-3">
        <Segmented
          label="Population"
          value={population}
          onChange={setChosen}
          segments={[
            { value: 'sample', label: 'As sampled' },
            { value: 'production', label: 'Production traffic' },
            ...(hasTarget ? [{ value: 'target' as const, label: 'Target population' }] : []),
          ]}
        />
      </div>
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
