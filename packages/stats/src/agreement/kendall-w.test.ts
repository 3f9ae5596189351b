import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StatsError } from '../error.ts'
import { kendallW, meanTauB } from './kendall-w.ts'
import { kendallTauB, midranks } from './rank-correlation.ts'
import { ratingsFromTable } from './ratings.ts'

test('refuses values without an order', () => {
  expect(() => kendallW(ratingsFromTable([['good', 'bad']]))).toThrow(StatsError)
  expect(() => meanTauB(ratingsFromTable([['good', 'bad']]))).toThrow(StatsError)
  expect(() => kendallTauB([1], [1, 2])).toThrow(/length 1/)
})

/** Siegel & Castellan (1988), Nonparametric Statistics, table 9.8 layout: three judges rank six applicants. */
const applicants = ratingsFromTable([
  [1, 1, 6],
  [6, 5, 3],
  [3, 6, 2],
  [2, 4, 5],
  [5, 2, 4],
  [4, 3, 1],
])

test("Kendall's W of three judges of six applicants", () => {
  // Rank sums 8, 14, 11, 11, 11, 8 around 10.5: s = 25.5, W = 12 · 25.5 / (9 · (216 − 6)).
  expect(kendallW(applicants)).toMatchObject({ estimate: expect.closeTo((12 * 25.5) / (9 * 210), 12), degrees: 5 })
})

test('with ties, W is corrected', () => {
  // Two judges who agree, each with one tie: without the correction W would be below 1.
  const tied = kendallW(
    ratingsFromTable([
      [1, 1],
      [1, 1],
      [2, 2],
    ]),
  )
  expect(tied.estimate).toBeCloseTo(1, 12)
})

describe('undefined cases have a reason', () => {
  test.each([
    [[], 'no-ratings', 'no-ratings'],
    [[[1], [2]], 'one-rater', 'one-rater'],
    [[[1, 2]], 'one-item', 'no-pairs'],
    [
      [
        [1, 2],
        [2, null],
      ],
      'incomplete',
      'no-pairs',
    ],
    [
      [
        [1, 1],
        [1, 2],
      ],
      'no-variation',
      'no-pairs',
    ],
  ] as const)('%j', (table, forW, forTau) => {
    expect(kendallW(ratingsFromTable(table))).toMatchObject({ estimate: null, reason: forW })
    expect(meanTauB(ratingsFromTable(table))).toMatchObject({ estimate: null, reason: forTau })
  })
})

describe('properties', () => {
  const tables = fc.array(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 9 })

  test('W is in 0..1, fits its mean Spearman correlation, and does not mind the order of items and raters', () =>
    fc.assert(
      fc.property(tables, (table) => {
        const result = kendallW(ratingsFromTable(table))
        const turned = kendallW(ratingsFromTable(table.toReversed().map((row) => row.toReversed())))
        expect(turned.estimate ?? 9).toBeCloseTo(result.estimate ?? 9, 10)
        if (result.estimate === null) return
        expect(result.estimate).toBeGreaterThanOrEqual(-1e-12)
        expect(result.estimate).toBeLessThanOrEqual(1 + 1e-12)
      }),
    ))

  test('τ-b by sorting equals τ-b by counting all pairs', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), { maxLength: 25 }), (points) => {
        const [x, y] = [points.map((p) => p[0]), points.map((p) => p[1])]
        expect(kendallTauB(x, y) ?? 9).toBeCloseTo(naiveTauB(x, y) ?? 9, 12)
      }),
    ))

  test('midranks add up to n(n + 1)/2', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (values) => {
        expect(midranks(values).reduce((sum, rank) => sum + rank, 0)).toBeCloseTo((values.length * (values.length + 1)) / 2, 9)
      }),
    ))
})

test('τ-b is averaged over pairs of raters on their common items', () => {
  // Raters 1 and 2: τ = 1/3 over three items; 1 and 3: 1 over two; 2 and 3: −1 over two.
  const partial = ratingsFromTable([
    [1, 1, null],
    [2, 3, 1],
    [3, 2, 2],
  ])
  expect(meanTauB(partial)).toMatchObject({ estimate: expect.closeTo((1 / 3 + 1 - 1) / 3, 12), pairs: 3 })
})

function naiveTauB(x: number[], y: number[]): number | null {
  let [s, tx, ty, pairs] = [0, 0, 0, 0]
  for (let i = 0; i < x.length; i += 1) {
    for (let j = 0; j < i; j += 1) {
      const [dx, dy] = [Math.sign(x[i]! - x[j]!), Math.sign(y[i]! - y[j]!)]
      s += dx * dy
      tx += dx === 0 ? 1 : 0
      ty += dy === 0 ? 1 : 0
      pairs += 1
    }
  }
  const scale = Math.sqrt((pairs - tx) * (pairs - ty))
  return scale > 0 ? s / scale : null
}
