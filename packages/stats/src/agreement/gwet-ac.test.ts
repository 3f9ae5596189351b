import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StatsError } from '../error.ts'
import { brennanPrediger, generalisedFleissKappa, gwetAC1, gwetAC2 } from './gwet-ac.ts'
import { ratingsFromTable } from './ratings.ts'
import { agreementWeights } from './weight.ts'

/** Krippendorff's example C, units in rows, as Gwet (2014) analyses it. */
const exampleC = ratingsFromTable([
  [1, 1, null, 1],
  [2, 2, 3, 2],
  [3, 3, 3, 3],
  [3, 3, 3, 3],
  [2, 2, 2, 2],
  [1, 2, 3, 4],
  [4, 4, 4, 4],
  [1, 1, 2, 1],
  [2, 2, 2, 2],
  [null, 5, 5, 5],
  [null, null, 1, 1],
  [null, 3, null, null],
])
const fromTable = (table: number[][]) =>
  ratingsFromTable(table.flatMap((row, i) => row.flatMap((count, j) => Array.from({ length: count }, () => [i, j]))))

test('refuses weights for categories without an order', () => {
  expect(() => gwetAC2(ratingsFromTable([['good', 'bad']]))).toThrow(StatsError)
  expect(() => agreementWeights('linear', 0)).toThrow(StatsError)
})

describe('Gwet (2014) on example C', () => {
  test('AC1', () =>
    expect(gwetAC1(exampleC)).toMatchObject({
      estimate: expect.closeTo(0.77544, 5),
      se: expect.closeTo(0.14295, 5),
      items: 12,
      pairedItems: 11,
    }))
  test('AC2', () => {
    expect(gwetAC2(exampleC)).toMatchObject({ estimate: expect.closeTo(0.914, 5), se: expect.closeTo(0.10396, 5) })
    expect(gwetAC2(exampleC, { weights: 'linear' }).estimate).toBeCloseTo(0.85874, 5)
    expect(gwetAC2(exampleC, { weights: 'ordinal' }).estimate).toBeCloseTo(0.89894, 5)
  })
  test('Fleiss, generalised', () => expect(generalisedFleissKappa(exampleC).estimate).toBeCloseTo(0.76117, 5))
  test('Brennan–Prediger', () => expect(brennanPrediger(exampleC).estimate).toBeCloseTo(0.77273, 5))
})

test('tables of two raters', () => {
  const diagnoses = fromTable([
    [13, 0, 0],
    [0, 20, 7],
    [0, 4, 56],
  ])
  expect(gwetAC1(diagnoses).estimate).toBeCloseTo(0.84933, 5)
  expect(gwetAC2(diagnoses).estimate).toBeCloseTo(0.94024, 5)
  expect(
    gwetAC1(
      fromTable([
        [40, 4, 4, 17],
        [6, 25, 2, 13],
        [4, 1, 21, 12],
        [15, 5, 9, 45],
      ]),
    ).estimate,
  ).toBeCloseTo(0.45616, 5)
})

describe('undefined cases have a reason', () => {
  test('no ratings', () => expect(gwetAC1(ratingsFromTable([]))).toMatchObject({ estimate: null, reason: 'no-ratings' }))
  test('no pairs', () =>
    expect(
      gwetAC1(
        ratingsFromTable([
          [1, null],
          [2, null],
        ]),
      ),
    ).toMatchObject({ estimate: null, reason: 'no-pairs' }))
  test('one declared category', () => expect(gwetAC1(ratingsFromTable([[1, 1]]))).toMatchObject({ estimate: null, reason: 'no-variation' }))
  test('one used of two declared: AC1 is 1, kappa does not exist', () => {
    const ratings = ratingsFromTable(
      [
        [1, 1],
        [1, 1],
      ],
      { order: [1, 2] },
    )
    expect(gwetAC1(ratings).estimate).toBe(1)
    expect(generalisedFleissKappa(ratings)).toMatchObject({ estimate: null, reason: 'no-variation' })
  })
  test('one item has no standard error', () => expect(gwetAC1(ratingsFromTable([[1, 2]]))).toMatchObject({ estimate: -1, se: null }))
})

describe('properties', () => {
  const tables = fc.array(fc.array(fc.option(fc.integer({ min: 0, max: 3 })), { minLength: 3, maxLength: 3 }), {
    minLength: 1,
    maxLength: 15,
  })
  const statistics = [gwetAC1, gwetAC2, brennanPrediger, generalisedFleissKappa]
  test('at most 1, finite, and indifferent to the order of items and raters and to reversal', () =>
    fc.assert(
      fc.property(tables, (table) => {
        const options = { order: [0, 1, 2, 3] }
        for (const statistic of statistics) {
          const result = statistic(ratingsFromTable(table, options))
          const turned = statistic(
            ratingsFromTable(
              table.toReversed().map((row) => row.toReversed()),
              options,
            ),
          )
          const reversed = statistic(
            ratingsFromTable(
              table.map((row) => row.map((v) => (v === null ? null : 3 - v))),
              options,
            ),
          )
          expect(turned.estimate ?? 9).toBeCloseTo(result.estimate ?? 9, 10)
          expect(reversed.estimate ?? 9).toBeCloseTo(result.estimate ?? 9, 10)
          if (result.estimate === null) continue
          expect(result.estimate).toBeLessThanOrEqual(1 + 1e-12)
          expect(Number.isFinite(result.se ?? 0)).toBe(true)
        }
      }),
    ))
})
