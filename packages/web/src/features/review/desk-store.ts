import type { Work } from '@plaudit/protocol'
import type { DeskState } from './desk-state.ts'

/** What a desk holds at the moment, and who is told when that changes. */
export class DeskStore {
  #state: DeskState
  readonly #listeners = new Set<() => void>()

  constructor(state: DeskState) {
    this.#state = state
  }

  readonly state = (): DeskState => this.#state
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The item in view. */
  get current(): Work | undefined {
    return this.#state.held[this.#state.at]
  }

  /** Leases that the server must not hand out again: those in hand, and those whose judgment is on its way. */
  get inHand(): string[] {
    const { held, outgoing } = this.#state
    return [...held.map(({ lease }) => lease.id), ...outgoing.filter(({ problem }) => problem === null).map(({ leaseId }) => leaseId)]
  }

  set(change: Partial<DeskState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }

  /** Puts an item in the place of its older self. */
  replace(work: Work): void {
    this.set({ held: this.#state.held.map((one) => (one.lease.id === work.lease.id ? work : one)) })
  }
}
