import type { AnswerProblem, Criterion, Desk, SkipReason, Work } from '@plaudit/protocol'
import { type PlauditClient, PlauditError } from '@plaudit/sdk'
import { ActiveTime } from './active-time.ts'
import { toWire } from './answer-wire.ts'
import { DraftKeeper, judgedText, type KeptDraft, previewOf } from './draft-keeper.ts'
import { type DeskState, emptyDesk, withItem, withoutItem } from './desk-state.ts'
import { type Change, changed, type ItemDraft, redo, undo } from './item-draft.ts'
import { clockOffset, dueForRenewal } from './lease-clock.ts'
import { type Delivered, isPassing, Outbox, type Outgoing } from './outbox.ts'
import { submissionOf } from './submission.ts'

/** Items fetched ahead of the one in view: the next is there at once, and some work is left when the network goes. */
const AHEAD = 2
const RETRY_MS = 3_000
/** The counts that others change as well are asked for anew after so many items. */
const RECOUNT_EVERY = 10

export type DeskApi = Pick<
  PlauditClient['desk'],
  'get' | 'claim' | 'extend' | 'draft' | 'submit' | 'skip' | 'reopen' | 'bookmark' | 'challenge'
>
export type DeskEvents = { delivered: (delivered: Delivered) => void; error: (error: unknown) => void; say: (text: string) => void }

/** A reviewer at a queue: takes items, keeps what is filled in, hands judgments in, and loses nothing on the way. Knows nothing of the screen. */
export class DeskSession {
  readonly #queueId: string
  readonly #api: DeskApi
  readonly #events: DeskEvents
  readonly #outbox: Outbox
  readonly #drafts: DraftKeeper
  readonly #times = new Map<string, ActiveTime>()
  readonly #listeners = new Set<() => void>()
  #last: Work | null = null
  /** The judgment that is to be opened again when it has arrived. */
  #reopensNext: string | null = null
  #retry: ReturnType<typeof setTimeout> | undefined
  #isClosed = false
  #sinceCount = 0
  /** Asked to take items while that was under way: something has changed since, so it is tried once more. */
  #fillsAgain = false
  #state: DeskState

