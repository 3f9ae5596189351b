import { expect, test } from 'vitest'
import { keptResults } from './kept-result.ts'

test('a result is made once, shared while it is made, and given up when others are asked for more recently', async () => {
  const kept = keptResults<number>(2)
  let made = 0
  const make = () => Promise.resolve(++made)
  expect(await Promise.all([kept.get('a', make), kept.get('a', make)])).toEqual([1, 1])
  await kept.get('b', make)
  await kept.get('a', make)
  await kept.get('c', make)
  expect(await kept.get('a', make)).toBe(1)
  expect(await kept.get('b', make)).toBe(4)
})

test('a result that failed is made anew', async () => {
  const kept = keptResults<number>(2)
  await expect(kept.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  expect(await kept.get('a', () => Promise.resolve(7))).toBe(7)
})

test('a result that no longer stands is made anew', async () => {
  const kept = keptResults<number>(2)
  await kept.get('a', () => Promise.resolve(1))
  expect(await kept.get('a', () => Promise.resolve(2))).toBe(1)
  const make = () => Promise.resolve(3)
  expect(await kept.get('a', make, () => false)).toBe(3)
  expect(await kept.get('a', () => Promise.resolve(4))).toBe(3)
})

test('the last result of a view stands for the next one while that is made, if it may', async () => {
  const kept = keptResults<number>(10)
  const view = { view: 'v', mayStand: () => true }
  expect(await kept.getOrLast('state 1', () => Promise.resolve(1), view)).toBe(1)
  let finish: (value: number) => void = () => undefined
  let made = 0
  const slow = () => {
    made += 1
    return new Promise<number>((resolve) => (finish = resolve))
  }
  expect(await kept.getOrLast('state 2', slow, view)).toBe(1)
  expect(await kept.getOrLast('state 2', slow, view)).toBe(1)
  // One of a view is made at a time, for whom the last one will do.
  expect(await kept.getOrLast('state 2 and a bit', slow, view)).toBe(1)
  // Who may not be answered with another one waits, for the one that is being made.
  const waiting = kept.getOrLast('state 2', slow, { view: 'v', mayStand: () => false })
  const other = kept.getOrLast('other', () => Promise.resolve(9), { view: 'w', mayStand: () => true })
  expect(await other).toBe(9)
  finish(2)
  expect(await waiting).toBe(2)
  expect(made).toBe(1)
  expect(await kept.getOrLast('state 2', slow, view)).toBe(2)
  // One that fails is made anew; until then the last one stands.
  expect(await kept.getOrLast('state 3', () => Promise.reject(new Error('away')), view)).toBe(2)
  expect(await kept.getOrLast('state 3', () => Promise.resolve(3), view)).toBe(2)
  expect(await kept.getOrLast('state 3', () => Promise.resolve(4), view)).toBe(3)
})
