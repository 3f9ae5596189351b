import { Link } from '@tanstack/react-router'
import { buttonClass } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { DeskState } from './desk-state.ts'

/** What stands in the place of an item: the next one on its way, or why there is none. */
export function DeskEnd({ state, project }: { state: DeskState; project: string }) {
  const waiting = state.outgoing.filter(({ problem }) => problem === null).length
  if (state.desk === null || (state.closed === null && state.isReachable)) {
    return (
      <output aria-label="The next item is on its way" className="late grid gap-8 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)]">
        <span className="flex flex-col gap-4">
          <Skeleton className="h-24" />
          <Skeleton className="h-64" />
        </span>
        <Skeleton className="h-80" />
      </output>
    )
  }
  const back = (
    <Link to="/p/$project/review" params={{ project }} className={buttonClass('primary')}>
      To my queues
    </Link>
  )
  if (!state.isReachable)
    return (
      <EmptyState title="The server cannot be reached" action={back}>
        {waiting > 0
          ? `${waiting === 1 ? 'One judgment is' : `${waiting} judgments are`} kept on this machine and sent as soon as it answers. `
          : ''}
        The next item comes by itself.
      </EmptyState>
    )
  return (
    <EmptyState title={state.judged > 0 && state.left === 0 ? 'Done: nothing is left for you here' : 'No item for you now'} action={back}>
      <p>{state.closed}</p>
      {state.judged > 0 && <p>You have judged {state.judged === 1 ? 'one item' : `${state.judged} items`} in this queue. Thank you.</p>}
    </EmptyState>
  )
}
