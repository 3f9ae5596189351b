import type { AnswerProblem, Criterion, SkipReason, Work } from '@plaudit/protocol'
import { type PlauditClient, PlauditError, type SkipInput, type SubmitInput } from '@plaudit/sdk'
import { ActiveTime } from './active-time.ts'
import { toWire } from './answer-wire.ts'
import { DraftKeeper, judgedText, type KeptDraft, previewOf } from './draft-keeper.ts'
import { type DeskState, emptyDesk, withItem, withoutItem } from './desk-state.ts'
import { DeskStore } from './desk-store.ts'
import { type Change, changed, type ItemDraft, redo, undo } from './item-draft.ts'
import { ItemSupply } from './item-supply.ts'
import { LeaseKeeper } from './lease-keeper.ts'
import { type Delivered, Outbox, type Outgoing } from './outbox.ts'
import { submissionOf } from './submission.ts'

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
  readonly #store: DeskStore
  readonly #outbox: Outbox
  readonly #drafts: DraftKeeper
  readonly #supply: ItemSupply
  readonly #leases: LeaseKeeper
  readonly #times = new Map<string, ActiveTime>()
  #last: Work | null = null
  /** The judgment that is to be opened again when it has arrived. */
  #reopensNext: string | null = null

  constructor(queueId: string, owner: string, api: DeskApi, events: DeskEvents) {
    this.#queueId = queueId
    this.#api = api
    this.#events = events
    const ofQueue = (entries: readonly Outgoing[]) => entries.filter((entry) => entry.queueId === queueId)
    const error = (thrown: unknown) => this.#noteError(thrown)
    const sending = {
      submit: (to: string, body: SubmitInput) => (to === queueId ? this.#supply.submit(body) : api.submit(to, body)),
      skip: (to: string, body: SkipInput) => api.skip(to, body),
    }
    this.#outbox = new Outbox(owner, sending, {
      change: (entries) => this.#store.set({ outgoing: ofQueue(entries) }),
      delivered: (delivered) => this.#onDelivered(delivered),
      error,
    })
    this.#store = new DeskStore(emptyDesk(ofQueue(this.#outbox.entries)))
    const store = this.#store
    this.#drafts = new DraftKeeper(
      owner,
      (body) => api.draft(queueId, body),
      (leaseId, state) => store.set({ saved: new Map(this.#state.saved).set(leaseId, state) }),
    )
    this.#supply = new ItemSupply({ queueId, api, store, open: (work, place) => this.#open(work, place), error })
    this.#leases = new LeaseKeeper({ queueId, api, store, givenBack: () => void this.#supply.fill(), error })
  }

  readonly state = (): DeskState => this.#state
  readonly subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener)

  get current(): Work | undefined {
    return this.#store.current
  }

  /** Opens the desk and takes the first items, unless the guideline has to be read first. */
  async open(): Promise<void> {
    this.#supply.start()
    void this.#outbox.flush()
    await this.#supply.refresh()
    await this.#supply.fill()
    this.#store.set({ leftOver: this.#drafts.leftOver(this.#queueId, this.#store.inHand) })
  }

  /** Goes on after the guideline has been acknowledged. */
  async acknowledged(): Promise<void> {
    await this.#supply.refresh()
    await this.#supply.fill()
  }

  /** Leaves the desk. What waits to be sent stays on this machine. */
  close(): void {
    this.#supply.stop()
    this.#drafts.close()
    this.#outbox.close()
  }

  /** The page may go away at any moment from now on. */
  readonly persist = (): void => this.#drafts.write()

  /** The network is back. */
  readonly reconnect = (): void => {
    void this.#outbox.flush()
    this.#drafts.retry()
    void this.#supply.fill()
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
    this.#store.set({ at })
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
    this.#store.set({ judged: this.#state.judged + 1 })
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
        await this.#supply.alone(async () => this.#reopened(await this.#api.reopen(this.#queueId)))
      } catch (error) {
        this.#noteError(error)
        this.#events.say(error instanceof Error ? error.message : 'It could not be opened.')
      }
    }
  }

  /** Asks for more time on the item in view. */
  async extend(): Promise<void> {
    if (this.current !== undefined && (await this.#leases.renew(this.current))) this.#events.say('You have more time.')
  }

  /** Keeps the leases that are in use. To be called every few seconds, with the time of a clock that only goes forward. */
  async beat(now: number): Promise<void> {
    await this.#leases.beat({ isIdle: this.#timeOf(this.current)?.isIdle(now) ?? true })
  }

  async bookmark(): Promise<void> {
    const work = this.current
    if (work === undefined) return
    const bookmarked = !work.bookmarked
    this.#store.replace({ ...work, bookmarked })
    try {
      await this.#api.bookmark(this.#queueId, work.lease.id, bookmarked)
    } catch (error) {
      this.#noteError(error)
      this.#store.replace(work)
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
    this.#store.set(withoutItem(this.#state, work.lease.id))
    this.#store.set({ leftOver: this.#drafts.leftOver(this.#queueId, this.#store.inHand) })
    void this.#supply.fill()
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
    this.#store.set({ leftOver: this.#drafts.leftOver(this.#queueId, this.#store.inHand) })
    void this.#supply.fill()
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
    this.#store.set({ leftOver: this.#state.leftOver.filter((kept) => kept.leaseId !== leaseId) })
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
    this.#store.set({ drafts: new Map(this.#state.drafts).set(work.lease.id, next) })
    this.#drafts.keep(work, this.#criteria(), next.now, Math.round(this.activeMs(performance.now())))
  }

  /** Puts a judgment that was submitted in view again, before the others in hand. */
  #reopened(work: Work): void {
    this.#leave()
    this.#last = null
    const { at, judged, left } = this.#state
    this.#open(work, at)
    this.#store.set({ closed: null, judged: Math.max(0, judged - 1), left: left + 1 })
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
    this.#store.set(withItem(this.#state, work, draft, place))
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
    this.#store.set({ ...withoutItem(this.#state, leaseId), left: Math.max(0, this.#state.left - 1) })
    this.#outbox.add({ ...this.#outgoing({ leaseId, preview: previewOf(work), outputs: work.outputs.length }), ...decision })
  }

  #outgoing({ leaseId, preview, outputs }: Pick<Outgoing, 'leaseId' | 'preview' | 'outputs'>) {
    return { queueId: this.#queueId, leaseId, preview, outputs, at: Date.now(), attempts: 0, problem: null }
  }

  #onDelivered(delivered: Delivered): void {
    this.#store.set({ isReachable: true })
    this.#events.delivered(delivered)
    if (delivered.entry.leaseId === this.#reopensNext) {
      this.#reopensNext = null
      void this.reopen()
    }
    void this.#supply.fill()
  }

  #timeOf(work: Work | undefined): ActiveTime | undefined {
    return work === undefined ? undefined : this.#times.get(work.lease.id)
  }

  #noteError(error: unknown): void {
    if (error instanceof PlauditError && error.isTransient) this.#store.set({ isReachable: false })
    this.#events.error(error)
  }

  get #state(): DeskState {
    return this.#store.state()
  }
}
