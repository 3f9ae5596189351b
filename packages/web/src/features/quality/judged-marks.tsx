import type { ConsensusItem, ConsensusMark } from '@plaudit/sdk'
import { formatShare, formatWhole } from '../../ui/format-number.ts'

/** The stretches of a text that a majority marked, each with its text, its place and the votes behind it. */
export function JudgedMarks({ marks, n }: { marks: readonly ConsensusMark[]; n: ConsensusItem['n'] }) {
  return (
    <ul aria-label="Marked by a majority" className="mt-1.5 flex flex-col gap-1.5">
      {marks.map((mark) => (
        <li key={`${mark.field} ${mark.type} ${mark.start} ${mark.end}`} className="flex min-w-0 flex-wrap items-baseline gap-x-3">
          <span className="font-medium">{mark.type}</span>
          <span className="text-note text-ink-faint">
            {placeOf(mark)} · {votesOf(mark, n)}
          </span>
          {mark.quote !== '' && (
            <q dir="auto" className="prose-measure w-full break-words text-ink-soft">
              {mark.quote}
              {Array.from(mark.quote).length < mark.end - mark.start && ' …'}
            </q>
          )}
        </li>
      ))}
    </ul>
  )
}

function placeOf({ field, start, end }: ConsensusMark): string {
  const place = start === end ? `inserted at ${formatWhole(start)}` : `characters ${formatWhole(start)} to ${formatWhole(end)}`
  return field === 'input' ? `${place} of the input` : place
}

function votesOf({ votes, share }: ConsensusMark, n: number): string {
  return votes === null || share === null ? 'decided by a lead' : `${formatShare(share)}, ${votes} of ${n} reviewers`
}
