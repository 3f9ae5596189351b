import type { Trace } from '@plaudit/sdk'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useProject } from '../../app/client.tsx'
import { Badge } from '../../ui/badge.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { formatKnown } from '../../ui/format-known.ts'
import { formatDuration, formatUsd, formatWhole } from '../../ui/format-number.ts'
import { formatDateTime } from '../../ui/format-time.ts'
import { Figure } from './span-head.tsx'
import { traceTotals } from './trace-total.ts'

/** Name and totals of a trace, and the ways to what it belongs to. */
export function TraceHead({ trace, name, actions }: { trace: Trace; name: string; actions?: ReactNode }) {
  const { slug } = useProject()
  const totals = traceTotals(trace.spans)
  return (
    <header className="border-b border-line px-4 pt-4 pb-3 sm:px-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="min-w-0 flex-1 basis-60 break-words">{name}</h1>
        {totals.errors > 0 && <Badge tone="bad">{totals.errors === 1 ? '1 span failed' : `${totals.errors} spans failed`}</Badge>}
        {actions}
        <CopyButton size="small" text={trace.traceId} label="Copy id" />
      </div>
      <dl className="mt-2 flex flex-wrap gap-x-5 gap-y-1.5">
        <Figure name="Began">{formatDateTime(totals.startTime)}</Figure>
        <Figure name="Duration">{formatDuration(totals.durationMs)}</Figure>
        <Figure name="Tokens">{formatKnown(totals.tokens, formatWhole)}</Figure>
        <Figure name="Cost">{formatKnown(totals.costUsd, formatUsd)}</Figure>
        {totals.userId !== '' && (
          <Figure name="User">
            <Link to="/p/$project/traces" params={{ project: slug }} search={{ userId: totals.userId }} className="link">
              {totals.userId}
            </Link>
          </Figure>
        )}
        {totals.sessionId !== '' && (
          <Figure name="Session">
            <Link to="/p/$project/sessions/$sessionId" params={{ project: slug, sessionId: totals.sessionId }} className="link">
              {totals.sessionId}
            </Link>
          </Figure>
        )}
        {totals.environment !== '' && <Figure name="Environment">{totals.environment}</Figure>}
        {totals.release !== '' && <Figure name="Release">{totals.release}</Figure>}
      </dl>
    </header>
  )
}
