import type { Span } from '@plaudit/sdk'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ChevronDown, ChevronRight, CircleAlert, MessageSquare } from 'lucide-react'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { cx } from '../../ui/cx.ts'
import { formatDuration } from '../../ui/format-number.ts'
import { useHotkeys } from '../../ui/use-hotkeys.ts'
import { SpanKindIcon } from './span-kind-icon.tsx'
import { buildSpanTree, type SpanRow, treeMove, visibleRows } from './span-tree.ts'
import { clockSkewMs, type Timeline, timelineBar, timelineOf } from './timeline.ts'

const ROW_HEIGHT = 34

export type SpanTreeViewProps = {
  spans: readonly Span[]
  selected: string
  onSelect: (spanId: string) => void
  /** How many judgments are about each span. */
  feedbackCounts: ReadonlyMap<string, number>
}

/** The spans of a trace as a tree with their place in time: each row carries its bar on the common axis above. */
export function SpanTreeView({ spans, selected, onSelect, feedbackCounts }: SpanTreeViewProps) {
  const roots = useMemo(() => buildSpanTree(spans), [spans])
  const timeline = useMemo(() => timelineOf(spans), [spans])
  const byId = useMemo(() => new Map(spans.map((span) => [span.spanId as string, span])), [spans])
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set())
  const rows = useMemo(() => visibleRows(roots, collapsed), [roots, collapsed])
  const frame = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  })
  const at = rows.findIndex((row) => row.node.span.spanId === selected)

  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at)
  }, [at, virtual])

  const toggle = (spanId: string) =>
    setCollapsed((before) => {
      const after = new Set(before)
      if (!after.delete(spanId)) after.add(spanId)
      return after
    })
  const press = (key: string): boolean => {
    const move = treeMove(rows, selected, collapsed, key)
    if (move === null) return false
    if ('select' in move) onSelect(move.select)
    else toggle(move.toggle)
    return true
  }
  useHotkeys([
    { keys: 'j', label: 'Next span', group: 'Trace', run: () => press('j') },
    { keys: 'k', label: 'Previous span', group: 'Trace', run: () => press('k') },
  ])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key) && press(event.key)) event.preventDefault()
  }

  return (
    <div className="flex min-h-0 flex-col">
      <Axis timeline={timeline} count={spans.length} />
      <div
        ref={frame}
        role="tree"
        aria-label={`Spans of this trace, ${spans.length}`}
        aria-activedescendant={at < 0 ? undefined : `span-${selected}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        className="max-h-72 min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2 lg:max-h-none"
      >
        <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index]
            if (row === undefined) return null
            const { span } = row.node
            return (
              <div key={item.key} role="presentation" className="absolute inset-x-0" style={{ top: item.start, height: item.size }}>
                <TreeRow
                  row={row}
                  timeline={timeline}
                  isSelected={span.spanId === selected}
                  isCollapsed={collapsed.has(span.spanId)}
                  skewMs={clockSkewMs(span, row.parentId === null ? undefined : byId.get(row.parentId))}
                  feedbackCount={feedbackCounts.get(span.spanId) ?? 0}
                  onSelect={() => onSelect(span.spanId)}
                  onToggle={() => toggle(span.spanId)}
                />
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

/** The common time axis with round ticks. */
function Axis({ timeline, count }: { timeline: Timeline; count: number }) {
  return (
    <div className="relative h-7 shrink-0 border-b border-line text-note text-ink-faint">
      <span className="absolute bottom-1 left-3">{count === 1 ? '1 span' : `${count.toLocaleString('en-GB')} spans`}</span>
      {timeline.ticks
        .filter(({ left }) => left > 0.45)
        .map((tick) => (
          <span
            key={tick.ms}
            className="absolute bottom-1 -translate-x-full pr-1 whitespace-nowrap"
            style={{ left: `${tick.left * 100}%` }}
          >
            {formatDuration(tick.ms)}
            <i className="absolute right-0 -bottom-1 h-2 w-px bg-line-strong" />
          </span>
        ))}
    </div>
  )
}

type TreeRowProps = {
  row: SpanRow
  timeline: Timeline
  isSelected: boolean
  isCollapsed: boolean
  skewMs: number
  feedbackCount: number
  onSelect: () => void
  onToggle: () => void
}

function TreeRow({ row, timeline, isSelected, isCollapsed, skewMs, feedbackCount, onSelect, onToggle }: TreeRowProps) {
  const { span, children, orphan } = row.node
  const bar = timelineBar(timeline, span)
  const isError = span.status === 'error'
  const hasChildren = children.length > 0
  const remarks = [
    isError ? `failed: ${span.statusMessage}` : '',
    orphan ? 'its parent is not in this trace' : '',
    skewMs > 1 ? `begins ${formatDuration(skewMs)} before its parent, so their clocks differ` : '',
  ].filter((remark) => remark !== '')
  const Chevron = isCollapsed ? ChevronRight : ChevronDown
  return (
    <div
      id={`span-${span.spanId}`}
      role="treeitem"
      tabIndex={-1}
      aria-selected={isSelected}
      aria-level={row.depth + 1}
      aria-setsize={row.siblings}
      aria-posinset={row.position}
      aria-expanded={hasChildren ? !isCollapsed : undefined}
      title={remarks.join('\n') || undefined}
      onClick={onSelect}
      onKeyDown={(event) => event.key === 'Enter' && onSelect()}
      className={cx(
        'relative flex h-full cursor-pointer items-center gap-1.5 border-b border-line/50 pr-3',
        isSelected ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
      style={{ paddingLeft: 4 + Math.min(row.depth, 12) * 14 }}
    >
      <span
        aria-hidden="true"
        className="flex size-5 shrink-0 items-center justify-center text-ink-faint"
        onClick={(event) => {
          if (!hasChildren) return
          event.stopPropagation()
          onToggle()
        }}
      >
        {hasChildren && <Chevron className="size-3.5" />}
      </span>
      <SpanKindIcon kind={span.kind} className={cx('size-3.5 shrink-0', span.kind === 'generation' ? 'text-accent' : 'text-ink-faint')} />
      <span className={cx('min-w-0 flex-1 truncate', isSelected && 'font-medium')}>
        {span.name}
        <span className="sr-only">, {span.kind}, </span>
      </span>
      {feedbackCount > 0 && (
        <span className="inline-flex items-center gap-0.5 text-note text-ink-soft">
          <MessageSquare className="size-3" aria-hidden="true" />
          {feedbackCount}
          <span className="sr-only">judgments, </span>
        </span>
      )}
      {isError && <CircleAlert className="size-3.5 shrink-0 text-bad" aria-hidden="true" />}
      <span className="text-note whitespace-nowrap text-ink-faint">{formatDuration(span.durationMs)}</span>
      {remarks.length > 0 && <span className="sr-only">, {remarks.join(', ')}</span>}
      <span
        aria-hidden="true"
        className={cx(
          'absolute bottom-0 h-[3px] rounded-full',
          isError ? 'bg-bad' : span.kind === 'generation' ? 'bg-accent' : 'bg-line-strong',
        )}
        style={{ left: `${bar.left * 100}%`, width: `max(3px, ${bar.width * 100}%)` }}
      />
    </div>
  )
}
