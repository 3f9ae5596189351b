import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { ErrorState } from './error-state.tsx'
import { formatWhole } from './format-number.ts'
import { SkeletonRows } from './skeleton.tsx'

export type PagedListProps<T> = {
  list: UseInfiniteQueryResult<InfiniteData<{ items: readonly T[] }>>
  /** What it lists, in the plural and with its article: "the queues". */
  name: string
  /** What a failure of the first page leaves as it was: "Your filters are kept." */
  kept?: string
  /** Rows that hold the place while the first page loads. */
  rows?: number
  /** In the place of a list without items. */
  empty: ReactNode
  /** Around everything but the items and their `empty`: margins for a list that reaches the page's edges. */
  inset?: string
  children: (items: readonly T[]) => ReactNode
}

/** A list that loads page by page, with what stands there while it loads, where it fails, where it is empty, and at its end. */
export function PagedList<T>({ list, name, kept, rows = 4, empty, inset = '', children }: PagedListProps<T>) {
  const items = itemsOf(list)
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1)} could not be loaded.${kept === undefined ? '' : ` ${kept}`}`
  if (list.isPending) return <SkeletonRows rows={rows} label={`Loading ${name}`} />
  if (list.isError && items.length === 0)
    return (
      <div className={inset}>
        <ErrorState title={title} error={list.error} onRetry={() => void list.refetch()} />
      </div>
    )
  if (items.length === 0) return empty
  const isLong = list.data !== undefined && list.data.pages.length > 1
  return (
    <>
      {children(items)}
      {(list.hasNextPage || isLong) && (
        <div className={`py-4 text-note text-ink-faint ${inset}`}>
          {list.isFetchNextPageError && <ErrorState title={`More of ${name} could not be loaded.`} error={list.error} />}
          {list.hasNextPage ? (
            <Button size="small" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              Load more
            </Button>
          ) : (
            `All ${formatWhole(items.length)} shown`
          )}
        </div>
      )}
    </>
  )
}

/** What has been loaded of a list, in its order. */
export function itemsOf<T>(list: { data: InfiniteData<{ items: readonly T[] }> | undefined }): readonly T[] {
  return list.data?.pages.flatMap((page) => page.items) ?? []
}
