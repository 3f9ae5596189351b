import type { EstimateView } from '@plaudit/sdk'
import { useState } from 'react'
import { niceDomain } from '../../ui/chart/scale.ts'
import { TrendChart } from '../../ui/chart/trend-chart.tsx'
import { Estimate } from '../../ui/estimate.tsx'
import { formatWhole } from '../../ui/format-number.ts'

/** One of a reviewer's figures over time with its intervals; under the pointer, and for screen readers, each with its n. */
export function ReviewerTrend({
  title,
  points,
  bucketMs,
  isShare = false,
  format,
  formatTime,
}: {
  title: string
  points: readonly { time: string; name: string; value: EstimateView }[]
  bucketMs: number
  /** The figure lies in 0..1; else the axis holds 0, where nothing special lies. */
  isShare?: boolean
  format: (value: number) => string
  formatTime?: (time: string) => string
}) {
  const [active, setActive] = useState(-1)
  const known = points.flatMap(({ value: { estimate, low, high } }) => [estimate, low, high].filter((one) => one !== null))
  const shown = points[active]
  const [low, high] = niceDomain(isShare ? known : [...known, 0])
  return (
    <figure className="min-w-0">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-medium">{title}</span>
        <span className="text-note text-ink-faint">
          {shown === undefined ? (
            `n = ${formatWhole(points.reduce((sum, { value }) => sum + value.n, 0))}`
          ) : (
            <>
              {shown.name} <Estimate {...shown.value} format={format} />
            </>
          )}
        </span>
      </figcaption>
      <TrendChart
        title={title}
        points={points.map(({ time, value }) => ({ time, estimate: value.estimate, low: value.low, high: value.high }))}
        bucketMs={bucketMs}
        from={points[0]?.time ?? ''}
        to={new Date(Date.parse(points.at(-1)?.time ?? '') + bucketMs).toISOString()}
        domain={isShare ? [Math.max(0, low), Math.min(1, high)] : [low, high]}
        look="solid"
        format={format}
        {...(formatTime === undefined ? {} : { formatTime })}
        active={active}
        onActive={setActive}
      />
      <ul className="sr-only">
        {points.map(({ time, name, value }) => (
          <li key={time}>
            {name}: <Estimate {...value} format={format} />
          </li>
        ))}
      </ul>
    </figure>
  )
}
