import { PlauditError, type SkipInput, type SubmitInput } from '@plaudit/sdk'
import { localKeys, readLocal, writeLocal } from '../../ui/local-json.ts'

type Sent = {
  queueId: string
  leaseId: string
  /** By which its author knows the item. */
  preview: string
  /** How many outputs it shows. */
  outputs: number
  /** When it was decided, by this machine's clock; only puts entries in order. */
  at: number
  attempts: number
  problem: string | null
}
/** A judgment or a skip on its way to the server. `problem`: why the server refused it; it stays until its author decides. */
export type Outgoing = Sent & ({ kind: 'submit'; body: SubmitInput } | { kind: 'skip'; body: SkipInput })
export type Delivered = { entry: Outgoing; result: { state: 'accepted' | 'late'; goldFeedback: string | null } | null }

export type OutboxApi = {
  submit(queueId: string, body: SubmitInput): Promise<{ state: 'accepted' | 'late'; goldFeedback: string | null }>
  skip(queueId: string, body: SkipInput): Promise<void>
}

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000

/**
 * What has been decided and not yet been taken by the server, kept on this machine until it is. Submits carry an id, so that a repeat after a
 * lost answer is the same judgment. Entries go out one after the other in their order; a refused one makes room for the next.
 */
export class Outbox {
  readonly #prefix: string
  readonly #api: OutboxApi
  readonly #onChange: (entries: readonly Outgoing[]) => void
  readonly #onDelivered: (delivered: Delivered) => void
  readonly #onError: (error: unknown) => void
  #entries: readonly Outgoing[]
  #isSending = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #pause = FIRST_PAUSE_MS

  /** @param owner whose entries these are: another person on the same machine has others. */
  constructor(
    owner: string,
    api: OutboxApi,
    on: { change: (entries: readonly Outgoing[]) => void; delivered: (delivered: Delivered) => void; error?: (error: unknown) => void },
  ) {
    this.#prefix = prefixOf(owner)
    this.#api = api
    this.#onChange = on.change
    this.#onDelivered = on.delivered
    this.#onError = on.error ?? (() => undefined)
    this.#entries = keptEntries(owner)
  }

  get entries(): readonly Outgoing[] {
    return this.#entries
  }

  /** Takes something on, and begins to send it. */
  add(entry: Outgoing): void {
    this.#keep(entry)
    void this.flush()
  }

  /** Takes an entry back that has never been tried; null when it may have reached the server. */
  takeBack(leaseId: string): Outgoing | null {
    const entry = this.#entries.find((one) => one.leaseId === leaseId && one.attempts === 0)
    if (entry === undefined) return null
    this.#drop(leaseId)
    return entry
  }

  /** Forgets an entry that the server refused. */
  discard(leaseId: string): void {
    if (this.#entries.some((one) => one.leaseId === leaseId && one.problem !== null)) this.#drop(leaseId)
  }

  /** Tries an entry again that the server refused. */
  retry(leaseId: string): void {
    this.#change(leaseId, { problem: null })
    void this.flush()
  }

  /** Sends what waits. Called again while it sends, it changes nothing. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    if (this.#isSending) return
    this.#isSending = true
    try {
      for (;;) {
        const entry = this.#entries.find(({ problem }) => problem === null)
        if (entry === undefined) break
        // Without a network it is not tried, so that its author can still take it back.
        if (globalThis.navigator?.onLine === false) {
          this.#onError(new PlauditError('This machine is offline.', { code: 'unreachable' }))
          break
        }
        if (!(await this.#deliver(entry))) break
      }
    } finally {
      this.#isSending = false
    }
  }

  /** Stops trying; the entries stay. */
  close(): void {
    clearTimeout(this.#timer)
  }

  /** Sends one entry. False when the way is blocked for now. */
  async #deliver(entry: Outgoing): Promise<boolean> {
    this.#change(entry.leaseId, { attempts: entry.attempts + 1 })
    try {
      const result = entry.kind === 'submit' ? await this.#api.submit(entry.queueId, entry.body) : await this.#skip(entry)
      this.#pause = FIRST_PAUSE_MS
      this.#drop(entry.leaseId)
      this.#onDelivered({ entry, result })
      return true
    } catch (error) {
      this.#onError(error)
      if (isPassing(error)) {
        this.#timer = setTimeout(() => void this.flush(), this.#pause)
        this.#pause = Math.min(LONGEST_PAUSE_MS, this.#pause * 2)
        return false
      }
      this.#change(entry.leaseId, { problem: error instanceof Error ? error.message : String(error) })
      return true
    }
  }

  /** A skip that is gone already has been taken by an attempt whose answer was lost. */
  async #skip(entry: Outgoing & { kind: 'skip' }): Promise<null> {
    await this.#api.skip(entry.queueId, entry.body).catch((error: unknown) => {
      if (!(error instanceof PlauditError && error.code === 'not_found')) throw error
    })
    return null
  }

  #change(leaseId: string, change: Partial<Sent>): void {
    const entry = this.#entries.find((one) => one.leaseId === leaseId)
    if (entry !== undefined) this.#keep({ ...entry, ...change })
  }

  /** Each entry has a place of its own in storage: two tabs never write over each other. */
  #keep(entry: Outgoing): void {
    writeLocal(this.#prefix + entry.leaseId, entry)
    this.#entries = [...this.#entries.filter(({ leaseId }) => leaseId !== entry.leaseId), entry].toSorted((a, b) => a.at - b.at)
    this.#onChange(this.#entries)
  }

  #drop(leaseId: string): void {
    writeLocal(this.#prefix + leaseId, null)
    this.#entries = this.#entries.filter((one) => one.leaseId !== leaseId)
    this.#onChange(this.#entries)
  }
}

const prefixOf = (owner: string) => `plaudit.outbox.${owner}.`

/** What of somebody's lies on this machine, in its order. */
export function keptEntries(owner: string): readonly Outgoing[] {
  return localKeys(prefixOf(owner))
    .flatMap((key) => readLocal<Outgoing>(key) ?? [])
    .toSorted((a, b) => a.at - b.at)
}

/** Whether waiting mends it: the network, a busy server, a session that ended and is begun again. */
export function isPassing(error: unknown): boolean {
  return error instanceof PlauditError && (error.isTransient || error.code === 'unauthenticated')
}
