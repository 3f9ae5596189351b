import { linear, niceDomain, ticks } from './scale.ts'
import { useWidth } from './use-width.ts'

/** A share beside the share that it is measured against; both 0..1. */
export type ShareRow = { key: string; label: string; share: number; reference: number; note: string }

const rowHeight = 26
const narrowRowHeight = 42
const axisHeight = 20
const wideFrom = 560

/** Two shares a row on one axis: a dot for the share, a ring for the reference, and a line for what lies between. */
export function SharePlot({ title, rows, format }: { title: string; rows: readonly ShareRow[]; format: (share: number) => string }) {
  const [ref, width] = useWidth<HTMLDivElement>()
  const isWide = width >= wideFrom
  const each = isWide ? rowHeight : narrowRowHeight
  const top = 20
  const height = top + rows.length * each + axisHeight
  const domain = niceDomain([0, ...rows.flatMap(({ share, reference }) => [share, reference])])
  const [left, right] = isWide ? [Math.min(220, width * 0.28), width - 120] : [10, width - 16]
  const x = linear(domain, [left + 6, Math.max(left + 7, right)])
  return (
    <div ref={ref} style={{ height }}>
      {width > 0 && (
        <svg width={width} height={height} aria-hidden="true" data-chart={title} className="block">
          <circle cx={left + 10} cy={8} r={4} fill="var(--color-accent)" />
          <text x={left + 19} y={12} fontSize={11} fill="var(--color-ink-soft)">
            judged
          </text>
          <circle cx={left + 68} cy={8} r={4} fill="var(--color-paper)" stroke="var(--color-ink-soft)" strokeWidth={1.5} />
          <text x={left + 77} y={12} fontSize={11} fill="var(--color-ink-soft)">
            traffic
          </text>
          {ticks(domain, isWide ? 5 : 3).map((tick) => (
            <g key={tick}>
              <line
                x1={x(tick)}
                x2={x(tick)}
                y1={top}
                y2={height - axisHeight}
                stroke={tick === 0 ? 'var(--color-line-strong)' : 'var(--color-line)'}
              />
              <text x={x(tick)} y={height - 6} textAnchor="middle" fontSize={10} fill="var(--color-ink-faint)">
                {format(tick)}
              </text>
            </g>
          ))}
          {rows.map((row, index) => {
            const y = top + index * each + (isWide ? each / 2 : each - 12)
            const most = Math.max(6, Math.floor((isWide ? left : width - 110) / 6.7))
            return (
              <g key={row.key}>
                <text
                  x={isWide ? 0 : 4}
                  y={isWide ? y + 4 : y - 14}
                  fontSize={12.5}
                  fill="var(--color-ink)"
                  stroke="var(--color-paper)"
                  strokeWidth={6}
                  paintOrder="stroke"
                >
                  {row.label.length > most ? `${row.label.slice(0, most - 1)}…` : row.label}
                </text>
                <text
                  x={isWide ? width : width - 4}
                  y={isWide ? y + 4 : y - 14}
                  textAnchor="end"
                  fontSize={11}
                  fill="var(--color-ink-soft)"
                  stroke="var(--color-paper)"
                  strokeWidth={6}
                  paintOrder="stroke"
                >
                  {row.note}
                </text>
                <line
                  x1={x(row.reference)}
                  x2={x(row.share)}
                  y1={y}
                  y2={y}
                  stroke="var(--color-accent)"
                  strokeOpacity={0.35}
                  strokeWidth={4}
                />
                <circle cx={x(row.reference)} cy={y} r={4.5} fill="var(--color-paper)" stroke="var(--color-ink-soft)" strokeWidth={1.5} />
                <circle cx={x(row.share)} cy={y} r={4} fill="var(--color-accent)" />
              </g>
            )
          })}
        </svg>
      )}
    </div>
  )
}
