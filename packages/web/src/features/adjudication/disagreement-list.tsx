import type { Disagreement } from '@plaudit/sdk'
import { Link, useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useProject } from '../../app/client.tsx'
import { cx } from '../../ui/cx.ts'
import { formatDecimal } from '../../ui/format-number.ts'
import { itemsOf, PagedList } from '../../ui/paged-list.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { useListSelection } from '../../ui/use-list-selection.ts'
import { useDisagreements } from './use-adjudication.ts'

/** What people do not agree on, the farthest apart first: the items that tell most about the guideline. */
export function DisagreementList({ queueId }: { queueId: string }) {
  const [decided, setDecided] = useState<'true' | 'false'>('false')
  const { slug } = useProject()
  const navigate = useNavigate()
  const list = useDisagreements(queueId, decided)
  const body = useRef<HTMLUListElement>(null)
  const items = itemsOf(list)
  const { index, setIndex } = useListSelection(items.length, {
    onOpen: (at) => {
      const one = items[at]
      if (one !== undefined)
        void navigate({ to: '/p/$project/queues/$queueId/items/$itemId', params: { project: slug, queueId, itemId: one.item.id } })
    },
    onMove: (at) => body.current?.querySelectorAll<HTMLElement>('a')[at]?.focus(),
  })
  return (
    <section aria-label="Disagreements">
      <div className="flex flex-wrap items-center justify-between gap-3 pb-3">
        <Segmented
          label="Disagreements shown"
          segments={[
            { value: 'false', label: 'Open' },
            { value: 'true', label: 'Decided' },
          ]}
          value={decided}
          onChange={setDecided}
        />
        <p className="text-note text-ink-faint">
          Distance from 0 (of one mind) to 1 (as far apart as can be), of the criterion that differs most.
        </p>
      </div>
      <PagedList
        list={list}
        name="the disagreements"
        rows={5}
        empty={
          <p className="max-w-prose py-4 text-ink-soft">
            {decided === 'true'
              ? 'No disagreement has been decided yet.'
              : 'Nothing to decide: where two people have judged the same item, they agree. Items come here as soon as they do not.'}
          </p>
        }
      >
        {() => (
          <ul ref={body} aria-label="Items to decide" className="border-t border-line">
            {items.map((one, at) => (
              <li key={one.item.id}>
                <Row disagreement={one} project={slug} selected={at === index} onFocus={() => setIndex(at)} />
              </li>
            ))}
          </ul>
        )}
      </PagedList>
    </section>
  )
}

type RowProps = { disagreement: Disagreement; project: string; selected: boolean; onFocus: () => void }

function Row({ disagreement: { item, score, criteria }, project, selected, onFocus }: RowProps) {
  const differing = Object.entries(criteria)
    .filter(([, distance]) => distance > 0)
    .toSorted(([, a], [, b]) => b - a)
  return (
    <Link
      to="/p/$project/queues/$queueId/items/$itemId"
      params={{ project, queueId: item.queueId, itemId: item.id }}
      onFocus={onFocus}
      className={cx(
        'grid grid-cols-[3rem_minmax(0,1fr)] items-baseline gap-x-4 border-b border-line px-2 py-2.5 focus-visible:-outline-offset-2 lg:grid-cols-[3rem_minmax(0,1fr)_minmax(0,20rem)_6rem]',
        selected ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
    >
      <span className="font-medium">{formatDecimal(score)}</span>
      <span dir="auto" className="line-clamp-2 min-w-0 break-words lg:line-clamp-1 lg:break-all">
        {item.preview === '' ? 'Item' : item.preview}
      </span>
      <span className="col-start-2 truncate text-ink-soft lg:col-start-3">
        {differing.map(([criterion, distance]) => `${criterion} ${formatDecimal(distance)}`).join(' · ')}
      </span>
      <span className="col-start-2 text-note text-ink-faint lg:col-start-4 lg:text-right">
        {item.judged === 1 ? '1 judgment' : `${item.judged} judgments`}
      </span>
    </Link>
  )
}
