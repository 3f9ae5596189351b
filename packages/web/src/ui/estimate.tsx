import { formatDecimal, formatWhole } from './format-number.ts'

export type EstimateProps = {
  /** Null where it does not exist; `reason` then says why. */
  estimate: number | null
  low: number | null
  high: number | null
  n: number
  reason?: string | null
  /** Of weighted judgments: as many of equal weight would say as much. */
  effective?: number | undefined
  /** Range of the whisker's axis; without it no whisker is drawn. */
  domain?: readonly [number, number] | undefined
  format?: (value: number) => string
  /** What n counts, in the plural. */
  unit?: string
}

/**
 * A number as it must be shown: with its 95 % interval (in figures, and as a whisker on `domain`) and n. Where it does not exist, the reason
 * stands in its place.
 */
export function Estimate({ estimate, low, high, n, reason, effective, domain, format = formatDecimal, unit = 'judgments' }: EstimateProps) {
  const count = (
    <span className="text-ink-faint">
      n = {formatWhole(n)}
      {effective !== undefined && `, effective ${formatWhole(Math.round(effective))}`}
    </span>
  )
  const counted = `${formatWhole(n)} ${unit}${effective === undefined ? '' : `; weighted, they say as much as ${formatWhole(Math.round(effective))} traces of equal weight would`}`
  if (estimate === null)
    return (
      <span className="inline-flex flex-wrap items-baseline justify-end gap-x-2 text-note" title={counted}>
        <span className="text-ink-faint">– {reason ?? 'not defined'}</span>
        {/* Of nothing there is nothing to count, which the reason says already. */}
        {n > 0 && count}
      </span>
    )
  const interval = low === null || high === null ? null : `[${format(low)}, ${format(high)}]`
  return (
    <span className="inline-flex flex-wrap items-center justify-end gap-x-2">
      <span className="font-medium">{format(estimate)}</span>
      {interval !== null && <span className="text-note text-ink-faint">{interval}</span>}
      {domain !== undefined && <Whisker estimate={estimate} low={low} high={high} domain={domain} />}
      <span className="text-note" title={counted}>
        {count}
      </span>
    </span>
  )
}

/** A dot with its interval on a common axis; the interval is lighter than the dot. */
export function Whisker({
  estimate,
  low,
  high,
  domain: [from, to],
  width = 72,
}: {
  estimate: number
  low: number | null
  high: number | null
  domain: readonly [number, number]
  width?: number
}) {
  const x = (value: number) => 3 + (Math.min(to, Math.max(from, value)) - from) * ((width - 6) / (to - from || 1))
  return (
    <svg aria-hidden="true" width={width} height={12} className="shrink-0 overflow-visible">
      <line x1={3} x2={width - 3} y1={6} y2={6} stroke="var(--color-line)" />
      {low !== null && high !== null && (
        <line
          x1={x(low)}
          x2={x(high)}
          y1={6}
          y2={6}
          stroke="var(--color-accent)"
          strokeOpacity={0.35}
          strokeWidth={4}
          strokeLinecap="round"
        />
      )}
      <circle cx={x(estimate)} cy={6} r={3} fill="var(--color-accent)" />
    </svg>
  )
}
