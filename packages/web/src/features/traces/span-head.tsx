import type { Span } from '@plaudit/sdk'
import type { ReactNode } from 'react'
import { Badge } from '../../ui/badge.tsx'
import { formatKnown } from '../../ui/format-known.ts'
import { formatDuration, formatUsd, formatWhole } from '../../ui/format-number.ts'
import { formatDateTime } from '../../ui/format-time.ts'
import { SpanKindIcon } from './span-kind-icon.tsx'

/** Name, kind and figures of a span. What the client did not say is left out. */
export function SpanHead({ span }: { span: Span }) {
  const { usage } = span
  return (
    <header>
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="min-w-0 break-words">{span.name}</h2>
        <Badge tone={span.kind === 'generation' ? 'accent' : 'neutral'} icon={<SpanKindIcon kind={span.kind} />}>
          {span.kind}
        </Badge>
        {span.status === 'error' && <Badge tone="bad">error</Badge>}
        {span.tags.map((tag) => (
          <Badge key={tag}>{tag}</Badge>
        ))}
      </div>
      <dl className="mt-2 flex flex-wrap gap-x-5 gap-y-1.5">
        {span.model !== '' && <Figure name="Model">{span.provider === '' ? span.model : `${span.model} (${span.provider})`}</Figure>}
        {span.promptName !== '' && (
          <Figure name="Prompt">{[span.promptName, span.promptVersion].filter((part) => part !== '').join(' · ')}</Figure>
        )}
        {span.promptName === '' && span.promptVersion !== '' && <Figure name="Prompt version">{span.promptVersion}</Figure>}
        <Figure name="Duration">
          <span title={`Began ${formatDateTime(span.startTime)}`}>{formatKnown(span.durationMs, formatDuration)}</span>
        </Figure>
        {span.firstTokenMs !== null && <Figure name="First token">{formatDuration(span.firstTokenMs)}</Figure>}
        {(usage.inputTokens !== null || usage.outputTokens !== null) && (
          <Figure name="Tokens in, out">
            {formatKnown(usage.inputTokens, formatWhole)}, {formatKnown(usage.outputTokens, formatWhole)}
          </Figure>
        )}
        {usage.cacheReadTokens !== null && usage.cacheReadTokens > 0 && (
          <Figure name="From cache">{formatWhole(usage.cacheReadTokens)}</Figure>
        )}
        {usage.reasoningTokens !== null && usage.reasoningTokens > 0 && (
          <Figure name="Reasoning">{formatWhole(usage.reasoningTokens)}</Figure>
        )}
        {span.costUsd !== null && <Figure name="Cost">{formatUsd(span.costUsd)}</Figure>}
        {span.service !== '' && <Figure name="Service">{span.service}</Figure>}
      </dl>
    </header>
  )
}

export function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-note text-ink-faint">{name}</dt>
      <dd className="max-w-72 truncate">{children}</dd>
    </div>
  )
}
