import type { Feedback, FeedbackInput } from '@plaudit/sdk'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useClient } from '../../app/client.tsx'
import { useSession } from '../../app/session.ts'
import { toast } from '../../ui/toast.tsx'
import { expectedFeedback, inputOf, type PendingChange, superseded, withPending } from './ledger.ts'

/** How long a deletion can be taken back before the server hears of it. */
const UNDO_MS = 8_000

export type LedgerStatus =
  | { state: 'idle' | 'saving' }
  | { state: 'saved'; time: string; undo: (() => void) | null }
  | { state: 'failed'; message: string; retry: () => void }

export type FeedbackLedger = {
  /** All feedback as it will be once everything pending has arrived. */
  feedback: Feedback[]
  /** The signed-in person's id, to tell own judgments. */
  me: string
  status: LedgerStatus
  /** Gives one judgment; shown at once. Resolves to whether it is on disk: on false the caller keeps its draft. */
  give: (input: FeedbackInput) => Promise<boolean>
  /** Takes a judgment away; for some seconds it can be had back. */
  remove: (feedback: Feedback) => void
}

/**
 * Feedback that is read, given and taken back on one page. Changes show before the server has answered and are undone when it refuses.
 * @param stored what the server answered last.
 * @param refresh reads it again; resolves when the new answer is here.
 */
export function useFeedbackLedger(stored: readonly Feedback[], refresh: () => Promise<void>): FeedbackLedger {
  const client = useClient()
  const me = useSession().person?.id ?? ''
  const [pending, setPending] = useState<readonly PendingChange[]>([])
  const [status, setStatus] = useState<LedgerStatus>({ state: 'idle' })
  const removals = useRef(new Map<string, () => void>())
  const feedback = useMemo(() => withPending(stored, pending), [stored, pending])

  // Whoever leaves the page has not changed their mind: what is to be deleted is deleted now.
  useEffect(() => {
    const open = removals.current
    return () => {
      for (const finish of open.values()) finish()
    }
  }, [])

  const settle = async (change: PendingChange) => {
    await refresh()
    setPending((all) => all.filter((one) => one !== change))
  }

  const give = async (input: FeedbackInput): Promise<boolean> => {
    const sent = { ...input, id: crypto.randomUUID() }
    const expected = expectedFeedback(sent, { id: me, role: 'reviewer' }, new Date())
    const before = superseded(feedback, expected)
    const change: PendingChange = { kind: 'give', feedback: expected }
    setPending((all) => [...all, change])
    setStatus({ state: 'saving' })
    try {
      await client.feedback.give(sent)
    } catch (error) {
      setPending((all) => all.filter((one) => one !== change))
      setStatus({ state: 'failed', message: messageOf(error), retry: () => void give(input) })
      return false
    }
    const undo = () => void takeBack(expected, before)
    setStatus({ state: 'saved', time: new Date().toISOString(), undo })
    void settle(change)
    return true
  }

  /** Undoes a judgment: it goes, and the one that it superseded is given again as it was. */
  const takeBack = async (given: Feedback, before: Feedback | null) => {
    const change: PendingChange =
      before === null ? { kind: 'remove', id: given.id } : { kind: 'give', feedback: { ...before, id: crypto.randomUUID() } }
    setPending((all) => [...all, change])
    setStatus({ state: 'saving' })
    try {
      if (change.kind === 'give') await client.feedback.give({ ...inputOf(change.feedback), id: change.feedback.id })
      else await client.feedback.remove(given.id)
      setStatus({ state: 'saved', time: new Date().toISOString(), undo: null })
    } catch (error) {
      setStatus({ state: 'failed', message: messageOf(error), retry: () => void takeBack(given, before) })
    }
    await settle(change)
  }

  const remove = (gone: Feedback) => {
    const change: PendingChange = { kind: 'remove', id: gone.id }
    setPending((all) => [...all, change])
    const finish = () => {
      clearTimeout(timer)
      if (!removals.current.delete(gone.id)) return
      client.feedback.remove(gone.id).then(
        () => settle(change),
        (error: unknown) => {
          setPending((all) => all.filter((one) => one !== change))
          toast('The feedback could not be deleted.', { description: messageOf(error), tone: 'bad' })
        },
      )
    }
    const timer = setTimeout(finish, UNDO_MS)
    removals.current.set(gone.id, finish)
    toast(`Deleted ${gone.criterion}`, {
      undo: () => {
        clearTimeout(timer)
        if (removals.current.delete(gone.id)) setPending((all) => all.filter((one) => one !== change))
      },
    })
  }

  return { feedback, me, status, give, remove }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
