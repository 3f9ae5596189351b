import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StatsError } from '../error.ts'
import { seededRandom } from '../numeric/random.ts'
import { intraclassCorrelation, type IccOptions } from './intraclass-correlation.ts'
import { ratingsFromTable } from './ratings.ts'

/** Shrout & Fleiss (1979), table 2: four judges of six targets. */
const shroutFleiss = ratingsFromTable([
  [9, 2, 5, 8],
  [6, 1, 3, 2],
  [8, 4, 6, 8],
  [7, 1, 2, 6],
  [10, 5, 6, 9],
  [6, 2, 4, 7],
])
const forms: IccOptions[] = ([1, 2, 3] as const).flatMap((form) => (['single', 'average'] as const).map((unit) => ({ form, unit })))

test('refuses words and a confidence of 1', () => {
  expect(() => intraclassCorrelation(ratingsFromTable([['a', 'b']]))).toThrow(StatsError)
  expect(() => intraclassCorrelation(shroutFleiss, { confidence: 1 })).toThrow(/confidence/)
})

test.each([
  [1, 'single', 0.1657, -0.1329, 0.7226],
  [2, 'single', 0.2898, 0.0188, 0.7611],
  [3, 'single', 0.7148, 0.3425, 0.9459],
  [1, 'average', 0.4428, -0.8844, 0.9124],
  [2, 'average', 0.6201, 0.0711, 0.9272],
  [3, 'average', 0.9093, 0.6757, 0.9859],
] as const)('form %i, %s, of Shrout & Fleiss', (form, unit, estimate, low, high) => {
  const result = intraclassCorrelation(shroutFleiss, { form, unit })
  expect(result).toMatchObject({ estimate: expect.closeTo(estimate, 3), low: expect.closeTo(low, 3), high: expect.closeTo(high, 3) })
})

describe('undefined cases have a reason', () => {
  test.each([
    [[], 'no-ratings'],
    [[[1], [2]], 'one-rater'],
    [[[1, 2]], 'one-item'],
    [
      [
        [1, 2],
        [2, null],
      ],
      'incomplete',
    ],
    [
      [
        [1, 1],
        [1, 1],
      ],
      'no-variance',
    ],
    [
      [
        [1, 2],
        [2, 1],
      ],
      'no-item-variance',
    ],
  ] as const)('%j', (table, reason) => {
    for (const options of forms) expect(intraclassCorrelation(ratingsFromTable(table), options)).toMatchObject({ estimate: null, reason })
  })
})

test('form 3 forgives severity, form 2 does not', () => {
  const severe = ratingsFromTable([
    [1, 3],
    [2, 4],
    [3, 5],
  ])
  expect(intraclassCorrelation(severe, { form: 3 }).estimate).toBe(1)
  expect(intraclassCorrelation(severe, { form: 2 }).estimate).toBeCloseTo(1 / 3, 12)
})

test('at most 1, finite, indifferent to the order of items and raters, and to shift and scale', () =>
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 8 }),
      (table) => {
        for (const options of forms) {
          const result = intraclassCorrelation(ratingsFromTable(table), options)
          const turned = intraclassCorrelation(
            ratingsFromTable(table.toReversed().map((row) => row.toReversed().map((v) => 2 * v + 7))),
            options,
          )
          expect(turned.estimate ?? 9).toBeCloseTo(result.estimate ?? 9, 8)
          if (result.estimate === null) continue
          expect(result.estimate).toBeLessThanOrEqual(1)
          const { low = result.estimate, high = result.estimate } = result
          for (const value of [result.estimate, low, high]) expect(Number.isFinite(value)).toBe(true)
          expect(low <= result.estimate && result.estimate <= high).toBe(true)
        }
      },
    ),
  ))

test('recovers the share of variance, and its interval covers it in 95 % of samples', () => {
  const random = seededRandom(11)
  const covered = { 1: 0, 2: 0, 3: 0 }
  const samples = 600
  for (let s = 0; s < samples; s += 1) {
    const table = Array.from({ length: 30 }, () => {
      const item = random.normal()
      return Array.from({ length: 4 }, () => item + random.normal())
    })
    for (const form of [1, 2, 3] as const) {
      const result = intraclassCorrelation(ratingsFromTable(table), { form })
      if (result.estimate !== null && result.low! <= 0.5 && 0.5 <= result.high!) covered[form] += 1
    }
  }
  for (const form of [1, 2, 3] as const) {
    expect(covered[form] / samples).toBeGreaterThan(0.925)
    expect(covered[form] / samples).toBeLessThan(0.975)
  }
})
