import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tiesSeparate } from './tie-separation.ts'

test('a win against who ties with both is told from the ties, two wins in a row against a tie are not', () => {
  const tiedWithBoth: [number, number][] = [
    [2, 0],
    [1, 2],
  ]
  expect(tiesSeparate(3, [1], [0], tiedWithBoth)).toBe(true)
  expect(tiesSeparate(3, [0, 1], [1, 2], [[0, 2]])).toBe(false)
  expect(tiesSeparate(2, [0], [1], [[0, 1]])).toBe(true)
  expect(tiesSeparate(2, [0, 1], [1, 0], [[0, 1]])).toBe(false)
})

test('is so exactly if places in whole steps keep winners a step ahead and ties within one', () => {
  const pair = fc.tuple(fc.nat(3), fc.nat(3)).filter(([i, j]) => i !== j)
  // Differences of whole numbers settle such constraints, and no place is further than three steps from the first.
  const steps = [-3, -2, -1, 0, 1, 2, 3]
  const places = steps.flatMap((a) => steps.flatMap((b) => steps.map((c) => [0, a, b, c])))
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 5 }), fc.array(pair, { maxLength: 5 }), (wins, tied) => {
      const winners = wins.map(([winner]) => winner)
      const losers = wins.map(([, loser]) => loser)
      const found = places.some(
        (at) => wins.every(([i, j]) => at[i]! - at[j]! >= 1) && tied.every(([i, j]) => Math.abs(at[i]! - at[j]!) <= 1),
      )
      expect(tiesSeparate(4, winners, losers, tied)).toBe(found)
    }),
  )
})
