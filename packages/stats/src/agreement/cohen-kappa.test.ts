import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StatsError } from '../error.ts'
import { cohenKappa, contingencyTable, scottPi } from './cohen-kappa.ts'
import { ratingsFromTable } from './ratings.ts'

describe('refuses', () => {
  test('ragged, rectangular, empty and negative tables', () => {
    for (const table of [
      [[1, 2], [3]],
      [[1, 2]],
      [],
      [
        [1, -1],
        [0, 1],
      ],
      [[Number.NaN]],
    ]) {
      expect(() => cohenKappa(table)).toThrow(StatsError)
      expect(() => scottPi(table)).toThrow(StatsError)
    }
  })
  test('a rater who rated nothing', () => expect(() => contingencyTable(ratingsFromTable([[1, 1]]), '0', 'nobody')).toThrow(StatsError))
})

describe('published tables', () => {
  const diagnoses = [
    [13, 0, 0],
    [0, 20, 7],
    [0, 4, 56],
  ]
  const four = [
    [40, 4, 4, 17],
    [6, 25, 2, 13],
    [4, 1, 21, 12],
    [15, 5, 9, 45],
  ]
  test('two by two, with both standard errors', () => {
    const kappa = cohenKappa([
      [20, 5],
      [10, 15],
    ])
    expect(kappa.estimate).toBeCloseTo(0.4, 12)
    expect(kappa.se).toBeCloseTo(0.126996, 6)
    expect(kappa.se0).toBeCloseTo(0.138564, 6)
  })
  test('equal raw agreement, different marginals', () => {
    expect(
      cohenKappa([
        [45, 15],
        [25, 15],
      ]).estimate,
    ).toBeCloseTo(0.130435, 6)
    expect(
      cohenKappa([
        [25, 35],
        [5, 35],
      ]).estimate,
    ).toBeCloseTo(0.259259, 6)
  })
  test('three and four categories, plain and weighted', () => {
    expect(cohenKappa(diagnoses)).toMatchObject({ estimate: expect.closeTo(0.79641, 5), se: expect.closeTo(0.05891, 5) })
    expect(cohenKappa(diagnoses, { weights: 'linear' }).estimate).toBeCloseTo(0.8429, 4)
    expect(cohenKappa(diagnoses, { weights: 'quadratic' }).estimate).toBeCloseTo(0.89216, 5)
    expect(cohenKappa(four)).toMatchObject({ estimate: expect.closeTo(0.4315, 4), se: expect.closeTo(0.04597, 5) })
    expect(cohenKappa(four, { weights: 'quadratic' }).estimate).toBeCloseTo(0.38319, 5)
  })
})

describe('undefined cases have a reason', () => {
  test('no items', () =>
    expect(
      cohenKappa([
        [0, 0],
        [0, 0],
      ]),
    ).toMatchObject({ estimate: null, reason: 'no-ratings' }))
  test('one category', () => {
    for (const kappa of [
      cohenKappa([
        [7, 0],
        [0, 0],
      ]),
      scottPi([
        [7, 0],
        [0, 0],
      ]),
      cohenKappa([[7]]),
    ]) {
      expect(kappa).toMatchObject({ estimate: null, reason: 'no-variation', observed: 1 })
    }
  })
})

test('the contingency table takes common items, and the last rating of a repeat', () => {
  const ratings = ratingsFromTable([
    ['a', 'b'],
    ['a', null],
    ['b', 'b'],
  ])
  expect(contingencyTable(ratings, '0', '1')).toEqual([
    [0, 1],
    [0, 1],
  ])
})

describe('properties', () => {
  const square = fc
    .integer({ min: 2, max: 4 })
    .chain((size) => fc.array(fc.array(fc.nat(30), { minLength: size, maxLength: size }), { minLength: size, maxLength: size }))
  const statistics = [
    ['Cohen', cohenKappa],
    ['Scott', scottPi],
    ['quadratic', (table: number[][]) => cohenKappa(table, { weights: 'quadratic' })],
  ] as const
  test.each(statistics)('%s lies in -1..1, is 1 exactly on the diagonal, and ignores who is first', (_, statistic) =>
    fc.assert(
      fc.property(square, (table) => {
        const { estimate } = statistic(table)
        const turned = table.map((row, i) => row.map((_count, j) => table[j]![i]!))
        expect(statistic(turned).estimate ?? 9).toBeCloseTo(estimate ?? 9, 12)
        if (estimate === null) return
        expect(Math.abs(estimate)).toBeLessThanOrEqual(1 + 1e-12)
        const diagonal = table.every((row, i) => row.every((count, j) => i === j || count === 0))
        expect(estimate > 1 - 1e-12).toBe(diagonal)
      }),
    ),
  )
  test('Cohen and Scott ignore the categories’ names; quadratic weights ignore reversal', () =>
    fc.assert(
      fc.property(square, (table) => {
        const reversed = table.toReversed().map((row) => row.toReversed())
        for (const [, statistic] of statistics) expect(statistic(reversed).estimate ?? 9).toBeCloseTo(statistic(table).estimate ?? 9, 12)
      }),
    ))
  test('two categories: weights change nothing', () =>
    fc.assert(
      fc.property(fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(9)), ([a, b, c, d]) => {
        const table = [
          [a, b],
          [c, d],
        ]
        expect(cohenKappa(table, { weights: 'linear' }).estimate).toEqual(cohenKappa(table).estimate)
      }),
    ))
})
