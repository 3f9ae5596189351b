import type { Desk, Submitted, Work } from '@plaudit/protocol'
import { PlauditError, type SubmitInput } from '@plaudit/sdk'
import { expect, test } from 'vitest'
import { emptyDesk, withItem, withoutItem } from './desk-state.ts'
import { DeskStore } from './desk-store.ts'
import { itemDraft } from './item-draft.ts'
import { ItemSupply } from './item-supply.ts'
import type { Outgoing } from './outbox.ts'

const desk = { guideline: null, acknowledgedVersion: null, closed: null, remaining: 9, mine: { judged: 0 } } as unknown as Desk
const draft = itemDraft({ answers: {}, rationales: {} })
const judgment = (leaseId: string): SubmitInput => ({ leaseId, submissionId: `s-${leaseId}`, rubricVersion: 1, guidelineVersion: null })

/** A desk whose server hands out at most three items at once, first those that it thinks were lost, as the API does; each answer takes its time. */
function openSupply({ loses = () => false }: { loses?: (ask: number) => boolean } = {}) {
  const leased: string[] = []
  const taken: string[] = []
  let [handedOut, asks, underway, most] = [0, 0, 0, 0]
  const next = (holding: readonly string[]) => {
    const forgotten = leased.find((id) => !holding.includes(id))
    if (forgotten === undefined && leased.length >= 3)
      throw new PlauditError('You hold 3 items already.', { code: 'conflict', status: 409 })
    const id = forgotten ?? `item-${(handedOut += 1)}`
    if (forgotten === undefined) leased.push(id)
    return { work: { lease: { id } } as Work, closed: null, now: new Date(0).toISOString() }
  }
  const answered = async <T>(answer: () => T): Promise<T> => {
    const ask = (asks += 1)
    most = Math.max(most, (underway += 1))
    await new Promise((resolve) => setTimeout(resolve, ask % 2 === 0 ? 1 : 4))
    try {
      const given = answer()
      if (loses(ask)) throw new PlauditError('No answer.', { code: 'unreachable' })
      return given
    } finally {
      underway -= 1
    }
  }
  const store = new DeskStore({ ...emptyDesk([]), desk })
  const errors: unknown[] = []
  const supply = new ItemSupply({
    queueId: 'q',
    api: {
      get: () => Promise.resolve(desk),
      claim: (_queue, holding) => answered(() => next(holding ?? [])),
      submit: (_queue, { leaseId, holding }) =>
        answered((): Submitted => {
          if (leased.includes(leaseId)) taken.push(...leased.splice(leased.indexOf(leaseId), 1))
          return { judgmentId: leaseId, state: 'accepted', goldFeedback: null, next: holding == null ? null : next(holding) }
        }),
    },
    store,
    open: (work, place) => store.set(withItem(store.state(), work, draft, place)),
    error: (error) => errors.push(error),
  })
  supply.start()
  const held = () => store.state().held.map(({ lease }) => lease.id)
  const send = async (leaseId: string) => {
    await supply.submit(judgment(leaseId))
    store.set({ outgoing: store.state().outgoing.filter((one) => one.leaseId !== leaseId) })
  }
  const decide = (leaseId: string) => {
    const { outgoing } = store.state()
    store.set({ ...withoutItem(store.state(), leaseId), outgoing: [...outgoing, { leaseId, problem: null } as Outgoing] })
    return send(leaseId)
  }
  return { supply, errors, taken, held, decide, send, mostUnderway: () => most }
}

test('an item is handed out once, although judgments and questions cross', async () => {
  const { supply, errors, held, decide, mostUnderway } = openSupply()
  await supply.fill()
  expect(held()).toEqual(['item-1', 'item-2', 'item-3'])
  await Promise.all([decide('item-1'), supply.fill(), decide('item-2'), supply.fill()])
  expect(held()).toEqual(['item-3', 'item-4', 'item-5'])
  expect(mostUnderway()).toBe(1)
  expect(errors).toEqual([])
})

test('an item whose answer got lost comes with the next question, and a lost judgment is handed in once', async () => {
  const { supply, taken, held, decide, send } = openSupply({ loses: (ask) => ask === 4 })
  await supply.fill()
  await expect(decide('item-1')).rejects.toThrow('No answer.')
  expect(held()).toEqual(['item-2', 'item-3'])
  await send('item-1')
  expect(held()).toEqual(['item-2', 'item-3', 'item-4'])
  expect(taken).toEqual(['item-1'])
})
