import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StatsError } from '../error.ts'
import type { Level } from './disagreement.ts'
import { krippendorffAlpha } from './krippendorff-alpha.ts'
import { groupMarks } from './marks.ts'
import { marksAlpha } from './marks-alpha.ts'
import { noiseCeiling } from './noise-ceiling.ts'
import { percentAgreement } from './percent-agreement.ts'
import { ratingsFromTable } from './ratings.ts'

const levels = ['nominal', 'ordinal', 'interval', 'ratio'] satisfies Level[]
const order = [1, 2, 3, 4]
const value = fc.integer({ min: 1, max: 4 })
const rows = fc.array(fc.tuple(value, fc.option(value), fc.option(value)), { minLength: 5, maxLength: 12 })
const weighted = rows.chain((table) =>
  fc.tuple(fc.constant(table), fc.array(fc.integer({ min: 0, max: 4 }), { minLength: table.length, maxLength: table.length })),
)
/** Every item as often as it weighs: what whole weights mean. */
const repeated = <T>(table: readonly T[], weights: readonly number[]) =>
  table.flatMap((row, i) => Array.from({ length: weights[i]! }, () => row))

/** α from its definition, each pair of each item counted by the item's weight. */
function naiveAlpha(table: readonly (readonly (number | null)[])[], weights: readonly number[]): number | null {
  const units = table
    .map((row, i) => ({ own: row.filter((value) => value !== null), weight: weights[i]! }))
    .filter(({ own, weight }) => own.length >= 2 && weight > 0)
  const all = units.flatMap(({ own, weight }) => own.map((value) => ({ value, weight })))
  const n = all.reduce((sum, { weight }) => sum + weight, 0)
  let [observed, expected] = [0, 0]
  for (const { own, weight } of units) for (const a of own) for (const b of own) observed += a === b ? 0 : weight / (own.length - 1)
  for (const a of all) for (const b of all) expected += a.value === b.value ? 0 : a.weight * b.weight
  return expected > 0 ? 1 - ((n - 1) * observed) / expected : null
}

