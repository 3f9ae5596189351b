import type { Desk, Work } from '@plaudit/protocol'
import { type PlauditClient, PlauditError } from '@plaudit/sdk'
import type { DeskStore } from './desk-store.ts'
import { clockOffset } from './lease-clock.ts'
import { isPassing } from './outbox.ts'

/** Items fetched ahead of the one in view: the next is there at once, and some work is left when the network goes. */
const AHEAD = 2
const RETRY_MS = 3_000
/** The counts that others change as well are asked for anew after so many items. */
const RECOUNT_EVERY = 10

export type ItemSupplyOptions = {
  queueId: string
  api: Pick<PlauditClient['desk'], 'get' | 'claim'>
  store: DeskStore
  /** Takes an item in hand, at a place among those that are there. */
  open: (work: Work, place: number) => void
  error: (error: unknown) => void
}

/** Keeps enough items in hand, and knows how many are left. */
export class ItemSupply {
  readonly #options: ItemSupplyOptions
  #retry: ReturnType<typeof setTimeout> | undefined
  #isClosed = false
  #sinceCount = 0
  /** Asked to take items while that was under way: something has changed since, so it is tried once more. */
  #fillsAgain = false

  constructor(options: ItemSupplyOptions) {
    this.#options = options
  }

  start(): void {
    this.#isClosed = false
  }

  stop(): void {
    this.#isClosed = true
    clearTimeout(this.#retry)
  }

  /** Asks how the queue stands. */
  async refresh(): Promise<void> {
    const { api, queueId, store, error: note } = this.#options
    try {
      const desk = await api.get(queueId)
      const left = desk.remaining + store.state().held.length
      store.set({ desk, closed: desk.closed, judged: desk.mine.judged, left, isReachable: true, problem: null })
    } catch (error) {
      note(error)
      if (store.state().desk === null) store.set({ problem: error instanceof Error ? error.message : String(error) })
    }
  }

  /** Takes items until enough of them are in hand. */
  async fill(): Promise<void> {
    const { api, queueId, store, open } = this.#options
    const { desk, isFetching } = store.state()
    this.#fillsAgain = isFetching
    if (this.#fillsAgain || this.#isClosed || desk === null || desk.closed !== null || mustRead(desk)) return
    clearTimeout(this.#retry)
    store.set({ isFetching: true })
    let taken = 0
    try {
      while (store.state().held.length - store.state().at <= AHEAD && !this.#isClosed) {
        const sentAt = Date.now()
        const { work, closed, now } = await api.claim(queueId, store.inHand.slice(0, 5))
        store.set({ offset: clockOffset(now, sentAt, Date.now()), isReachable: true, closed })
        const { held } = store.state()
        if (work === null || held.some(({ lease }) => lease.id === work.lease.id)) break
        open(work, held.length)
        taken += 1
      }
    } catch (error) {
      await this.#onClaimError(error)
    } finally {
      store.set({ isFetching: false })
    }
    this.#sinceCount += taken
    if (this.#sinceCount > RECOUNT_EVERY || (taken > 0 && store.state().held.length === taken)) {
      this.#sinceCount = 0
      await this.refresh()
    }
    if (this.#fillsAgain) await this.fill()
  }

  async #onClaimError(error: unknown): Promise<void> {
    this.#options.error(error)
    if (isPassing(error)) this.#retry = setTimeout(() => void this.fill(), RETRY_MS)
    // Either the guideline has changed, or too many items are in hand because a judgment is still on its way: its delivery goes on from here.
    else if (error instanceof PlauditError && error.code === 'conflict') await this.refresh()
    else this.#options.store.set({ closed: error instanceof Error ? error.message : String(error) })
  }
}

/** Whether the guideline has to be read before further work is handed out. */
export function mustRead(desk: Pick<Desk, 'guideline' | 'acknowledgedVersion'>): boolean {
  return desk.guideline !== null && desk.acknowledgedVersion !== desk.guideline.version
}
