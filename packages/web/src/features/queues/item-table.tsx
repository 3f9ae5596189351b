import type { Queue, QueueItem } from '@plaudit/sdk'
import { Link, useNavigate } from '@tanstack/react-router'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useProject } from '../../app/client.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { formatShare } from '../../ui/format-number.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { useListSelection } from '../../ui/use-list-selection.ts'
import { itemStates, skipReasons } from './queue-words.ts'
import { useQueueItems } from './use-queues.ts'

const columns = 'lg:grid lg:grid-cols-[minmax(0,2fr)_6rem_5.5rem_minmax(0,1fr)_minmax(0,11rem)_4.5rem] lg:gap-x-4'
type Shown = 'all' | QueueItem['state']

/** The items of a queue; further pages load as one scrolls, and only the rows in view are in the document. */
export function ItemTable({ queue }: { queue: Queue }) {
  const [shown, setShown] = useState<Shown>('all')
  const list = useQueueItems(queue.id, shown === 'all' ? {} : { state: shown })
  const { slug } = useProject()
  const navigate = useNavigate()
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const body = useRef<HTMLUListElement>(null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => setTop(body.current?.offsetTop ?? 0), [list.status, shown])
  const rows = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => 45,
    overscan: 12,
    scrollMargin: top,
    getItemKey: (index) => items[index]?.id ?? index,
  })
  const { index, setIndex } = useListSelection(items.length, {
    onOpen: (at) => {
      const item = items[at]
      if (item !== undefined)
        void navigate({
          to: '/p/$project/queues/$queueId/items/$itemId',
          params: { project: slug, queueId: queue.id, itemId: item.id },
        })
    },
    onMove: (at) => {
      rows.scrollToIndex(at)
      requestAnimationFrame(() => body.current?.querySelector<HTMLElement>(`[data-index="${at}"] a`)?.focus({ preventScroll: true }))
    },
  })
  const virtual = rows.getVirtualItems()
  const last = virtual.at(-1)?.index ?? -1
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = list
  useEffect(() => {
    if (last >= items.length - 20 && hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage()
  }, [last, items.length, hasNextPage, isFetchingNextPage, isError, fetchNextPage])
  return (
    <section aria-label="Items">
      <div className="overflow-x-auto pb-3">
        <Segmented<Shown>
          label="Items shown"
          segments={[
            { value: 'all', label: 'All' },
            ...Object.entries(itemStates).map(([value, { label }]) => ({ value: value as Shown, label })),
          ]}
          value={shown}
          onChange={setShown}
        />
      </div>
      {list.isPending ? (
        <SkeletonRows rows={8} label="Loading the items" />
      ) : isError && items.length === 0 ? (
        <ErrorState title="The items could not be loaded." error={list.error} onRetry={() => void list.refetch()} />
      ) : items.length === 0 ? (
        <p className="py-6 text-ink-soft">
          {shown === 'all'
            ? 'No item yet. Fill the queue from your traffic, or send traces to it from their list.'
            : 'No item is in this state.'}
        </p>
      ) : (
        <>
          <div aria-hidden="true" className={cx('hidden border-b border-line px-2 pb-2 text-note font-medium text-ink-faint', columns)}>
            <span>Item</span>
            <span>State</span>
            <span className="text-right">Judgments</span>
            <span>Skipped because</span>
            <span>Drawn from, probability</span>
            <span className="text-right">Added</span>
          </div>
          <ul ref={body} aria-label="Items" className="relative" style={{ height: rows.getTotalSize() }}>
            {virtual.map((row) => {
              const item = items[row.index]
              if (item === undefined) return null
              return (
                <li
                  key={row.key}
                  ref={rows.measureElement}
                  data-index={row.index}
                  aria-setsize={hasNextPage ? -1 : items.length}
                  aria-posinset={row.index + 1}
                  className="absolute inset-x-0 top-0"
                  style={{ transform: `translateY(${row.start - rows.options.scrollMargin}px)` }}
                >
                  <ItemRow
                    item={item}
                    overlap={queue.overlap}
                    project={slug}
                    selected={row.index === index}
                    onFocus={() => setIndex(row.index)}
                  />
                </li>
              )
            })}
          </ul>
          <div className="py-4 text-note text-ink-faint">
            {isError ? (
              <ErrorState title="The next items could not be loaded." error={list.error} onRetry={() => void fetchNextPage()} />
            ) : hasNextPage ? (
              <Button size="small" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                Load more
              </Button>
            ) : (
              `All ${items.length} shown`
            )}
          </div>
        </>
      )}
    </section>
  )
}

type ItemRowProps = { item: QueueItem; overlap: number; project: string; selected: boolean; onFocus: () => void }

function ItemRow({ item, overlap, project, selected, onFocus }: ItemRowProps) {
  const state = itemStates[item.state]
  return (
    <Link
      to="/p/$project/queues/$queueId/items/$itemId"
      params={{ project, queueId: item.queueId, itemId: item.id }}
      onFocus={onFocus}
      className={cx(
        'block border-b border-line px-2 py-2.5 focus-visible:-outline-offset-2',
        columns,
        selected ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
    >
      <span dir="auto" className="line-clamp-2 min-w-0 break-words lg:line-clamp-1 lg:break-all">
        {item.preview === '' ? <span className="text-ink-faint">Its trace has not arrived</span> : item.preview}
      </span>
      <span className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-note lg:contents lg:text-body">
        <span className="flex flex-wrap gap-1">
          <Badge tone={state.tone}>{state.label}</Badge>
          {item.gold && <Badge tone="accent">Gold</Badge>}
        </span>
        <span className="text-ink-soft lg:text-right">
          {item.judged}
          <span className="text-ink-faint"> of {overlap}</span>
          <span className="lg:sr-only"> judgments</span>
        </span>
        <span className="truncate text-ink-soft empty:max-lg:hidden">
          {item.skips.map(({ reason, n }) => `${skipReasons[reason] ?? reason}${n > 1 ? ` ×${n}` : ''}`).join(', ')}
        </span>
        <span className="truncate text-ink-soft empty:max-lg:hidden">
          {item.inclusionProbability === null ? '' : `${item.stratum ?? 'Uniform slice'}, ${formatShare(item.inclusionProbability)}`}
        </span>
        <span className="text-note text-ink-faint lg:text-right lg:text-body">
          <TimeAgo time={item.createdAt} />
        </span>
      </span>
    </Link>
  )
}