  constructor(queueId: string, owner: string, api: DeskApi, events: DeskEvents) {
    this.#queueId = queueId
    this.#api = api
    this.#events = events
    this.#outbox = new Outbox(owner, api, {
      change: (entries) => this.#set({ outgoing: entries.filter((entry) => entry.queueId === queueId) }),
      delivered: (delivered) => this.#onDelivered(delivered),
      error: (error) => this.#noteError(error),
    })
    this.#drafts = new DraftKeeper(
      owner,
      (body) => api.draft(queueId, body),
      (leaseId, state) => this.#set({ saved: new Map(this.#state.saved).set(leaseId, state) }),
    )
    this.#state = emptyDesk(this.#outbox.entries.filter((entry) => entry.queueId === queueId))
  }

  readonly state = (): DeskState => this.#state
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get current(): Work | undefined {
    return this.#state.held[this.#state.at]
  }

  /** Opens the desk and takes the first items, unless the guideline has to be read first. */
  async open(): Promise<void> {
    this.#isClosed = false
    void this.#outbox.flush()
    await this.#refresh()
    await this.#fill()
    this.#set({ leftOver: this.#drafts.leftOver(this.#queueId, this.#inHand()) })
  }

  /** Goes on after the guideline has been acknowledged. */
  async acknowledged(): Promise<void> {
    await this.#refresh()
    await this.#fill()
  }

  /** Leaves the desk. What waits to be sent stays on this machine. */
  close(): void {
    this.#isClosed = true
    this.#drafts.close()
    this.#outbox.close()
    clearTimeout(this.#retry)
  }

  /** The page may go away at any moment from now on. */
  readonly persist = (): void => this.#drafts.write()

  /** The network is back. */
  readonly reconnect = (): void => {
    void this.#outbox.flush()
    this.#drafts.retry()
    void this.#fill()
  }

  change(change: Change): void {
    this.#edit((draft) => changed(draft, change, Date.now()))
  }
  undo(): void {
    this.#edit(undo)
  }
  redo(): void {
    this.#edit(redo)
  }

  /** A sign of life at the item in view; `now` of a clock that only goes forward. */
  touch(now: number): void {
    this.#timeOf(this.current)?.touch(now)
  }
  /** The item in view is not looked at any more. */
  rest(now: number): void {
    this.#timeOf(this.current)?.stop(now)
  }
  activeMs(now: number): number {
    return this.#timeOf(this.current)?.total(now) ?? 0
  }

  /** Looks at the next or the previous item in hand. */
  move(direction: -1 | 1): boolean {
    const at = this.#state.at + direction
    if (this.#state.held[at] === undefined) return false
    this.#leave()
    this.#set({ at })
    return true
  }

  /** What is wrong with the answers to the item in view; empty when it can be submitted. */
  problems(): readonly AnswerProblem[] {
    return this.#submission({})?.problems ?? []
  }

  /** Hands in the judgment on the item in view and goes to the next one at once; the judgment travels behind. */
  submit(rendering: Record<string, unknown>): void {
    const work = this.current
    const submission = this.#submission(rendering)
    if (work === undefined || submission === null || submission.problems.length > 0) return
    const { answers = {}, rationales = {}, activeMs = 0 } = submission.body
    this.#last = { ...work, draft: { answers, rationales, activeMs } }
    this.#finish(work, { kind: 'submit', body: submission.body })
    this.#set({ judged: this.#state.judged + 1 })
  }

  /** Passes the item in view on. */
  skip(reason: SkipReason, note: string): void {
    const work = this.current
    if (work !== undefined) this.#finish(work, { kind: 'skip', body: { leaseId: work.lease.id, reason, note } })
  }

  /** Opens the judgment again that was submitted last; while it is being sent, as soon as it has arrived. */
  async reopen(): Promise<void> {
    const last = this.#last
    const taken = last === null ? null : this.#outbox.takeBack(last.lease.id)
    if (last !== null && taken !== null) this.#reopened(last)
    else if (last !== null && this.#isOnItsWay(last.lease.id)) {
      this.#reopensNext = last.lease.id
      if (!this.#state.isReachable) this.#events.say('It opens as soon as it has been sent.')
    } else {
      try {
        this.#reopened(await this.#api.reopen(this.#queueId))
      } catch (error) {
        this.#noteError(error)
        this.#events.say(error instanceof Error ? error.message : 'It could not be opened.')
      }
    }
  }

  /** Asks for more time on the item in view. */
  async extend(): Promise<void> {
    if (this.current !== undefined && (await this.#renew(this.current))) this.#events.say('You have more time.')
  }

  /** Renews leases that are in use, and notices those that have run out. To be called every few seconds. */
  async beat(now: number): Promise<void> {
    const { desk, held, offset, expired } = this.#state
    if (desk === null) return
    const isIdle = this.#timeOf(this.current)?.isIdle(now) ?? true
    const leaseMs = desk.leaseMinutes * 60_000
    for (const work of dueForRenewal(held, { now: Date.now(), offset, leaseMs, isIdle, expired })) await this.#renew(work)
  }

  async bookmark(): Promise<void> {
    const work = this.current
    if (work === undefined) return
    const bookmarked = !work.bookmarked
    this.#replace({ ...work, bookmarked })
    try {
      await this.#api.bookmark(this.#queueId, work.lease.id, bookmarked)
    } catch (error) {
      this.#noteError(error)
      this.#replace(work)
      this.#events.say('The bookmark could not be kept.')
    }
  }

  /** Tells a lead that something is wrong with the item in view. @throws what the server answers. */
  async report(note: string): Promise<void> {
    if (this.current !== undefined) await this.#api.challenge(this.#queueId, this.current.lease.id, note)
  }

  /** Puts the item in view away, whose time is over; what is filled in stays on this machine and is offered again. */
  letGo(): void {
    const work = this.current
    if (work === undefined) return
    this.#leave()
    this.#drafts.write()
    this.#set(withoutItem(this.#state, work.lease.id))
    this.#set({ leftOver: this.#drafts.leftOver(this.#queueId, this.#inHand()) })
    void this.#fill()
  }

  retryOutgoing(leaseId: string): void {
    this.#outbox.retry(leaseId)
  }
  discardOutgoing(leaseId: string): void {
    this.#outbox.discard(leaseId)
  }
  /** Makes a refused judgment a draft again; its item comes back while it is still one's own. */
  reviseOutgoing(entry: Outgoing & { kind: 'submit' }): void {
    this.#drafts.restore(entry)
    this.#outbox.discard(entry.leaseId)
    this.#set({ leftOver: this.#drafts.leftOver(this.#queueId, this.#inHand()) })
    void this.#fill()
  }

  /** Hands in work that was left on this machine, as it is. */
  submitLeftOver(kept: KeptDraft): void {
    const { desk } = this.#state
    if (desk === null) return
    const { body, problems } = submissionOf(desk, kept, { takenUpLater: true })
    const [problem] = problems
    if (problem !== undefined) {
      this.#events.say(problem.message)
      return
    }
    this.discardLeftOver(kept.leaseId)
    this.#outbox.add({ ...this.#outgoing(kept), kind: 'submit', body })
  }
  discardLeftOver(leaseId: string): void {
    this.#drafts.forget(leaseId)
    this.#set({ leftOver: this.#state.leftOver.filter((kept) => kept.leaseId !== leaseId) })
  }

  // ---- the ways between ----

  #criteria(): readonly Criterion[] {
    return this.#state.desk?.rubric.criteria ?? []
  }

  /** The judgment on the item in view as it stands. */
  #submission(rendering: Record<string, unknown>) {
    const { desk, drafts } = this.#state
    const work = this.current
    const draft = work === undefined ? undefined : drafts.get(work.lease.id)
    if (desk === null || work === undefined || draft === undefined) return null
    const wire = toWire(desk.rubric.criteria, draft.now, judgedText(work))
    const activeMs = this.activeMs(performance.now())
    return submissionOf(desk, { ...wire, leaseId: work.lease.id, activeMs, outputs: work.outputs.length }, rendering)
  }

  #edit(edit: (draft: ItemDraft) => ItemDraft): void {
    const work = this.current
    const draft = work === undefined ? undefined : this.#state.drafts.get(work.lease.id)
    if (work === undefined || draft === undefined) return
    const next = edit(draft)
    if (next === draft) return
    this.touch(performance.now())
    this.#set({ drafts: new Map(this.#state.drafts).set(work.lease.id, next) })
    this.#drafts.keep(work, this.#criteria(), next.now, Math.round(this.activeMs(performance.now())))
  }

  async #refresh(): Promise<void> {
    try {
      const desk = await this.#api.get(this.#queueId)
      this.#set({
        desk,
        closed: desk.closed,
        judged: desk.mine.judged,
        left: desk.remaining + this.#state.held.length,
        isReachable: true,
        problem: null,
      })
    } catch (error) {
      this.#noteError(error)
      if (this.#state.desk === null) this.#set({ problem: error instanceof Error ? error.message : String(error) })
    }
  }

  /** Takes items until enough of them are in hand. */
  async #fill(): Promise<void> {
    const { desk } = this.#state
    this.#fillsAgain = this.#state.isFetching
    if (this.#fillsAgain || this.#isClosed || desk === null || desk.closed !== null || mustRead(desk)) return
    clearTimeout(this.#retry)
    this.#set({ isFetching: true })
    let taken = 0
    try {
      while (this.#state.held.length - this.#state.at <= AHEAD && !this.#isClosed) {
        const sentAt = Date.now()
        const { work, closed, now } = await this.#api.claim(this.#queueId, this.#inHand().slice(0, 5))
        this.#set({ offset: clockOffset(now, sentAt, Date.now()), isReachable: true, closed })
        if (work === null || this.#state.held.some(({ lease }) => lease.id === work.lease.id)) break
        this.#open(work, this.#state.held.length)
        taken += 1
      }
    } catch (error) {
      await this.#onClaimError(error)
    } finally {
      this.#set({ isFetching: false })
    }
    this.#sinceCount += taken
    if (this.#sinceCount > RECOUNT_EVERY || (taken > 0 && this.#state.held.length === taken)) {
      this.#sinceCount = 0
      await this.#refresh()
    }
    if (this.#fillsAgain) await this.#fill()
  }

  async #onClaimError(error: unknown): Promise<void> {
    this.#noteError(error)
    if (isPassing(error)) this.#retry = setTimeout(() => void this.#fill(), RETRY_MS)
    // Either the guideline has changed, or too many items are in hand because a judgment is still on its way: its delivery goes on from here.
    else if (error instanceof PlauditError && error.code === 'conflict') await this.#refresh()
    else this.#set({ closed: error instanceof Error ? error.message : String(error) })
  }

  /** Leases that the server must not hand out again: those in hand, and those whose judgment is on its way. */
  #inHand(): string[] {
    const { held, outgoing } = this.#state
    return [...held.map(({ lease }) => lease.id), ...outgoing.filter(({ problem }) => problem === null).map(({ leaseId }) => leaseId)]
  }

  /** Puts a judgment that was submitted in view again, before the others in hand. */
  #reopened(work: Work): void {
    this.#leave()
    this.#last = null
    const { at, judged, left } = this.#state
    this.#open(work, at)
    this.#set({ closed: null, judged: Math.max(0, judged - 1), left: left + 1 })
    this.#events.say('Opened the judgment that you submitted last.')
  }

  #isOnItsWay(leaseId: string): boolean {
    return this.#state.outgoing.some((entry) => entry.leaseId === leaseId && entry.problem === null)
  }

  /** Takes an item in hand, at a place among those that are there. */
  #open(work: Work, place: number): void {
    const { draft, activeMs, lost } = this.#drafts.open(work, this.#criteria())
    if (lost > 0) this.#events.say(`The text has changed: ${lost === 1 ? 'one mark does' : `${lost} marks do`} not fit it any more.`)
    this.#times.set(work.lease.id, new ActiveTime(activeMs))
    this.#set(withItem(this.#state, work, draft, place))
  }

  #leave(): void {
    this.rest(performance.now())
  }

  /** The item in view is decided: it goes out of hand, and the decision on its way. */
  #finish(
    work: Work,
    decision: Pick<Outgoing & { kind: 'submit' }, 'kind' | 'body'> | Pick<Outgoing & { kind: 'skip' }, 'kind' | 'body'>,
  ): void {
    const leaseId = work.lease.id
    this.#leave()
    this.#drafts.forget(leaseId)
    this.#times.delete(leaseId)
    this.#set({ ...withoutItem(this.#state, leaseId), left: Math.max(0, this.#state.left - 1) })
    this.#outbox.add({ ...this.#outgoing({ leaseId, preview: previewOf(work), outputs: work.outputs.length }), ...decision })
    void this.#fill()
  }

  #outgoing({ leaseId, preview, outputs }: Pick<Outgoing, 'leaseId' | 'preview' | 'outputs'>) {
    return { queueId: this.#queueId, leaseId, preview, outputs, at: Date.now(), attempts: 0, problem: null }
  }

  #onDelivered(delivered: Delivered): void {
    this.#set({ isReachable: true })
    this.#events.delivered(delivered)
    if (delivered.entry.leaseId === this.#reopensNext) {
      this.#reopensNext = null
      void this.reopen()
    }
    void this.#fill()
  }

  async #renew(work: Work): Promise<boolean> {
    try {
      const { expiresAt } = await this.#api.extend(this.#queueId, work.lease.id)
      this.#replace({ ...work, lease: { ...work.lease, expiresAt } })
      return true
    } catch (error) {
      this.#noteError(error)
      if (!isPassing(error)) this.#lose(work)
      return false
    }
  }

  /** A lease has run out. What is filled in stays in view and can still be submitted; an item that was not begun is given back. */
  #lose(work: Work): void {
    const { held, at, drafts, expired } = this.#state
    const isBegun = (drafts.get(work.lease.id)?.past.length ?? 0) > 0 || held.indexOf(work) === at
    if (isBegun) {
      if (!expired.has(work.lease.id)) this.#set({ expired: new Set([...expired, work.lease.id]) })
      return
    }
    this.#set(withoutItem(this.#state, work.lease.id))
    void this.#fill()
  }

  #replace(work: Work): void {
    this.#set({ held: this.#state.held.map((one) => (one.lease.id === work.lease.id ? work : one)) })
  }

  #timeOf(work: Work | undefined): ActiveTime | undefined {
    return work === undefined ? undefined : this.#times.get(work.lease.id)
  }

  #noteError(error: unknown): void {
    if (error instanceof PlauditError && error.isTransient) this.#set({ isReachable: false })
    this.#events.error(error)
  }

  #set(change: Partial<DeskState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}

/** Whether the guideline has to be read before further work is handed out. */
export function mustRead(desk: Pick<Desk, 'guideline' | 'acknowledgedVersion'>): boolean {
  return desk.guideline !== null && desk.acknowledgedVersion !== desk.guideline.version
}
