import { linear, niceDomain, ticks } from './scale.ts'
import { useWidth } from './use-width.ts'

/** A measured point; an interval is drawn as a whisker. */
export type CurvePoint = { x: number; y: number; low: number | null; high: number | null }
export type Curve = {
  /** Printed at the line's end. */
  name: string
  points: readonly CurvePoint[]
  /** Measured with whiskers and dots, or dashed for comparison. */
  look: 'measured' | 'reference'
}

export type CurveChartProps = {
  title: string
  xTitle: string
  curves: readonly Curve[]
  /** Where the x axis is marked; its ends are the first and the last. */
  xTicks: readonly number[]
  formatX: (value: number) => string
  formatY: (value: number) => string
  /** For amounts that double from point to point. */
  isLog?: boolean
  /** Values that the y axis must hold besides the points. */
  yIncludes?: readonly number[]
  height?: number
}

const margin = { top: 10, right: 84, bottom: 38, left: 44 }
const LABEL_HEIGHT = 13
/** About so many steps on the y axis. */
const Y_STEPS = 6

/** Lines over an amount, with their intervals. Its figures must also stand in a table, which is what screen readers get. */
export function CurveChart({
  title,
  xTitle,
  curves,
  xTicks,
  formatX,
  formatY,
  isLog = false,
  yIncludes = [],
  height = 220,
}: CurveChartProps) {
  const [ref, width] = useWidth<HTMLDivElement>()
  const place = (value: number) => (isLog ? Math.log(value) : value)
  const right = width - margin.right
  const x = linear([place(xTicks[0] ?? 0), place(xTicks.at(-1) ?? 1)], [margin.left, Math.max(margin.left + 1, right)])
  const values = curves.flatMap(({ points }) => points.flatMap(({ y, low, high }) => [y, low ?? y, high ?? y]))
  const domain = niceDomain([...values, ...yIncludes], Y_STEPS)
  const y = linear(domain, [height - margin.bottom, margin.top])
  const ends = apart(curves.map(({ points }) => y(points.at(-1)?.y ?? domain[0])))
  return (
    <div ref={ref} style={{ height }} className="max-w-2xl">
      {width > 0 && (
        <svg width={width} height={height} aria-hidden="true" data-chart={title} className="block">
          {ticks(domain, Y_STEPS).map((tick) => (
            <g key={tick}>
              <line x1={margin.left} x2={right} y1={y(tick)} y2={y(tick)} stroke="var(--color-line)" />
              <text x={margin.left - 6} y={y(tick) + 3.5} textAnchor="end" fontSize={10} fill="var(--color-ink-faint)">
                {formatY(tick)}
              </text>
            </g>
          ))}
          {xTicks.map((tick) => (
            <text
              key={tick}
              x={x(place(tick))}
              y={height - margin.bottom + 15}
              textAnchor="middle"
              fontSize={10}
              fill="var(--color-ink-faint)"
            >
              {formatX(tick)}
            </text>
          ))}
          <text x={(margin.left + right) / 2} y={height - 6} textAnchor="middle" fontSize={10} fill="var(--color-ink-faint)">
            {xTitle}
          </text>
          {curves.map(({ name, points, look }, index) => {
            const isMeasured = look === 'measured'
            const color = isMeasured ? 'var(--color-accent)' : 'var(--color-ink-soft)'
            const path = points.map((point) => `${x(place(point.x)).toFixed(1)} ${y(point.y).toFixed(1)}`).join('L')
            const last = points.at(-1)
            return (
              <g key={name}>
                <path d={`M${path}`} fill="none" stroke={color} strokeWidth={1.5} strokeDasharray={isMeasured ? undefined : '4 3'} />
                {isMeasured &&
                  points.map((point) => (
                    <g key={point.x}>
                      {point.low !== null && point.high !== null && (
                        <line
                          x1={x(place(point.x))}
                          x2={x(place(point.x))}
                          y1={y(point.low)}
                          y2={y(point.high)}
                          stroke={color}
                          strokeOpacity={0.3}
                          strokeWidth={5}
                          strokeLinecap="round"
                        />
                      )}
                      <circle cx={x(place(point.x))} cy={y(point.y)} r={3} fill={color}>
                        <title>{`${formatX(point.x)}: ${formatY(point.y)}`}</title>
                      </circle>
                    </g>
                  ))}
                {last !== undefined && name !== '' && (
                  <text
                    x={x(place(last.x)) + 9}
                    y={(ends[index] ?? 0) + 3.5}
                    fontSize={11}
                    fill={isMeasured ? color : 'var(--color-ink-soft)'}
                  >
                    {name}
                  </text>
                )}
              </g>
            )
          })}
        </svg>
      )}
    </div>
  )
}

/** Moves labels apart that would overlap, keeping their order. */
function apart(places: readonly number[]): number[] {
  const order = places.map((_, index) => index).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0))
  const moved = [...places]
  order.forEach((index, rank) => {
    const above = order[rank - 1]
    if (above !== undefined) moved[index] = Math.max(moved[index] ?? 0, (moved[above] ?? 0) + LABEL_HEIGHT)
  })
  return moved
}
