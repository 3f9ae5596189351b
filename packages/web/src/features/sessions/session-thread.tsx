import type { Session, TraceSummary } from '@plaudit/sdk'
import { Link } from '@tanstack/react-router'
import { CircleAlert } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useProject } from '../../app/client.tsx'
import { Button } from '../../ui/button.tsx'
import { formatDuration } from '../../ui/format-number.ts'
import { formatDateTime } from '../../ui/format-time.ts'
import { ScoreChips } from '../../ui/score-chip.tsx'

/** A session as one conversation: every trace is a turn, in order of time. `renderTrace` shows a turn in full. */
export function SessionThread({ session, renderTrace }: { session: Session; renderTrace: (traceId: string) => ReactNode }) {
  return (
    <ol aria-label="Turns of this session" className="flex flex-col">
      {session.traces.map((trace, index) => (
        <li key={trace.traceId} className="border-b border-line py-5 first:pt-0">
          <Turn trace={trace} number={index + 1} renderTrace={renderTrace} />
        </li>
      ))}
    </ol>
  )
}

function Turn({ trace, number, renderTrace }: { trace: TraceSummary; number: number; renderTrace: (traceId: string) => ReactNode }) {
  const { slug } = useProject()
  const [isOpen, setOpen] = useState(false)
  return (
    <article aria-label={`Turn ${number}`}>
      <header className="mb-2 flex flex-wrap items-baseline gap-x-3 gap-y-1 text-note text-ink-faint">
        <span className="font-medium text-ink-soft">Turn {number}</span>
        <time dateTime={trace.startTime}>{formatDateTime(trace.startTime)}</time>
        <span>{formatDuration(trace.durationMs)}</span>
        {trace.model !== '' && (
          <span className="truncate">{[trace.model, trace.promptVersion].filter((part) => part !== '').join(' · ')}</span>
        )}
        {trace.status === 'error' && (
          <span className="inline-flex items-center gap-1 font-medium text-bad">
            <CircleAlert className="size-3" aria-hidden="true" />
            Error
          </span>
        )}
        <span className="ml-auto flex items-center gap-1">
          <Button size="small" variant="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Shorten' : 'Show in full'}
          </Button>
          <Link to="/p/$project/traces/$traceId" params={{ project: slug, traceId: trace.traceId }} className="link">
            Open the trace
          </Link>
        </span>
      </header>
      {isOpen ? (
        renderTrace(trace.traceId)
      ) : (
        <div className="prose-measure flex flex-col gap-2 text-read">
          <p dir="auto" className="border-l-2 border-line-strong pl-3 font-medium break-words">
            {trace.inputPreview === '' ? <span className="font-normal text-ink-faint">No input</span> : trace.inputPreview}
          </p>
          <p dir="auto" className="border-l-2 border-accent pl-3 break-words">
            {trace.outputPreview === '' ? <span className="text-ink-faint">No output</span> : trace.outputPreview}
          </p>
        </div>
      )}
      <div className="mt-2 empty:hidden">
        <ScoreChips scores={trace.feedback} limit={8} />
      </div>
    </article>
  )
}
