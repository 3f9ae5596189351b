import { type PointerEvent, useState } from 'react'
import { formatCount } from '../format-number.ts'
import { formatDate } from '../format-time.ts'
import { linear, niceDomain, ticks } from './scale.ts'
import { useWidth } from './use-width.ts'

/** A count in one bucket of time, and the part of it that is set apart. */
export type Bar = { time: string; total: number; part: number }

export type BarChartProps = {
  bars: readonly Bar[]
  from: string
  to: string
  height?: number
  title: string
  active: number
  onActive: (index: number) => void
  onOpen?: (index: number) => void
}

const margin = { top: 8, right: 0, bottom: 20, left: 40 }

/** Counts over time from a zero baseline; the darker foot of each bar is the part. */
export function BarChart({ bars, from, to, height = 148, title, active, onActive, onOpen }: BarChartProps) {
  const [ref, width] = useWidth<HTMLDivElement>()
  const [, high] = niceDomain([0, ...bars.map(({ total }) => total)], 3)
  const domain = [0, high] as const
  const y = linear(domain, [height - margin.bottom, margin.top])
  const step = Math.max(0, width - margin.left - margin.right) / Math.max(1, bars.length)
  const barWidth = Math.max(1, Math.min(40, step - Math.min(3, step * 0.25)))
  const left = (index: number) => margin.left + index * step + (step - barWidth) / 2
  const indexAt = (event: PointerEvent<Element>) => {
    const index = Math.floor((event.clientX - event.currentTarget.getBoundingClientRect().left - margin.left) / step)
    return index >= 0 && index < bars.length ? index : -1
  }
  return (
    <div
      ref={ref}
      style={{ height }}
      className={onOpen === undefined ? undefined : 'cursor-pointer'}
      onPointerMove={(event) => onActive(indexAt(event))}
      onPointerLeave={() => onActive(-1)}
      onPointerUp={() => active >= 0 && onOpen?.(active)}
    >
      {width > 0 && (
        <svg width={width} height={height} aria-hidden="true" data-chart={title} className="block">
          {ticks(domain, 3).map((tick) => (
            <g key={tick}>
              <line
                x1={margin.left}
                x2={width}
                y1={y(tick)}
                y2={y(tick)}
                stroke={tick === 0 ? 'var(--color-line-strong)' : 'var(--color-line)'}
              />
              <text x={margin.left - 6} y={y(tick) + 3.5} textAnchor="end" fontSize={10} fill="var(--color-ink-faint)">
                {formatCount(tick)}
              </text>
            </g>
          ))}
          {bars.map((bar, index) => (
            <g key={bar.time} opacity={active < 0 || active === index ? 1 : 0.55}>
              <rect
                x={left(index)}
                y={y(bar.total)}
                width={barWidth}
                height={y(0) - y(bar.total)}
                fill="var(--color-accent)"
                fillOpacity={0.28}
                rx={1}
              />
              <rect x={left(index)} y={y(bar.part)} width={barWidth} height={y(0) - y(bar.part)} fill="var(--color-accent)" rx={1} />
            </g>
          ))}
          <text x={margin.left} y={height - 5} fontSize={10} fill="var(--color-ink-faint)">
            {formatDate(from)}
          </text>
          <text x={width} y={height - 5} textAnchor="end" fontSize={10} fill="var(--color-ink-faint)">
            {formatDate(to)}
          </text>
        </svg>
      )}
    </div>
  )
}

/** Which bar or point the pointer is on, and how to say so. */
export function useActivePoint() {
  const [active, setActive] = useState(-1)
  return { active, onActive: setActive }
}
