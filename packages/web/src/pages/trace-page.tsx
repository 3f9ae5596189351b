import type { FeedbackKind, Trace } from '@plaudit/sdk'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { FeedbackPanel } from '../features/feedback/feedback-panel.tsx'
import { countBySpan } from '../features/feedback/target.ts'
import { useCriteria } from '../features/feedback/use-criteria.ts'
import { useFeedbackLedger } from '../features/feedback/use-feedback-ledger.ts'
import { SpanTreeView } from '../features/traces/span-tree-view.tsx'
import { buildSpanTree, mainSpan, spanNames } from '../features/traces/span-tree.ts'
import { TraceHead } from '../features/traces/trace-head.tsx'
import { TracePlaceholder } from '../features/traces/trace-placeholder.tsx'
import { useRefreshTrace, useTrace } from '../features/traces/use-trace.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { cx } from '../ui/cx.ts'
import { useHotkeys } from '../ui/use-hotkeys.ts'
import { ComparisonDesk } from './trace-page/comparison-desk.tsx'
import { panelTargets } from './trace-page/panel-target.ts'
import { SpanColumn } from './trace-page/span-column.tsx'

export function TracePage() {
  const { traceId } = useParams({ from: '/p/$project/traces/$traceId' })
  const trace = useTrace(traceId)
  if (trace.data !== undefined) return <LoadedTrace key={traceId} trace={trace.data} />
  if (trace.isPending) return <TracePlaceholder />
  return (
    <div className="px-4 py-6 sm:px-6">
      <ErrorState title="The trace could not be loaded." error={trace.error} onRetry={() => void trace.refetch()} />
    </div>
  )
}

/** Three columns: the spans in time, the chosen one in full, and the feedback on it. Two on a small screen, one on a phone. */
function LoadedTrace({ trace }: { trace: Trace }) {
  const search = useSearch({ from: '/p/$project/traces/$traceId' })
  const navigate = useNavigate({ from: '/p/$project/traces/$traceId' })
  const ledger = useFeedbackLedger(trace.feedback, useRefreshTrace(trace.traceId))
  const criteria = useCriteria()
  const [kind, setKind] = useState<FeedbackKind | null>(null)
  const [isRaw, setRaw] = useState(false)
  const [about, setAbout] = useState('span')
  const roots = useMemo(() => buildSpanTree(trace.spans), [trace.spans])
  const nameOf = useMemo(() => spanNames(trace.spans), [trace.spans])
  const counts = useMemo(() => countBySpan(ledger.feedback), [ledger.feedback])
  useHotkeys([{ keys: 'r', label: 'Raw or rendered text', group: 'Trace', run: () => setRaw((before) => !before) }])

  const span = trace.spans.find(({ spanId }) => spanId === search.span) ?? mainSpan(roots)
  const name = roots[0]?.span.name ?? 'Trace'
  if (span === null) {
    return (
      <div className="px-4 py-6 sm:px-6">
        <h1>Trace without spans</h1>
        <p className="text-ink-soft">Feedback names this trace, but its spans have not arrived yet. They appear here when they do.</p>
      </div>
    )
  }
  const select = (spanId: string) => {
    setKind(null)
    setAbout('span')
    void navigate({ search: { span: spanId }, replace: true, resetScroll: false })
  }
  const isComparing = kind === 'comparison' || kind === 'ranking'
  const shared = { span, isRaw, criteria, ledger }
  return (
    <div className="flex min-w-0 flex-col lg:h-dvh">
      <title>{`${name} · Plaudit`}</title>
      <TraceHead trace={trace} name={name} />
      <div
        className={cx(
          'min-h-0 flex-1 lg:grid',
          isComparing
            ? 'xl:grid-cols-[minmax(0,1fr)_21rem]'
            : 'lg:grid-cols-[minmax(15rem,19rem)_minmax(0,1fr)] xl:grid-cols-[minmax(15rem,20rem)_minmax(0,1fr)_21rem]',
        )}
      >
        {/* Outputs side by side need the width that the tree has. */}
        <div className={cx('min-h-0 flex-col border-line max-lg:border-b lg:border-r', isComparing ? 'hidden' : 'flex')}>
          <SpanTreeView spans={trace.spans} selected={span.spanId} onSelect={select} feedbackCounts={counts} />
        </div>
        <div className="min-h-0 min-w-0 lg:max-xl:overflow-y-auto xl:contents">
          <div className="min-h-0 min-w-0 px-4 py-4 sm:px-6 xl:overflow-y-auto">
            {isComparing ? (
              <ComparisonDesk
                key={`${span.spanId} ${kind}`}
                {...shared}
                kind={kind}
                spans={trace.spans}
                nameOf={nameOf}
                onDone={() => setKind(null)}
              />
            ) : (
              <SpanColumn key={span.spanId} {...shared} onRaw={setRaw} kind={kind} onKind={setKind} />
            )}
          </div>
          <aside aria-label="Judgments" className="min-h-0 border-line max-xl:border-t xl:overflow-y-auto xl:border-l">
            <FeedbackPanel
              targets={panelTargets(trace, span)}
              current={about}
              onCurrent={(next) => {
                setAbout(next)
                setKind(null)
              }}
              kind={kind}
              onKind={setKind}
              criteria={criteria}
              ledger={ledger}
              nameOf={nameOf}
            />
          </aside>
        </div>
      </div>
    </div>
  )
}
