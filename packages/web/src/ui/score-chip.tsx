import { formatScore } from './format-known.ts'
import { formatWhole } from './format-number.ts'

/** What was asked, the mean of the answers, and how many there are; without a mean, the count alone. */
export function ScoreChip({ label, mean, n }: { label: string; mean: number | null; n: number }) {
  return (
    <span className="inline-flex max-w-full items-baseline gap-1 rounded-sm bg-sunken px-1.5 text-note leading-5 whitespace-nowrap">
      <span className="truncate text-ink-soft">{label}</span>
      {mean !== null && <span className="font-medium text-ink">{formatScore(mean)}</span>}
      <span className="text-ink-faint">n={formatWhole(n)}</span>
    </span>
  )
}

/** Chips in a row; what does not fit in `limit` is counted. */
export function ScoreChips({
  scores,
  limit = 3,
}: {
  scores: readonly { criterion: string; mean: number | null; n: number }[]
  limit?: number
}) {
  if (scores.length === 0) return null
  const rest = scores.length - limit
  return (
    <span className="flex flex-wrap gap-1">
      {scores.slice(0, limit).map(({ criterion, mean, n }) => (
        <ScoreChip key={criterion} label={criterion} mean={mean} n={n} />
      ))}
      {rest > 0 && (
        <span
          className="text-note leading-5 text-ink-faint"
          title={scores
            .slice(limit)
            .map(({ criterion }) => criterion)
            .join(', ')}
        >
          +{rest}
        </span>
      )}
    </span>
  )
}
