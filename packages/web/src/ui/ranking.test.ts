import fc from 'fast-check'
import { expect, test } from 'vitest'
import { denseRanks, repeatsShownOrder, withRank } from './ranking.ts'

test('ranks are complete only when every output has one', () => {
  expect(denseRanks(withRank([null, null], 0, 2))).toBeNull()
  expect(denseRanks(withRank([2, null], 1, 4))).toEqual([1, 2])
})

test('ties stay ties and gaps close, and the order never changes', () => {
  expect(denseRanks([3, 1, 3, 7])).toEqual([2, 1, 2, 3])
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 8 }), (ranks) => {
      const dense = denseRanks(ranks) ?? []
      for (const [i, a] of ranks.entries())
        for (const [j, b] of ranks.entries()) expect(Math.sign((dense[i] ?? 0) - (dense[j] ?? 0))).toBe(Math.sign(a - b))
      expect(new Set(dense).size).toBe(Math.max(...dense))
    }),
  )
})

test('the order shown, left as it is, is noticed', () => {
  expect(repeatsShownOrder([1, 2, 3])).toBe(true)
  expect(repeatsShownOrder([1, 1, 2])).toBe(false)
})
