import { type PointerEvent, useId } from 'react'
import { formatDate } from '../format-time.ts'
import { linear, ticks } from './scale.ts'
import { useWidth } from './use-width.ts'

/** A value in one bucket of time, with its interval. Null where it does not exist. */
export type TrendPoint = { time: string; estimate: number | null; low: number | null; high: number | null }

export type TrendChartProps = {
  points: readonly TrendPoint[]
  /** Where each bucket ends, counted from its time. */
  bucketMs: number
  from: string
  to: string
  domain: readonly [number, number]
  height?: number
  /** Solid and filled, or dashed and hollow: tells two kinds of authors apart without colour. */
  look: 'solid' | 'dashed'
  format: (value: number) => string
  /** How the ends of the axis of time read; as dates where left out. */
  formatTime?: (time: string) => string
  /** The point under the pointer, −1 for none. */
  active: number
  onActive: (index: number) => void
  onOpen?: ((index: number) => void) | undefined
  /** Carried into exports as the chart's heading. */
  title: string
}

const margin = { top: 6, right: 6, bottom: 18, left: 38 }

/**
 * A mean over time with its interval: a band where neighbouring buckets have one, a whisker where a bucket stands alone. A band that leaves
 * the frame goes on outside it. Its figures must also stand in a table, which is what screen readers get.
 */
export function TrendChart({
  points,
  bucketMs,
  from,
  to,
  domain,
  height = 104,
  look,
  format,
  formatTime = formatDate,
  active,
  onActive,
  onOpen,
  title,
}: TrendChartProps) {
  const [ref, width] = useWidth<HTMLDivElement>()
  const clipId = useId()
  const color = look === 'solid' ? 'var(--color-accent)' : 'var(--color-ink-soft)'
  const x = linear([Date.parse(from), Date.parse(to)], [margin.left, Math.max(margin.left + 1, width - margin.right)])
  const y = linear(domain, [height - margin.bottom, margin.top])
  // A bucket's value stands in its middle, but never outside the frame.
  const at = points.map(({ time }) => Math.min(x(Date.parse(time) + bucketMs / 2), width - margin.right))
  const runs = runsOf(points)

  const nearest = (event: PointerEvent<Element>) => {
    const here = event.clientX - event.currentTarget.getBoundingClientRect().left
    let best = -1
    points.forEach((point, index) => {
      if (point.estimate !== null && (best < 0 || Math.abs((at[index] ?? 0) - here) < Math.abs((at[best] ?? 0) - here))) best = index
    })
    return best
  }

  return (
    <div
      ref={ref}
      className={onOpen === undefined ? undefined : 'cursor-pointer'}
      style={{ height }}
      onPointerMove={(event) => onActive(nearest(event))}
      onPointerLeave={() => onActive(-1)}
      onPointerUp={() => active >= 0 && onOpen?.(active)}
    >
      {width > 0 && (
        <svg width={width} height={height} aria-hidden="true" data-chart={title} className="block">
          <clipPath id={clipId}>
            <rect x={margin.left} y={0} width={Math.max(0, width - margin.left)} height={height - margin.bottom + 1} />
          </clipPath>
          {ticks(domain, 3).map((tick) => (
            <g key={tick}>
              <line x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} stroke="var(--color-line)" />
              <text x={margin.left - 6} y={y(tick) + 3.5} textAnchor="end" fontSize={10} fill="var(--color-ink-faint)">
                {format(tick)}
              </text>
            </g>
          ))}
          <text x={margin.left} y={height - 4} fontSize={10} fill="var(--color-ink-faint)">
            {formatTime(from)}
          </text>
          <text x={width - margin.right} y={height - 4} textAnchor="end" fontSize={10} fill="var(--color-ink-faint)">
            {formatTime(to)}
          </text>
          {active >= 0 && (
            <line
              x1={at[active]}
              x2={at[active]}
              y1={margin.top}
              y2={height - margin.bottom}
              stroke="var(--color-line-strong)"
              strokeDasharray="2 2"
            />
          )}
          <g clipPath={`url(#${clipId})`}>
            {runs.map((run) => {
              const path = (value: (point: TrendPoint) => number) =>
                run.map((index) => `${(at[index] ?? 0).toFixed(1)} ${y(value(points[index] as TrendPoint)).toFixed(1)}`)
              const banded = run.filter((index) => points[index]?.low !== null && points[index]?.high !== null)
              const upper = banded.map((index) => `${at[index]?.toFixed(1)} ${y(points[index]?.high ?? 0).toFixed(1)}`)
              const lower = banded.map((index) => `${at[index]?.toFixed(1)} ${y(points[index]?.low ?? 0).toFixed(1)}`).toReversed()
              return (
                <g key={run[0]}>
                  {banded.length > 1 && <path d={`M${[...upper, ...lower].join('L')}Z`} fill={color} fillOpacity={0.16} />}
                  {run.length > 1 && (
                    <path
                      d={`M${path((point) => point.estimate ?? 0).join('L')}`}
                      fill="none"
                      stroke={color}
                      strokeOpacity={0.7}
                      strokeWidth={1.5}
                      strokeLinejoin="round"
                      {...(look === 'dashed' ? { strokeDasharray: '4 3' } : {})}
                    />
                  )}
                  {banded.length === 1 && (
                    <line
                      x1={at[banded[0] ?? 0]}
                      x2={at[banded[0] ?? 0]}
                      y1={y(points[banded[0] ?? 0]?.low ?? 0)}
                      y2={y(points[banded[0] ?? 0]?.high ?? 0)}
                      stroke={color}
                      strokeOpacity={0.3}
                      strokeWidth={4}
                      strokeLinecap="round"
                    />
                  )}
                  {run.map((index) => (
                    <circle
                      key={index}
                      cx={at[index]}
                      cy={y(points[index]?.estimate ?? 0)}
                      r={index === active ? 4 : run.length > 40 ? 1.25 : 2.25}
                      opacity={points[index]?.low === null ? 0.45 : 1}
                      fill={look === 'solid' ? color : 'var(--color-paper)'}
                      stroke={color}
                      strokeWidth={look === 'solid' ? 0 : 1.25}
                    />
                  ))}
                </g>
              )
            })}
          </g>
        </svg>
      )}
    </div>
  )
}

/** Indices of neighbouring points that exist, run by run. */
function runsOf(points: readonly TrendPoint[]): number[][] {
  const runs: number[][] = []
  points.forEach((point, index) => {
    if (point.estimate === null) return
    const last = runs.at(-1)
    if (last !== undefined && last.at(-1) === index - 1) last.push(index)
    else runs.push([index])
  })
  return runs
}
