import type { Overview } from '@plaudit/sdk'
import { useState } from 'react'
import { TrendChart } from '../../ui/chart/trend-chart.tsx'
import { Estimate } from '../../ui/estimate.tsx'
import { formatWhole } from '../../ui/format-number.ts'
import { formatBucket } from './bucket.ts'
import { type Criterion, type Variant, variantLabel } from './compare-variants.ts'
import { axisFormatOf, formatOf } from './criterion-figure.ts'

export type VariantTrendProps = {
  variant: Variant
  criterion: Criterion
  overview: Overview
  domain: readonly [number, number]
  onOpen: (from: string, to: string) => void
}

/** One variant's mean over time, with its figure for the whole window, or for the bucket under the pointer. */
export function VariantTrend({ variant, criterion, overview, domain, onOpen }: VariantTrendProps) {
  const [active, setActive] = useState(-1)
  const format = formatOf(criterion)
  const point = variant.series[active]
  const shown = point?.score ?? variant.overall
  const { bucketMs, from, to } = overview
  if (variant.overall.estimate === null && variant.series.every(({ score }) => score.estimate === null))
    return (
      <div className="min-w-0">
        <p className="truncate font-medium" title={variantLabel(variant)}>
          {variantLabel(variant)}
        </p>
        <p className="text-note text-ink-faint">
          n = {formatWhole(variant.overall.n)}. {variant.overall.reason}
        </p>
      </div>
    )
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1 flex flex-col">
        <span className="flex items-baseline justify-between gap-3">
          <span className="min-w-0 truncate font-medium" title={variantLabel(variant)}>
            {variantLabel(variant)}
          </span>
          <span className="shrink-0 text-note text-ink-faint">{point === undefined ? '' : formatBucket(point.time, bucketMs)}</span>
        </span>
        <span className="flex justify-between">
          <Estimate {...shown} format={format} />
        </span>
      </figcaption>
      <TrendChart
        title={`${variantLabel(variant)} (n = ${formatWhole(variant.overall.n)})`}
        points={variant.series.map(({ time, score }) => ({ time, estimate: score.estimate, low: score.low, high: score.high }))}
        bucketMs={bucketMs}
        from={from}
        to={to}
        domain={domain}
        look={criterion.authorKind === 'human' ? 'solid' : 'dashed'}
        format={axisFormatOf(criterion)}
        active={active}
        onActive={setActive}
        onOpen={(index) => {
          const open = variant.series[index]
          if (open !== undefined) onOpen(open.time, new Date(Date.parse(open.time) + bucketMs).toISOString())
        }}
      />
    </figure>
  )
}
