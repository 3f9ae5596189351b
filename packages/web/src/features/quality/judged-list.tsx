import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useClient, useProject } from '../../app/client.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PagedList } from '../../ui/paged-list.tsx'
import { JudgedItem } from './judged-item.tsx'
import type { QualitySearch } from './quality-search.ts'
import { selectionOf } from './quality-search.ts'
import { useMemberNames } from '../../app/members.ts'

/** Items that several reviewers judged on a criterion, those whose votes are farthest apart first. */
export function JudgedList({ search, criterion }: { search: QualitySearch; criterion: string }) {
  const client = useClient()
  const project = useProject()
  const nameOf = useMemberNames()
  const selection = { ...selectionOf(search), criterion }
  const list = useInfiniteQuery({
    queryKey: ['quality', 'consensus', project.id, selection],
    queryFn: ({ pageParam, signal }) =>
      client.quality.consensus({ ...selection, limit: 25, ...(pageParam === null ? {} : { cursor: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
  return (
    <PagedList
      list={list}
      name="the items"
      rows={8}
      empty={
        <EmptyState title="No item was judged by several reviewers">
          On “{criterion}”, every judgment stands alone. With a queue’s overlap of two or more, the consensus and its votes appear here.
        </EmptyState>
      }
    >
      {(items) => items.map((item) => <JudgedItem key={JSON.stringify([item.kind, item.target])} item={item} nameOf={nameOf} />)}
    </PagedList>
  )
}
