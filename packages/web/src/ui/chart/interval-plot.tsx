import { linear, ticks } from './scale.ts'
import { useWidth } from './use-width.ts'

/** One estimate on the common axis. */
export type IntervalRow = {
  key: string
  label: string
  estimate: number | null
  low: number | null
  high: number | null
  n: number
  /** Of weighted judgments: as many of equal weight would say as much. */
  effective?: number | undefined
  /** Stands in the place of an estimate that does not exist. */
  reason?: string | null
  /** Set apart: the one that the page is about. */
  isStrong?: boolean
}

export type IntervalPlotProps = {
  title: string
  rows: readonly IntervalRow[]
  domain: readonly [number, number]
  format: (value: number) => string
  /** Values with a meaning: a threshold, or no difference. */
  references?: readonly { value: number; label: string }[]
  onOpen?: ((key: string) => void) | undefined
}

const rowHeight = 28
const narrowRowHeight = 44
const axisHeight = 22
/** From this width on, labels and figures stand beside the axis instead of above it. */
const wideFrom = 620

/**
 * Estimates with their 95 % intervals on one axis, with n and the exact figures beside them. An interval that leaves the axis ends at its edge
 * with an open end. Its figures must also stand in a table, which is what screen readers get.
 */
export function IntervalPlot({ title, rows, domain, format, references = [], onOpen }: IntervalPlotProps) {
  const [ref, width] = useWidth<HTMLDivElement>()
  const isWide = width >= wideFrom
  const each = isWide ? rowHeight : narrowRowHeight
  const labelled = references.some(({ label }) => label !== '')
  const top = labelled ? 18 : 4
  const height = top + rows.length * each + axisHeight
  const [left, right] = isWide ? [Math.min(220, width * 0.28), width - 220] : [14, width - 14]
  const x = linear(domain, [left + 4, Math.max(left + 5, right - 4)])
  const inside = (value: number) => x(Math.min(domain[1], Math.max(domain[0], value)))
  const bottom = height - axisHeight
  return (
    <div ref={ref} style={{ height }}>
      {width > 0 && (
        <svg width={width} height={height} aria-hidden="true" data-chart={title} className="block">
          {ticks(domain, isWide ? 6 : 4).map((tick) => (
            <g key={tick}>
              <line x1={x(tick)} x2={x(tick)} y1={top} y2={bottom} stroke="var(--color-line)" />
              <text x={x(tick)} y={height - 7} textAnchor="middle" fontSize={10} fill="var(--color-ink-faint)">
                {format(tick)}
              </text>
            </g>
          ))}
          {references.map(({ value, label }) => (
            <g key={value}>
              <line x1={x(value)} x2={x(value)} y1={top - 4} y2={bottom} stroke="var(--color-line-strong)" strokeDasharray="3 3" />
              <text x={x(value)} y={10} textAnchor="middle" fontSize={10} fill="var(--color-ink-soft)">
                {label}
              </text>
            </g>
          ))}
          {rows.map((row, index) => {
            const y = top + index * each + (isWide ? each / 2 : each - 13)
            return (
              <g
                key={row.key}
                onClick={onOpen === undefined ? undefined : () => onOpen(row.key)}
                className={onOpen === undefined ? undefined : 'cursor-pointer'}
              >
                <rect x={0} y={top + index * each} width={width} height={each} fill="transparent" />
                <line x1={0} x2={width} y1={top + (index + 1) * each} y2={top + (index + 1) * each} stroke="var(--color-line)" />
                <text
                  x={isWide ? 0 : 4}
                  y={isWide ? y + 4 : y - 15}
                  fontSize={12.5}
                  fontWeight={row.isStrong === true ? 600 : 450}
                  fill="var(--color-ink)"
                >
                  {shortened(row.label, isWide ? left : width - 150, 6.6)}
                </text>
                {!isWide && (
                  // Lines of the axis would run through the figures.
                  <rect x={width - 8 - 6.3 * figures(row, format).length} y={y - 27} width={width} height={15} fill="var(--color-paper)" />
                )}
                <text
                  x={isWide ? width : width - 4}
                  y={isWide ? y + 4 : y - 15}
                  textAnchor="end"
                  fontSize={11.5}
                  fill="var(--color-ink-soft)"
                  stroke="var(--color-paper)"
                  strokeWidth={6}
                  paintOrder="stroke"
                >
                  {figures(row, format)}
                </text>
                {row.estimate !== null && row.low !== null && row.high !== null && row.high >= domain[0] && row.low <= domain[1] && (
                  <line
                    x1={inside(row.low)}
                    x2={inside(row.high)}
                    y1={y}
                    y2={y}
                    stroke={row.isStrong === true ? 'var(--color-bad)' : 'var(--color-accent)'}
                    strokeOpacity={0.35}
                    strokeWidth={6}
                    strokeLinecap={row.low < domain[0] || row.high > domain[1] ? 'butt' : 'round'}
                  />
                )}
                {row.estimate !== null && (
                  <circle
                    cx={inside(row.estimate)}
                    cy={y}
                    r={4}
                    fill={row.isStrong === true ? 'var(--color-bad)' : 'var(--color-accent)'}
                    stroke="var(--color-paper)"
                  />
                )}
                {row.estimate === null && (
                  <text x={isWide ? left + 8 : 4} y={y + 4} fontSize={11.5} fill="var(--color-ink-faint)">
                    {shortened(row.reason ?? 'not defined', isWide ? right - left : width - 8, 5.9)}
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

function figures({ estimate, low, high, n, effective }: IntervalRow, format: (value: number) => string): string {
  const count = `n = ${n.toLocaleString('en-US')}${effective === undefined ? '' : `, eff. ${Math.round(effective).toLocaleString('en-US')}`}`
  if (estimate === null) return `–  ${count}`
  const interval = low === null || high === null ? '' : ` [${format(low)}, ${format(high)}]`
  return `${format(estimate)}${interval}  ${count}`
}

/** Text cut to about a width, because SVG neither wraps nor cuts. */
function shortened(text: string, width: number, perCharacter: number): string {
  const most = Math.max(4, Math.floor(width / perCharacter))
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}
