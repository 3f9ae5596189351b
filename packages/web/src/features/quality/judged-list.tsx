import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useClient, useProject } from '../../app/client.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { formatWhole } from '../../ui/format-number.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { JudgedItem } from './judged-item.tsx'
import type { QualitySearch } from './quality-search.ts'
import { selectionOf } from './quality-search.ts'
import { useReviewerNames } from './use-reviewer-names.ts'

/** Items that several reviewers judged on a criterion, those whose votes are farthest apart first. */
export function JudgedList({ search, criterion }: { search: QualitySearch; criterion: string }) {
  const client = useClient()
  const project = useProject()
  const nameOf = useReviewerNames()
  const selection = { ...selectionOf(search), criterion }
  const list = useInfiniteQuery({
    queryKey: ['quality', 'consensus', project.id, selection],
    queryFn: ({ pageParam, signal }) =>
      client.quality.consensus({ ...selection, limit: 25, ...(pageParam === null ? {} : { cursor: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
  if (list.isPending) return <SkeletonRows rows={8} label="Loading the items" />
  if (list.isError) return <ErrorState title="The items could not be loaded." error={list.error} onRetry={() => void list.refetch()} />
  const items = list.data.pages.flatMap((page) => page.items)
  if (items.length === 0)
    return (
      <EmptyState title="No item was judged by several reviewers">
        On “{criterion}”, every judgment stands alone. With a queue’s overlap of two or more, the consensus and its votes appear here.
      </EmptyState>
    )
  return (
    <>
      {items.map((item) => (
        <JudgedItem key={JSON.stringify([item.kind, item.target])} item={item} nameOf={nameOf} />
      ))}
      <div className="py-4 text-note text-ink-faint">
        {list.hasNextPage ? (
          <Button size="small" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Load more
          </Button>
        ) : (
          `All ${formatWhole(items.length)} shown`
        )}
      </div>
    </>
  )
}
