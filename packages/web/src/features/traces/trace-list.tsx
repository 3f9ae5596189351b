import { useNavigate } from '@tanstack/react-router'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useProject } from '../../app/client.tsx'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { useListSelection } from '../../ui/use-list-selection.ts'
import { NoTraces } from './no-traces.tsx'
import { activeFilters, type TraceFilter } from './trace-filter.ts'
import { rowColumns, TraceRow } from './trace-row.tsx'
import { useTraceList } from './use-trace.ts'

/** The traces that match, newest first; further pages load as one scrolls. Only the rows in view are in the document. */
export function TraceList({ filter, onClear }: { filter: TraceFilter; onClear: () => void }) {
  const list = useTraceList(filter)
  const { slug } = useProject()
  const navigate = useNavigate()
  const traces = list.data?.pages.flatMap((page) => page.items) ?? []
  const body = useRef<HTMLUListElement>(null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => setTop(body.current?.offsetTop ?? 0), [list.status, list.error])
  const rows = useWindowVirtualizer({
    count: traces.length,
    estimateSize: () => 61,
    overscan: 8,
    scrollMargin: top,
    getItemKey: (index) => traces[index]?.traceId ?? index,
  })
  const { index, setIndex } = useListSelection(traces.length, {
    onOpen: (at) => {
      const trace = traces[at]
      if (trace !== undefined) void navigate({ to: '/p/$project/traces/$traceId', params: { project: slug, traceId: trace.traceId } })
    },
    onMove: (at) => {
      rows.scrollToIndex(at)
      // The row may be drawn only after the scroll; its link takes the focus, so that Enter opens it.
      requestAnimationFrame(() => body.current?.querySelector<HTMLElement>(`[data-index="${at}"] a`)?.focus({ preventScroll: true }))
    },
  })

  const items = rows.getVirtualItems()
  const last = items.at(-1)?.index ?? -1
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = list
  useEffect(() => {
    if (last >= traces.length - 10 && hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage()
  }, [last, traces.length, hasNextPage, isFetchingNextPage, isError, fetchNextPage])

  if (list.isPending) return <SkeletonRows rows={12} label="Loading traces" />
  if (list.isError && traces.length === 0) {
    return (
      <div className="px-4 sm:px-6">
        <ErrorState title="The traces could not be loaded. Your filters are kept." error={list.error} onRetry={() => void list.refetch()} />
      </div>
    )
  }
  if (traces.length === 0) return <NoTraces isFiltered={activeFilters(filter).length > 0} onClear={onClear} />
  return (
    <div aria-busy={list.isPlaceholderData} className={cx('transition-opacity', list.isPlaceholderData && 'opacity-60')}>
      <div aria-hidden="true" className={cx('hidden border-b border-line px-6 py-2 text-note font-medium text-ink-faint', rowColumns)}>
        <span>Age</span>
        <span>Input and output</span>
        <span>Model and prompt</span>
        <span>Feedback, mean and n</span>
        <span className="text-right">Tokens</span>
        <span className="text-right">Cost</span>
        <span className="text-right">Latency</span>
      </div>
      <ul ref={body} aria-label="Traces" className="relative" style={{ height: rows.getTotalSize() }}>
        {items.map((item) => {
          const trace = traces[item.index]
          if (trace === undefined) return null
          return (
            <li
              key={item.key}
              ref={rows.measureElement}
              data-index={item.index}
              aria-setsize={hasNextPage ? -1 : traces.length}
              aria-posinset={item.index + 1}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${item.start - rows.options.scrollMargin}px)` }}
            >
              <TraceRow trace={trace} project={slug} selected={item.index === index} onFocus={() => setIndex(item.index)} />
            </li>
          )
        })}
      </ul>
      <div className="px-4 py-4 text-note text-ink-faint sm:px-6">
        {list.isError ? (
          <ErrorState title="The next traces could not be loaded." error={list.error} onRetry={() => void fetchNextPage()} />
        ) : isFetchingNextPage ? (
          <output>Loading more…</output>
        ) : hasNextPage ? (
          <Button size="small" onClick={() => void fetchNextPage()}>
            Load more
          </Button>
        ) : (
          `All ${traces.length} shown`
        )}
      </div>
    </div>
  )
}
