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
