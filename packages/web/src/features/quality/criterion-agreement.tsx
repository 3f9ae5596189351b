import type { CriterionAgreement, EstimateView } from '@plaudit/sdk'
import type { ReactNode } from 'react'
import { IntervalPlot } from '../../ui/chart/interval-plot.tsx'
import { Estimate } from '../../ui/estimate.tsx'
import { FigureRow } from '../../ui/figure-row.tsx'
import { formatDecimal, formatShare, formatWhole } from '../../ui/format-number.ts'
import { alphaDomain, levelWords, rowOf, thresholds } from './agreement-figure.ts'
import { AgreementWord } from './agreement-word.tsx'
import { keyOf } from './agreement-overview.tsx'

/** One criterion: what its agreement means, how good a prediction can get at all, and where people part. */
export function CriterionAgreementSection({
  one,
  by,
  nameOf,
  links,
}: {
  one: CriterionAgreement
  /** What the slices are, for people. */
  by: string | null
  nameOf: (slice: string) => string
  links: ReactNode
}) {
  const { alpha, percent, ceiling, parts, slices } = one
  const plot = (title: string, rows: { key: string; label: string; alpha: EstimateView }[]) => (
    <figure className="mt-4 min-w-0">
      <figcaption className="mb-1 font-medium">{title}</figcaption>
      <IntervalPlot
        title={`${one.criterion}: ${title}`}
        rows={rows.map(({ key, label, alpha: each }) => rowOf(key, label, each))}
        domain={alphaDomain([alpha, ...rows.map((row) => row.alpha)])}
        format={formatDecimal}
        references={thresholds}
      />
      <ul className="sr-only">
        {rows.map(({ key, label, alpha: each }) => (
          <li key={key}>
            {label}: <Estimate {...each} />
          </li>
        ))}
      </ul>
    </figure>
  )
  return (
    <section id={idOf(keyOf(one))} aria-label={`${one.criterion}, ${one.kind}`} className="scroll-mt-16 border-t border-line py-5">
      <div className="flex flex-wrap items-center gap-2">
        <h2>{one.criterion}</h2>
        <AgreementWord grade={one.grade} />
        <span className="text-note text-ink-faint">
          {one.kind}, compared {levelWords(one.level)} · {formatWhole(one.ratings)} judgments of {formatWhole(one.raters)} reviewers on{' '}
          {formatWhole(one.items)} items
        </span>
      </div>
      <p className="max-w-3xl text-ink-soft">
        {one.sentence}
        {one.weighting.population !== 'sample' && alpha.estimate !== null && ` ${one.weighting.sentence}`}
      </p>
      <dl className="mt-2 grid max-w-4xl gap-x-10 md:grid-cols-2">
        <FigureRow term="Krippendorff’s alpha">
          <Estimate {...alpha} />
        </FigureRow>
        <FigureRow term="Equal judgments, by chance or not">
          <Estimate {...percent} format={formatShare} />
        </FigureRow>
        {ceiling !== null && (
          <>
            <FigureRow term={`Noise ceiling, ${ceiling.measure}: what the other reviewers reach`}>
              <Estimate {...ceiling.low} format={ceiling.measure === 'accuracy' ? formatShare : formatDecimal} />
            </FigureRow>
            <FigureRow term="… and the most that anything can reach">
              <Estimate {...ceiling.high} format={ceiling.measure === 'accuracy' ? formatShare : formatDecimal} />
            </FigureRow>
          </>
        )}
      </dl>
      {links}
      {by !== null &&
        slices.length > 0 &&
        plot(
          `By ${by}`,
          slices.map(({ slice, alpha: each }) => ({ key: slice, label: nameOf(slice), alpha: each })),
        )}
      {parts.length > 0 &&
        plot(
          one.kind === 'marks' ? 'By type of mark' : 'Each value against the others',
          parts.map(({ part, alpha: each }) => ({ key: part, label: part, alpha: each })),
        )}
    </section>
  )
}

export function idOf(key: string): string {
  return `criterion-${encodeURIComponent(key)}`
}
