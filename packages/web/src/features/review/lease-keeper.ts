import type { Work } from '@plaudit/protocol'
import type { PlauditClient } from '@plaudit/sdk'
import { withoutItem } from './desk-state.ts'
import type { DeskStore } from './desk-store.ts'
import { dueForRenewal } from './lease-clock.ts'
import { isPassing } from './outbox.ts'

export type LeaseKeeperOptions = {
  queueId: string
  api: Pick<PlauditClient['desk'], 'extend'>
  store: DeskStore
  /** An item was given back; another one may be taken. */
  givenBack: () => void
  error: (error: unknown) => void
}

/** Renews the leases of items in hand while they are worked on, and notices those that have run out. */
export class LeaseKeeper {
  readonly #options: LeaseKeeperOptions

  constructor(options: LeaseKeeperOptions) {
    this.#options = options
  }

  /** To be called every few seconds. */
  async beat({ isIdle }: { isIdle: boolean }): Promise<void> {
    const { desk, held, offset, expired } = this.#options.store.state()
    if (desk === null) return
    const leaseMs = desk.leaseMinutes * 60_000
    for (const work of dueForRenewal(held, { now: Date.now(), offset, leaseMs, isIdle, expired })) await this.renew(work)
  }

  /** Asks for more time on an item; whether it was given. */
  async renew(work: Work): Promise<boolean> {
    const { api, queueId, store, error: note } = this.#options
    try {
      const { expiresAt } = await api.extend(queueId, work.lease.id)
      store.replace({ ...work, lease: { ...work.lease, expiresAt } })
      return true
    } catch (error) {
      note(error)
      if (!isPassing(error)) this.#lose(work)
      return false
    }
  }

  /** A lease has run out. What is filled in stays in view and can still be submitted; an item that was not begun is given back. */
  #lose(work: Work): void {
    const { store, givenBack } = this.#options
    const { held, at, drafts, expired } = store.state()
    const isBegun = (drafts.get(work.lease.id)?.past.length ?? 0) > 0 || held.indexOf(work) === at
    if (isBegun) {
      if (!expired.has(work.lease.id)) store.set({ expired: new Set([...expired, work.lease.id]) })
      return
    }
    store.set(withoutItem(store.state(), work.lease.id))
    givenBack()
  }
}
