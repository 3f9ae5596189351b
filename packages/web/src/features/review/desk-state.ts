import type { Desk, Work } from '@plaudit/protocol'
import type { KeptDraft, SaveState } from './draft-keeper.ts'
import type { ItemDraft } from './item-draft.ts'
import type { Outgoing } from './outbox.ts'

/** Everything that the screen shows of a desk. */
export type DeskState = {
  /** Null until the desk is open. */
  desk: Desk | null
  /** Items in hand, in the order in which they came; the one in view is `held[at]`. */
  held: readonly Work[]
  at: number
  drafts: ReadonlyMap<string, ItemDraft>
  saved: ReadonlyMap<string, SaveState>
  /** Leases that have run out under the reviewer's hands. */
  expired: ReadonlySet<string>
  outgoing: readonly Outgoing[]
  /** Work on this machine for items that are not in hand any more. */
  leftOver: readonly KeptDraft[]
  /** Why there is no further item; null while there is, or while that is not known. */
  closed: string | null
  /** The server answered the last time it was asked. */
  isReachable: boolean
  /** Milliseconds that the server's clock is ahead of this machine's. */
  offset: number
  judged: number
  left: number
  /** Why the desk cannot be opened. */
  problem: string | null
}

/** A desk that nobody has opened yet; judgments from before may still be on their way. */
export function emptyDesk(outgoing: readonly Outgoing[]): DeskState {
  return {
    desk: null,
    held: [],
    at: 0,
    drafts: new Map(),
    saved: new Map(),
    expired: new Set(),
    outgoing,
    leftOver: [],
    closed: null,
    isReachable: true,
    offset: 0,
    judged: 0,
    left: 0,
    problem: null,
  }
}

/** With one more item in hand, at a place among the others; the place in view keeps its number, so that an item put there is in view. */
export function withItem(state: DeskState, work: Work, draft: ItemDraft, place: number): Partial<DeskState> {
  const leaseId = work.lease.id
  return {
    held: state.held.toSpliced(place, 0, work),
    drafts: new Map(state.drafts).set(leaseId, draft),
    expired: new Set([...state.expired].filter((one) => one !== leaseId)),
    leftOver: state.leftOver.filter((kept) => kept.leaseId !== leaseId),
  }
}

/** Without an item: the next one comes in view in its place, or the one before when it was the last. */
export function withoutItem(state: DeskState, leaseId: string): Partial<DeskState> {
  const index = state.held.findIndex(({ lease }) => lease.id === leaseId)
  if (index < 0) return {}
  const at = index < state.at ? state.at - 1 : state.at
  const others = <V>(map: ReadonlyMap<string, V>) => new Map([...map].filter(([key]) => key !== leaseId))
  return {
    held: state.held.toSpliced(index, 1),
    at: Math.max(0, Math.min(at, state.held.length - 2)),
    drafts: others(state.drafts),
    saved: others(state.saved),
  }
}
