import type { TraceSummary } from '@plaudit/sdk'
import { Link } from '@tanstack/react-router'
import { CircleAlert } from 'lucide-react'
import { cx } from '../../ui/cx.ts'
import { formatKnown } from '../../ui/format-known.ts'
import { formatCount, formatDuration, formatUsd } from '../../ui/format-number.ts'
import { ScoreChips } from '../../ui/score-chip.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'

/** Columns of the list on a wide screen; the header uses the same. */
export const rowColumns = 'lg:grid lg:grid-cols-[3.5rem_minmax(0,1fr)_minmax(0,9.5rem)_minmax(0,18rem)_3.5rem_4.5rem_4.5rem] lg:gap-x-4'

export type TraceRowProps = { trace: TraceSummary; project: string; selected: boolean; onFocus: () => void }

/** One trace: what was asked, what was answered, by which variant, at what price, and what people said. A card on a phone. */
export function TraceRow({ trace, project, selected, onFocus }: TraceRowProps) {
  const isError = trace.status === 'error'
  return (
    <Link
      to="/p/$project/traces/$traceId"
      params={{ project, traceId: trace.traceId }}
      onFocus={onFocus}
      className={cx(
        'block border-b border-line px-4 py-2.5 focus-visible:-outline-offset-2 sm:px-6',
        rowColumns,
        selected ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
    >
      <span className="flex items-baseline gap-2 text-note text-ink-faint lg:block lg:pt-0.5">
        <TimeAgo time={trace.startTime} className="lg:block" />
        {isError && (
          <span className="inline-flex items-center gap-1 font-medium text-bad">
            <CircleAlert className="size-3" aria-hidden="true" />
            Error
          </span>
        )}
        <span className="ml-auto truncate lg:hidden">{variantOf(trace)}</span>
      </span>
      <span className="mt-1 block min-w-0 lg:mt-0">
        <span dir="auto" className="line-clamp-2 font-medium break-words lg:line-clamp-1 lg:break-all">
          {trace.inputPreview === '' ? trace.name : trace.inputPreview}
        </span>
        <span dir="auto" className="line-clamp-2 break-words text-ink-soft lg:line-clamp-1 lg:break-all">
          {trace.outputPreview === '' ? <span className="text-ink-faint">No output</span> : trace.outputPreview}
        </span>
      </span>
      <span className="hidden min-w-0 lg:block">
        <span className="block truncate" title={trace.model}>
          {trace.model === '' ? <span className="text-ink-faint">{trace.name}</span> : trace.model}
        </span>
        <span className="block truncate text-note leading-5 text-ink-faint">{promptOf(trace)}</span>
      </span>
      <span className="mt-1.5 block min-w-0 empty:hidden lg:mt-0.5 lg:block lg:empty:block">
        <ScoreChips scores={trace.feedback} />
      </span>
      <span className="mt-1.5 flex gap-4 text-note text-ink-faint lg:contents lg:text-body lg:text-ink-soft">
        <Quantity name="tokens" value={formatKnown(trace.totalTokens, formatCount)} />
        <Quantity name="cost" value={formatKnown(trace.costUsd, formatUsd)} />
        <Quantity name="latency" value={formatKnown(trace.durationMs, formatDuration)} />
      </span>
    </Link>
  )
}

function Quantity({ name, value }: { name: string; value: string }) {
  return (
    <span className="whitespace-nowrap lg:pt-0.5 lg:text-right">
      {value}
      <span className="lg:sr-only"> {name}</span>
    </span>
  )
}

function promptOf({ promptName, promptVersion, name }: TraceSummary): string {
  const prompt = [promptName, promptVersion].filter((part) => part !== '').join(' · ')
  return prompt === '' ? name : prompt
}

function variantOf(trace: TraceSummary): string {
  return [trace.model, trace.promptVersion].filter((part) => part !== '').join(' · ')
}
