import { PlauditError } from '@plaudit/sdk'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Delivered, Outbox, type OutboxApi, type Outgoing } from './outbox.ts'

/** Storage of a browser, which Node does not have. */
class Storage {
  readonly [key: string]: unknown
}
const kept = () => new Map(Object.entries(globalThis.localStorage as object))
beforeEach(() => {
  vi.useFakeTimers()
  const storage = Object.assign(new Storage(), {})
  Object.defineProperties(storage, {
    getItem: { value: (key: string) => (storage[key] as string | undefined) ?? null },
    setItem: { value: (key: string, value: string) => void Object.assign(storage, { [key]: value }) },
    removeItem: { value: (key: string) => Reflect.deleteProperty(storage, key) },
  })
  vi.stubGlobal('localStorage', storage)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const unreachable = () => new PlauditError('No answer.', { code: 'unreachable' })
const refused = (code: 'conflict' | 'not_found') =>
  new PlauditError('You have judged this item already.', { code, status: code === 'conflict' ? 409 : 404 })
const accepted = { state: 'accepted' as const, goldFeedback: null }

function open(api: Partial<OutboxApi>) {
  const delivered: Delivered[] = []
  const outbox = new Outbox(
    'p.me',
    { submit: () => Promise.resolve(accepted), skip: () => Promise.resolve(), ...api },
    {
      change: () => undefined,
      delivered: (one) => delivered.push(one),
    },
  )
  return { outbox, delivered }
}
const judgment = (leaseId: string, at: number): Outgoing => ({
  kind: 'submit',
  queueId: 'q',
  leaseId,
  preview: '',
  outputs: 1,
  at,
  attempts: 0,
  problem: null,
  body: { leaseId, submissionId: `s-${leaseId}`, rubricVersion: 1, guidelineVersion: null },
})

test('what the network drops is sent again with the same id until it is taken, in its order', async () => {
  let isDown = true
  const seen: string[] = []
  const { outbox, delivered } = open({
    submit: (_queue, { submissionId }) => {
      seen.push(submissionId)
      return isDown ? Promise.reject(unreachable()) : Promise.resolve(accepted)
    },
  })
  outbox.add(judgment('a', 1))
  outbox.add(judgment('b', 2))
  await vi.advanceTimersByTimeAsync(4_000)
  expect(delivered).toEqual([])
  isDown = false
  await vi.advanceTimersByTimeAsync(10_000)
  expect(delivered.map(({ entry }) => entry.leaseId)).toEqual(['a', 'b'])
  expect(seen.slice(-2)).toEqual(['s-a', 's-b'])
  expect(new Set(seen.slice(0, -1))).toEqual(new Set(['s-a']))
  expect(kept().size).toBe(0)
})

test('what waits is found again after the page was closed', async () => {
  const { outbox } = open({ submit: () => Promise.reject(unreachable()) })
  outbox.add(judgment('a', 1))
  await vi.advanceTimersByTimeAsync(0)
  outbox.close()
  const { outbox: later, delivered } = open({})
  await later.flush()
  expect(delivered.map(({ entry }) => entry.leaseId)).toEqual(['a'])
})

test('a refused judgment stays with its reason and lets the next one through', async () => {
  const { outbox, delivered } = open({
    submit: (_queue, { leaseId }) => (leaseId === 'a' ? Promise.reject(refused('conflict')) : Promise.resolve(accepted)),
  })
  outbox.add(judgment('a', 1))
  outbox.add(judgment('b', 2))
  await vi.advanceTimersByTimeAsync(0)
  expect(delivered.map(({ entry }) => entry.leaseId)).toEqual(['b'])
  expect(outbox.entries.map(({ problem }) => problem)).toEqual(['You have judged this item already.'])
  outbox.discard('a')
  expect(outbox.entries).toEqual([])
  expect(kept().size).toBe(0)
})

test('a skip whose answer was lost is done when the server knows no such lease any more', async () => {
  const { outbox, delivered } = open({ skip: () => Promise.reject(refused('not_found')) })
  outbox.add({ ...judgment('a', 1), kind: 'skip', body: { leaseId: 'a', reason: 'too_long' } } as Outgoing)
  await vi.advanceTimersByTimeAsync(0)
  expect(delivered).toHaveLength(1)
})

test('only what was never tried can be taken back', async () => {
  const { outbox } = open({ submit: () => Promise.reject(unreachable()) })
  vi.stubGlobal('navigator', { onLine: false })
  outbox.add(judgment('a', 1))
  await vi.advanceTimersByTimeAsync(0)
  expect(outbox.takeBack('a')?.leaseId).toBe('a')
  vi.stubGlobal('navigator', { onLine: true })
  outbox.add(judgment('b', 2))
  await vi.advanceTimersByTimeAsync(0)
  expect(outbox.takeBack('b')).toBeNull()
})
