import type { Overview } from '@plaudit/sdk'
import { Link } from '@tanstack/react-router'
import { Bot, Code, User } from 'lucide-react'
import { useProject } from '../../app/client.tsx'
import { Badge } from '../../ui/badge.tsx'
import { toCsv } from '../../ui/csv.ts'
import { Estimate } from '../../ui/estimate.tsx'
import { formatCount, formatWhole } from '../../ui/format-number.ts'
import { formatBucket } from './bucket.ts'
import { ChartSection } from '../../ui/chart-section.tsx'
import { mainComparison, comparisonSentence, type Criterion, type Variant, variantLabel } from './compare-variants.ts'
import { criterionRows, domainOf, formatOf, sortedVariants } from './criterion-figure.ts'
import { VariantTrend } from './variant-trend.tsx'

export type CriterionSectionProps = {
  criterion: Criterion
  overview: Overview
  onOpen: (variant: Variant, from: string, to: string) => void
}

/** One criterion: its sentence, and for each variant the mean over time on one shared axis. */
export function CriterionSection({ criterion, overview, onOpen }: CriterionSectionProps) {
  const { slug } = useProject()
  const comparison = mainComparison(criterion)
  const format = formatOf(criterion)
  const variants = sortedVariants(criterion)
  const domain = domainOf(criterion)
  const author = authors[criterion.authorKind]
  // Where nothing is known of the population at all, the sentence says why, once.
  const hasTrend = criterion.overall.estimate !== null || variants.some((one) => one.overall.estimate !== null)
  const { overall, weighting } = criterion
  const sentence =
    comparison !== null
      ? comparisonSentence(criterion, comparison)
      : overall.estimate === null
        ? (overall.reason ?? 'There is no mean.')
        : `The mean is ${format(overall.estimate)}; there are no two variants to compare that differ in one thing alone.`
  return (
    <ChartSection
      name={`${criterion.criterion}, ${criterion.kind} ${author.label}`}
      heading={criterion.criterion}
      mark={
        <>
          <Badge tone={criterion.authorKind === 'human' ? 'accent' : 'neutral'} icon={author.icon}>
            {author.label}
          </Badge>
          <span className="text-note text-ink-faint">
            {criterion.kind === 'thumbs' ? 'share of thumbs up' : `mean ${criterion.kind}`} · n = {formatWhole(overall.n)} on{' '}
            {formatCount(overall.clusters)} traces
            {overall.effective !== undefined && `, effective ${formatCount(Math.round(overall.effective))}`}
            {criterion.consensus > 0 && (
              <>
                , {formatWhole(criterion.consensus)} of them the{' '}
                <Link to="/p/$project/judged" params={{ project: slug }} search={{ criterion: criterion.criterion }} className="link">
                  consensus of several reviewers
                </Link>
              </>
            )}
          </span>
        </>
      }
      sentence={weighting.population === 'sample' || !hasTrend ? sentence : `${sentence} ${weighting.sentence}`}
      fileName={`${criterion.criterion}-${criterion.authorKind}`}
      csv={() => toCsv(criterionRows(criterion))}
      table={{
        columns: ['Variant', 'When', 'Mean [95 % interval]'],
        rows: variants.flatMap((variant) => [
          [variantLabel(variant), 'whole window', <Estimate key="all" {...variant.overall} format={format} />],
          ...variant.series.map(({ time, score }) => [
            variantLabel(variant),
            formatBucket(time, overview.bucketMs),
            <Estimate key={time} {...score} format={format} />,
          ]),
        ]),
      }}
    >
      {hasTrend && (
        <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,19rem),1fr))] gap-x-8 gap-y-5">
          {variants.map((variant) => (
            <VariantTrend
              key={variantLabel(variant)}
              variant={variant}
              criterion={criterion}
              overview={overview}
              domain={domain}
              onOpen={(from, to) => onOpen(variant, from, to)}
            />
          ))}
        </div>
      )}
    </ChartSection>
  )
}

const authors = {
  human: { label: 'by people', icon: <User aria-hidden="true" /> },
  model: { label: 'by a model', icon: <Bot aria-hidden="true" /> },
  code: { label: 'by code', icon: <Code aria-hidden="true" /> },
} as const
