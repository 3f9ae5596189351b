import type { Criterion, Work } from '@plaudit/protocol'
import { messageText } from '@plaudit/protocol'
import type { SubmitInput } from '@plaudit/sdk'
import { localKeys, readLocal, writeLocal } from '../../ui/local-json.ts'
import { codePointSlice } from '../../ui/mark/code-point.ts'
import { fromWire, lostMarks, toWire } from './answer-wire.ts'
import type { Outgoing } from './outbox.ts'
import { type Filled, type ItemDraft, itemDraft } from './item-draft.ts'

/** Where a draft stands. `device`: kept on this machine only, because the server cannot be reached. */
export type SaveState = { where: 'nowhere' | 'pending' } | { where: 'server' | 'device'; at: string }

/** A draft as it lies on this machine, in the form in which it is sent. */
export type KeptDraft = Filled & { leaseId: string; queueId: string; preview: string; outputs: number; activeMs: number; savedAt: string }

/** The text that marks and corrections of an item are about. */
export function judgedText(work: Pick<Work, 'outputs'>): string {
  return messageText(work.outputs[0]?.messages ?? [])
}

/** The first words of an item, by which its reviewer knows it. */
export function previewOf(work: Pick<Work, 'outputs'>): string {
  const flat = judgedText(work).replace(/\s+/gu, ' ').trim()
  return flat.length <= 80 ? flat : `${codePointSlice(flat, 0, 79)}…`
}

type DraftBody = Pick<SubmitInput, 'leaseId' | 'answers' | 'rationales' | 'activeMs'>
/** After the last change: soon enough that a crash costs nothing, late enough not to hold up the next stroke. */
const LOCAL_MS = 50
const SERVER_MS = 800

/**
 * Keeps what is filled in: on this machine at once, on the server a moment after the last change. Between the two, the fuller one is taken up
 * again: the one that more time went into.
 */
export class DraftKeeper {
  readonly #prefix: string
  readonly #save: (body: DraftBody) => Promise<{ savedAt: string }>
  readonly #onSaved: (leaseId: string, state: SaveState) => void
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>()
  /** Changes that are not on this machine yet, and drafts that are not on the server yet. */
  readonly #fresh = new Map<string, () => KeptDraft>()
  readonly #unsent = new Map<string, KeptDraft>()

  constructor(
    owner: string,
    save: (body: DraftBody) => Promise<{ savedAt: string }>,
    onSaved: (leaseId: string, state: SaveState) => void,
  ) {
    this.#prefix = `plaudit.desk.${owner}.`
    this.#save = save
    this.#onSaved = onSaved
  }

  /** What was filled in before for an item, the time that went into it, and how many marks were lost because the text is another one now. */
  open(work: Work, criteria: readonly Criterion[]): { draft: ItemDraft; activeMs: number; lost: number } {
    const local = readLocal<KeptDraft>(this.#prefix + work.lease.id)
    const kept = local !== null && local.activeMs >= (work.draft?.activeMs ?? 0) ? local : work.draft
    if (kept === null) return { draft: itemDraft({ answers: {}, rationales: {} }), activeMs: 0, lost: 0 }
    const text = judgedText(work)
    return { draft: itemDraft(fromWire(criteria, kept, text)), activeMs: kept.activeMs, lost: lostMarks(criteria, kept, text) }
  }

  /** Keeps a draft. */
  keep(work: Work, criteria: readonly Criterion[], filled: Filled, activeMs: number): void {
    const leaseId = work.lease.id
    this.#fresh.set(leaseId, () => ({
      ...toWire(criteria, filled, judgedText(work)),
      leaseId,
      queueId: work.queueId,
      preview: previewOf(work),
      outputs: work.outputs.length,
      activeMs,
      savedAt: new Date().toISOString(),
    }))
    this.#onSaved(leaseId, { where: 'pending' })
    this.#later(leaseId, LOCAL_MS, () => {
      this.write()
      this.#later(leaseId, SERVER_MS, () => void this.#send(leaseId))
    })
  }

  /** Makes a draft of a judgment again that was not taken. */
  restore({ queueId, preview, outputs, body }: Outgoing & { kind: 'submit' }): void {
    const { leaseId, answers = {}, rationales = {}, activeMs = 0 } = body
    const kept: KeptDraft = { leaseId, queueId, preview, answers, rationales, activeMs, outputs, savedAt: new Date().toISOString() }
    writeLocal(this.#prefix + leaseId, kept)
  }

  /** Writes to this machine what is not there yet; for the moment in which the page goes away, too. */
  write(): void {
    for (const [leaseId, kept] of this.#fresh) {
      const draft = kept()
      writeLocal(this.#prefix + leaseId, draft)
      this.#unsent.set(leaseId, draft)
    }
    this.#fresh.clear()
  }

  /** Sends what could not be sent. */
  retry(): void {
    for (const leaseId of this.#unsent.keys()) void this.#send(leaseId)
  }

  /** The item is decided: its draft is not needed any more. */
  forget(leaseId: string): void {
    clearTimeout(this.#timers.get(leaseId))
    this.#timers.delete(leaseId)
    this.#fresh.delete(leaseId)
    this.#unsent.delete(leaseId)
    writeLocal(this.#prefix + leaseId, null)
  }

  /** Drafts on this machine for a queue, of items that are not among the given leases. */
  leftOver(queueId: string, held: readonly string[]): KeptDraft[] {
    return localKeys(this.#prefix)
      .flatMap((key) => readLocal<KeptDraft>(key) ?? [])
      .filter((kept) => kept.queueId === queueId && !held.includes(kept.leaseId))
  }

  /** Stops sending; everything is kept here. */
  close(): void {
    this.write()
    for (const timer of this.#timers.values()) clearTimeout(timer)
  }

  #later(leaseId: string, ms: number, run: () => void): void {
    clearTimeout(this.#timers.get(leaseId))
    this.#timers.set(leaseId, setTimeout(run, ms))
  }

  async #send(leaseId: string): Promise<void> {
    const draft = this.#unsent.get(leaseId)
    if (draft === undefined) return
    try {
      const { answers, rationales, activeMs } = draft
      const { savedAt } = await this.#save({ leaseId, answers, rationales, activeMs })
      if (this.#unsent.get(leaseId) !== draft) return
      this.#unsent.delete(leaseId)
      this.#onSaved(leaseId, { where: 'server', at: savedAt })
    } catch {
      if (this.#unsent.get(leaseId) === draft) this.#onSaved(leaseId, { where: 'device', at: draft.savedAt })
    }
  }
}
