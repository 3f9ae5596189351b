import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StatsError } from '../error.ts'
import { averagedElo, elo } from './elo.ts'
import { type Comparison, encodeComparisons } from './comparisons.ts'

const games = encodeComparisons([
  { left: 'pizza', right: 'burger', outcome: 'left' },
  { left: 'burger', right: 'sushi', outcome: 'right' },
  { left: 'pizza', right: 'sushi', outcome: 'tie' },
])

describe('three games, by two programs', () => {
  test.each([
    [30, { pizza: 1014.972058, burger: 970.6472, sushi: 1014.380742 }],
    [4, { pizza: 1001.999934, burger: 996.011513, sushi: 1001.988553 }],
  ])('k = %i', (k, expected) => {
    const found = Object.fromEntries(elo(games, { k }).map(({ name, rating }) => [name, rating]))
    for (const [name, rating] of Object.entries(expected)) expect(found[name]).toBeCloseTo(rating, 6)
  })
})

test('refuses a negative step, and no orders', () => {
  expect(() => elo(games, { k: -1 })).toThrow(StatsError)
  expect(() => averagedElo(games, { permutations: 0 })).toThrow(StatsError)
})

const rows = fc.array(
  fc.record({
    left: fc.constantFrom('a', 'b'),
    right: fc.constantFrom('c', 'd'),
    outcome: fc.constantFrom('left', 'right', 'tie', 'both_bad'),
  }),
) as fc.Arbitrary<Comparison[]>

test('ratings keep their mean; both bad moves nothing; the average lies between its bounds and repeats by seed', () =>
  fc.assert(
    fc.property(rows, (some) => {
      const comparisons = encodeComparisons(some)
      const ratings = elo(comparisons)
      if (ratings.length > 0) expect(ratings.reduce((sum, { rating }) => sum + rating, 0) / ratings.length).toBeCloseTo(1000, 8)
      const judged = encodeComparisons(some.filter(({ outcome }) => outcome !== 'both_bad'))
      for (const { name, rating } of elo(judged)) expect(ratings.find((other) => other.name === name)!.rating).toBeCloseTo(rating, 9)
      const averaged = averagedElo(comparisons, { permutations: 20 })
      expect(averagedElo(comparisons, { permutations: 20 })).toEqual(averaged)
      for (const { rating, low, high } of averaged) expect(Number.isFinite(rating) && low <= high).toBe(true)
    }),
  ))

test('averaged over orders, who won as often as lost stands level; in one order the last game shows', () => {
  const streak = encodeComparisons([
    ...Array.from({ length: 20 }, (): Comparison => ({ left: 'a', right: 'b', outcome: 'left' })),
    ...Array.from({ length: 20 }, (): Comparison => ({ left: 'a', right: 'b', outcome: 'right' })),
  ])
  expect(elo(streak, { k: 32 })[0]!.name).toBe('b')
  expect(elo(streak, { k: 32 })[0]!.rating).toBeGreaterThan(1050)
  expect(Math.abs(averagedElo(streak, { k: 32, permutations: 400 })[0]!.rating - 1000)).toBeLessThan(8)
})
