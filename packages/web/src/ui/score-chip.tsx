import { formatScore } from './format-known.ts'
import { formatShare, formatWhole } from './format-number.ts'

/** The mean of the answers to one question by one kind of author, and how many there are. */
export type Score = { criterion: string; kind: string; authorKind: string; mean: number | null; n: number }

/**
 * Scores as small chips in a row: what was asked, the mean, and n. Thumbs are the share of thumbs up. What a machine said has a dashed frame
 * and says so. What does not fit in `limit` is counted.
 */
export function ScoreChips({ scores, limit = 3 }: { scores: readonly Score[]; limit?: number }) {
  if (scores.length === 0) return null
  const rest = scores.slice(limit)
  return (
    <span className="flex flex-wrap gap-1">
      {scores.slice(0, limit).map((score) => (
        <Chip key={`${score.criterion} ${score.kind} ${score.authorKind}`} score={score} />
      ))}
      {rest.length > 0 && (
        <span className="text-note leading-5 text-ink-faint" title={rest.map(({ criterion }) => criterion).join(', ')}>
          +{rest.length}
        </span>
      )}
    </span>
  )
}

function Chip({ score: { criterion, kind, authorKind, mean, n } }: { score: Score }) {
  const isMachine = authorKind !== 'human'
  const value = mean === null || kind === 'flag' ? null : kind === 'thumbs' ? `${formatShare(mean)} up` : formatScore(mean)
  return (
    <span
      className={`inline-flex max-w-full items-baseline gap-1 rounded-sm px-1.5 text-note leading-5 whitespace-nowrap ${isMachine ? 'border border-dashed border-line-strong leading-[1.125rem]' : 'bg-sunken'}`}
    >
      <span className="truncate text-ink-soft">
        {criterion}
        {isMachine && ` (${authorKind})`}
      </span>
      {value !== null && <span className="font-medium text-ink">{value}</span>}
      <span className="text-ink-faint">n={formatWhole(n)}</span>
    </span>
  )
}
