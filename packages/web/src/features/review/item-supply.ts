import type { Claimed, Desk, Submitted, Work } from '@plaudit/protocol'
import { type PlauditClient, PlauditError, type SubmitInput } from '@plaudit/sdk'
import type { DeskStore } from './desk-store.ts'
import { clockOffset } from './lease-clock.ts'
import { isPassing } from './outbox.ts'

/** Items fetched ahead of the one in view: the next is there at once, and some work is left when the network goes. */
const AHEAD = 2
/** Leases that a request can name. */
const MOST_NAMED = 5
const RETRY_MS = 3_000
/** The counts that others change as well are asked for anew after so many items. */
const RECOUNT_EVERY = 10

export type ItemSupplyOptions = {
  queueId: string
  api: Pick<PlauditClient['desk'], 'get' | 'claim' | 'submit'>
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
  #isFilling = false
  #sinceCount = 0
  #asked: Promise<unknown> = Promise.resolve()
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
    const { store } = this.#options
    this.#fillsAgain = this.#isFilling
    if (this.#isFilling || this.#isClosed) return
    clearTimeout(this.#retry)
    this.#isFilling = true
    let taken = 0
    try {
      while (await this.alone(() => this.#claim())) taken += 1
    } catch (error) {
      await this.#onClaimError(error)
    } finally {
      this.#isFilling = false
    }
    if (this.#sinceCount > RECOUNT_EVERY || (taken > 0 && store.state().held.length === taken)) {
      this.#sinceCount = 0
      await this.refresh()
    }
    if (this.#fillsAgain) await this.fill()
  }

  /** Hands a judgment in; where there is room for one, the answer brings the next item. */
  submit(body: SubmitInput): Promise<Submitted> {
    const { api, queueId } = this.#options
    return this.alone(async () => {
      const sentAt = Date.now()
      const submitted = await api.submit(queueId, this.#hasRoom(body.leaseId) ? { ...body, holding: this.#holding() } : body)
      if (submitted.next !== null) this.#take(submitted.next, sentAt)
      return submitted
    })
  }

  /** Items are asked for one after the other: one that is on its way is not in hand yet, and would be handed out a second time. */
  alone<T>(ask: () => Promise<T>): Promise<T> {
    const asked = this.#asked.then(ask)
    this.#asked = asked.catch(() => undefined)
    return asked
  }

  /** Asks for one item, if there is room; false when none came. */
  async #claim(): Promise<boolean> {
    if (!this.#hasRoom()) return false
    const sentAt = Date.now()
    return this.#take(await this.#options.api.claim(this.#options.queueId, this.#holding()), sentAt)
  }

  /** Takes what the server gave in hand; false when that is nothing, or there already. */
  #take({ work, closed, now }: Claimed, sentAt: number): boolean {
    const { store, open } = this.#options
    store.set({ offset: clockOffset(now, sentAt, Date.now()), isReachable: true, closed })
    const { held } = store.state()
    if (work === null || held.some(({ lease }) => lease.id === work.lease.id)) return false
    open(work, held.length)
    this.#sinceCount += 1
    return true
  }

  /** Whether one more may be asked for. What is on its way to the server counts until it is there, but for the one that goes with the question. */
  #hasRoom(handedIn?: string): boolean {
    const { store } = this.#options
    const { desk } = store.state()
    const inHand = store.inHand.filter((leaseId) => leaseId !== handedIn)
    return !this.#isClosed && desk !== null && desk.closed === null && !mustRead(desk) && inHand.length <= AHEAD
  }

  #holding(): string[] {
    return this.#options.store.inHand.slice(0, MOST_NAMED)
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
