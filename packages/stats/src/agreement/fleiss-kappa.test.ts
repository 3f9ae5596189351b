import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StatsError } from '../error.ts'
import { countTable, fleissKappa, randolphKappa } from './fleiss-kappa.ts'
import { generalisedFleissKappa, brennanPrediger } from './gwet-ac.ts'
import { krippendorffAlpha } from './krippendorff-alpha.ts'
import { percentAgreement } from './percent-agreement.ts'
import { ratingsFromTable } from './ratings.ts'

/** Fleiss (1971): six psychiatrists, thirty patients, five diagnoses. */
const diagnoses = (
  '444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444 224445 333335 111455 111112 ' +
  '224444 133555 555555 244444 224555 114444 144445 222224 111155 224444 133333 555555'
)
  .split(' ')
  .map((row) => Array.from(row, Number))
const ratings = ratingsFromTable(diagnoses)

test('refuses ragged tables, negative and fractional counts', () => {
  for (const counts of [[[1, 1], [2]], [[-1, 3]], [[0.5, 1.5]]]) expect(() => fleissKappa(counts)).toThrow(StatsError)
})

test('Fleiss (1971)', () => {
  const kappa = fleissKappa(countTable(ratings))
  expect(kappa).toMatchObject({
    estimate: expect.closeTo(0.430245, 6),
    se0: expect.closeTo(0.024374, 6),
    z: expect.closeTo(17.652, 3),
    items: 30,
    raters: 6,
  })
  for (const [k, expected] of [0.245, 0.245, 0.52, 0.471, 0.566].entries()) expect(kappa.perCategory![k]).toBeCloseTo(expected, 3)
  const { low, high } = kappa as { low: number; high: number }
  expect(low).toBeLessThan(0.43)
  expect(high).toBeGreaterThan(0.43)
  expect(generalisedFleissKappa(ratings).estimate).toBeCloseTo(0.430245, 6)
})

describe('undefined cases have a reason', () => {
  test.each([
    [[], 'no-ratings'],
    [[[0, 0]], 'no-ratings'],
    [
      [
        [1, 0],
        [0, 1],
      ],
      'no-pairs',
    ],
    [
      [
        [2, 0],
        [2, 1],
      ],
      'unequal-ratings',
    ],
    [
      [
        [3, 0],
        [3, 0],
      ],
      'no-variation',
    ],
  ])('%j: %s', (counts, reason) => expect(fleissKappa(counts)).toMatchObject({ estimate: null, reason }))
  test('a category that nobody uses has no kappa of its own', () =>
    expect(
      fleissKappa([
        [3, 0, 0],
        [0, 3, 0],
      ]).perCategory,
    ).toEqual([1, 1, null]))
  test('percent agreement without pairs', () => {
    expect(percentAgreement(ratingsFromTable([[1, null]]))).toMatchObject({ estimate: null, reason: 'no-pairs' })
    expect(percentAgreement(ratingsFromTable([]))).toMatchObject({ estimate: null, reason: 'no-ratings' })
  })
})

describe('properties', () => {
  const tables = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 15 })
  const encoded = (table: number[][]) => ratingsFromTable(table, { order: [0, 1, 2, 3] })
  const quick = { resamples: 0 }

  test('complete ratings: alpha is kappa with its small-sample correction', () =>
    fc.assert(
      fc.property(tables, (table) => {
        const kappa = fleissKappa(countTable(encoded(table)), quick).estimate
        const alpha = krippendorffAlpha(encoded(table), quick).estimate
        if (kappa === null || alpha === null) expect(alpha).toEqual(kappa)
        else expect(alpha).toBeCloseTo(kappa + (1 - kappa) / (4 * table.length), 10)
      }),
    ))
  test('general and complete forms agree: Fleiss, Randolph and Brennan–Prediger, percent', () =>
    fc.assert(
      fc.property(tables, (table) => {
        const counts = countTable(encoded(table))
        expect(generalisedFleissKappa(encoded(table)).estimate ?? 9).toBeCloseTo(fleissKappa(counts, quick).estimate ?? 9, 10)
        const randolph = randolphKappa(counts, quick)
        expect(brennanPrediger(encoded(table)).estimate).toBeCloseTo(randolph.estimate!, 10)
        expect(percentAgreement(encoded(table)).estimate).toBeCloseTo(randolph.observed!, 10)
      }),
    ))
  test('kappa lies in -1 / (R - 1)..1', () =>
    fc.assert(
      fc.property(tables, (table) => {
        const { estimate } = fleissKappa(countTable(encoded(table)), quick)
        if (estimate === null) return
        expect(estimate).toBeGreaterThanOrEqual(-1 / 3 - 1e-12)
        expect(estimate).toBeLessThanOrEqual(1)
      }),
    ))
})