describe('weights of items', () => {
  test('by hand: the item that is disagreed on weighs three times as much', () => {
    // (1,1) and (2,2) weigh 1, (1,2) weighs 3: n = 10, five of each value, o = 6: 1 − 9 · 6 / (2 · 5 · 5).
    const ratings = ratingsFromTable([
      [1, 1],
      [2, 2],
      [1, 2],
    ])
    const itemWeights = [1, 1, 3]
    expect(krippendorffAlpha(ratings, { itemWeights }).estimate).toBeCloseTo(1 - 54 / 50, 14)
    expect(krippendorffAlpha(ratings, { itemWeights })).toMatchObject({
      items: 3,
      ratings: 6,
      effective: expect.closeTo(25 / 11, 12) as number,
    })
    expect(percentAgreement(ratings, { itemWeights }).estimate).toBeCloseTo(2 / 5, 14)
  })

  test('are refused where they are not one for each item, or negative; of none there is nothing', () => {
    const ratings = ratingsFromTable([
      [1, 1],
      [1, 2],
    ])
    expect(() => krippendorffAlpha(ratings, { itemWeights: [1] })).toThrow(StatsError)
    expect(() => percentAgreement(ratings, { itemWeights: [1, -1] })).toThrow(StatsError)
    expect(() => noiseCeiling(ratings, { measure: 'accuracy', itemWeights: [1, Number.NaN] })).toThrow(StatsError)
    const itemWeights = [0, 0]
    expect(krippendorffAlpha(ratings, { itemWeights })).toMatchObject({ estimate: null, reason: 'no-weight' })
    expect(percentAgreement(ratings, { itemWeights })).toMatchObject({ estimate: null, reason: 'no-weight' })
    expect(noiseCeiling(ratings, { measure: 'accuracy', itemWeights }).low).toMatchObject({ estimate: null, reason: 'no-weight' })
    expect(krippendorffAlpha(ratingsFromTable([[1], [2]]), { itemWeights })).toMatchObject({ reason: 'no-pairs' })
  })

  test.each(levels)('alpha, %s: whole weights are so many items alike, and weights of 1 change nothing', (level) =>
    fc.assert(
      fc.property(weighted, ([table, itemWeights]) => {
        const ratings = ratingsFromTable(table, { order })
        const found = krippendorffAlpha(ratings, { level, itemWeights, resamples: 0 }).estimate
        const more = krippendorffAlpha(ratingsFromTable(repeated(table, itemWeights), { order }), { level, resamples: 0 }).estimate
        if (more === null) expect(found).toBeNull()
        else expect(found).toBeCloseTo(more, 10)
        const [plain, ones] = [
          krippendorffAlpha(ratings, { level }),
          krippendorffAlpha(ratings, { level, itemWeights: table.map(() => 1) }),
        ]
        for (const key of ['estimate', 'low', 'high'] as const) {
          const [a, b] = [plain, ones].map((one) => (one as Partial<Record<typeof key, number>>)[key])
          if (typeof a === 'number') expect(b).toBeCloseTo(a, 8)
          else expect(b).toBe(a)
        }
      }),
      { numRuns: 60 },
    ),
  )

  test('alpha with weights of any size is its definition, pair by pair', () =>
    fc.assert(
      fc.property(rows, fc.array(fc.double({ min: 0.2, max: 5, noNaN: true }), { minLength: 12, maxLength: 12 }), (table, weights) => {
        const itemWeights = weights.slice(0, table.length)
        const expected = naiveAlpha(table, itemWeights)
        const found = krippendorffAlpha(ratingsFromTable(table, { order }), { itemWeights, resamples: 0 }).estimate
        if (expected === null) expect(found).toBeNull()
        else expect(found).toBeCloseTo(expected, 9)
      }),
    ))

  test('percent agreement and the noise ceiling: whole weights are so many items alike', () =>
    fc.assert(
      fc.property(weighted, ([table, itemWeights]) => {
        const [ratings, more] = [ratingsFromTable(table, { order }), ratingsFromTable(repeated(table, itemWeights), { order })]
        const [found, expected] = [percentAgreement(ratings, { itemWeights }), percentAgreement(more)]
        if (expected.estimate === null) expect(found.estimate).toBeNull()
        else expect(found.estimate).toBeCloseTo(expected.estimate, 10)
        for (const measure of ['accuracy', 'correlation'] as const) {
          const [own, other] = [
            noiseCeiling(ratings, { measure, itemWeights, resamples: 0 }),
            noiseCeiling(more, { measure, resamples: 0 }),
          ]
          for (const bound of ['low', 'high'] as const) {
            const known = other[bound].estimate
            if (known === null) expect(own[bound].estimate).toBeNull()
            else expect(own[bound].estimate).toBeCloseTo(known, 8)
          }
        }
      }),
      { numRuns: 60 },
    ))

  test('marks: a text of weight 2 is two texts', () => {
    const text = (item: string, ends: readonly [number, number]) => [
      { item, rater: 'a', type: 'wrong', start: 0, end: ends[0], length: 20 },
      { item, rater: 'b', type: 'wrong', start: 0, end: ends[1], length: 20 },
    ]
    const texts = groupMarks([...text('one', [5, 6]), ...text('two', [9, 3])])
    const twice = groupMarks([...text('one', [5, 6]), ...text('two', [9, 3]), ...text('three', [9, 3])])
    expect(marksAlpha(texts, { itemWeights: [1, 2] }).estimate).toBeCloseTo(marksAlpha(twice).estimate!, 12)
    expect(marksAlpha(texts, { itemWeights: [1, 1] })).toEqual({ ...marksAlpha(texts), effective: 2 })
  })

  test('a bootstrap over weighted items says about the same as the linearised interval', () => {
    const table = Array.from({ length: 120 }, (_, i) => [1 + (i % 3), i % 4 === 0 ? 1 + ((i + 1) % 3) : 1 + (i % 3)])
    const ratings = ratingsFromTable(table, { order: [1, 2, 3] })
    const itemWeights = table.map((_, i) => (i % 5 === 0 ? 3 : 0.5))
    const linear = krippendorffAlpha(ratings, { itemWeights }) as { estimate: number; low: number; high: number; method: string }
    const resampled = krippendorffAlpha(ratings, { itemWeights, resamples: 1000 }) as typeof linear
    expect(linear.method).toMatch(/weighted items/)
    expect(resampled.estimate).toBe(linear.estimate)
    expect(Math.abs(resampled.low - linear.low)).toBeLessThan(0.05)
    expect(Math.abs(resampled.high - linear.high)).toBeLessThan(0.05)
    // Heavy weights say less than equal ones.
    const plain = krippendorffAlpha(ratings) as typeof linear
    expect(linear.high - linear.low).toBeGreaterThan(plain.high - plain.low)
  })
})
