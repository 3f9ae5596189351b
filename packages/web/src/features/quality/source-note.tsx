import type { ReportSource } from '@plaudit/sdk'
import { formatShare, formatWhole } from '../../ui/format-number.ts'
import { TimeAgo } from '../../ui/time-ago.tsx'

/** Where a report's figures come from. */
export function SourceNote({ source }: { source: ReportSource }) {
  return (
    <p className="mt-6 text-note text-ink-faint">
      From {formatWhole(source.judgments)} judgments
      {source.share < 1 ? `, of which those on ${formatShare(source.share)} of the items were read, drawn at random` : ''}; computed{' '}
      <TimeAgo inSentence time={source.computedAt} />.
    </p>
  )
}
