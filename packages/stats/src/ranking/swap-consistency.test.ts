import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StatsError } from '../error.ts'
import { seededRandom } from '../numeric/random.ts'
import { type Comparison, encodeComparisons, type Outcome } from './comparisons.ts'
import { swapConsistency } from './swap-consistency.ts'

const both = (item: number, rater: string, first: Outcome, second: Outcome): Comparison[] => [
  { left: 'a', right: 'b', outcome: first, item, rater },
  { left: 'b', right: 'a', outcome: second, item, rater },
]

test('by hand: two stay, one took the left twice, one took the right twice, one changed from a tie', () => {
  const rows = [
    ...both(1, 'x', 'left', 'right'),
    ...both(2, 'x', 'tie', 'tie'),
    ...both(3, 'y', 'left', 'left'),
    ...both(4, 'y', 'right', 'right'),
  ]
  const { consistent, leftPreference, raters } = swapConsistency(encodeComparisons([...rows, ...both(5, 'y', 'tie', 'left')]))
  expect(consistent).toMatchObject({ estimate: 0.4, n: 5, clusters: 2 })
  expect(leftPreference).toMatchObject({ estimate: 0, clusters: 2 })
  expect(raters).toEqual([
    { rater: 'y', pairs: 3, consistent: 0, bothLeft: 1, bothRight: 1 },
    { rater: 'x', pairs: 2, consistent: 2, bothLeft: 0, bothRight: 0 },
  ])
})

test('what was never shown both ways has a reason', () => {
  expect(swapConsistency(encodeComparisons([])).consistent).toEqual({ estimate: null, reason: 'no-ratings' })
  const once = encodeComparisons([{ left: 'a', right: 'b', outcome: 'left', item: 1, rater: 'x' }])
  expect(swapConsistency(once).leftPreference).toEqual({ estimate: null, reason: 'no-pairs' })
  expect(() => swapConsistency(encodeComparisons([{ left: 'a', right: 'b', outcome: 'left' }]))).toThrow(StatsError)
})

test('a rater drawn to the left is found', () => {
  const random = seededRandom(4)
  const answer = (): Outcome => (random.next() < 0.75 ? 'left' : 'right')
  const rows = Array.from({ length: 300 }, (_, item) => both(item, 'x', answer(), answer())).flat()
  const { leftPreference } = swapConsistency(encodeComparisons(rows))
  // 0.75² − 0.25².
  expect(leftPreference.estimate !== null && leftPreference.low! < 0.5 && 0.5 < leftPreference.high! && leftPreference.low! > 0.3).toBe(
    true,
  )
})

test('mirrored sides turn the preference around and leave the consistency', () => {
  const outcome = fc.constantFrom<Outcome>('left', 'right', 'tie', 'both_bad')
  const rows = fc.array(fc.record({ item: fc.nat(5), rater: fc.constantFrom('x', 'y', 'z'), first: outcome, second: outcome }), {
    minLength: 1,
  })
  const mirror = { left: 'right', right: 'left', tie: 'tie', both_bad: 'both_bad' } as const
  fc.assert(
    fc.property(rows, (some) => {
      const list = some.flatMap(({ item, rater, first, second }) => both(item, rater, first, second))
      const one = swapConsistency(encodeComparisons(list))
      const flipped = list.map((row) => ({ ...row, left: row.right, right: row.left, outcome: mirror[row.outcome as Outcome] }))
      const two = swapConsistency(encodeComparisons(flipped))
      expect(two.consistent.estimate).toBeCloseTo(one.consistent.estimate!, 12)
      expect(two.leftPreference.estimate).toBeCloseTo(-one.leftPreference.estimate!, 12)
    }),
  )
})
