import fc from 'fast-check'
import { expect, test } from 'vitest'
import { alphaInfluences } from './alpha-influence.ts'
import { cohenKappa } from './cohen-kappa.ts'
import type { Level } from './disagreement.ts'
import { withImagined } from './imagined-item.ts'
import { influenceInterval } from './influence-interval.ts'
import { krippendorffAlpha } from './krippendorff-alpha.ts'
import { distinctPatterns, type Patterns } from './pattern.ts'
import { ratingsFromTable } from './ratings.ts'

const tables = fc.array(fc.array(fc.option(fc.integer({ min: 1, max: 5 })), { minLength: 3, maxLength: 3 }), {
  minLength: 3,
  maxLength: 12,
})
const order = [1, 2, 3, 4, 5]

test.each(['nominal', 'ordinal', 'interval', 'ratio'] satisfies Level[])('alpha and its derivatives by items, %s', (level) =>
  fc.assert(
    fc.property(tables, (table) => {
      const ratings = ratingsFromTable(table, { order })
      const { estimate } = krippendorffAlpha(ratings, { level, resamples: 0 })
      fc.pre(estimate !== null)
      const patterns = distinctPatterns(ratings, 2)
      const scale = level === 'nominal' || level === 'ordinal' ? null : ratings.numbers
      const of = (multiplicities: Float64Array) => alphaInfluences({ ...patterns, multiplicities }, level, scale, 5)
      const { center, values } = of(patterns.multiplicities)
      expect(center).toBeCloseTo(estimate, 10)
      for (const p of patterns.multiplicities.keys()) {
        const [more, less] = [1e-5, -1e-5].map(
          (step) => of(patterns.multiplicities.map((weight, q) => weight + (q === p ? step : 0))).center,
        )
        expect(values[p]).toBeCloseTo((more! - less!) / 2e-5, 4)
      }
    }),
  ),
)

test('imagined items: one rating alike and what is asked for at random, over the categories in use', () => {
  const patterns = distinctPatterns(
    ratingsFromTable(
      [
        [1, 1],
        [2, 2],
        [1, 2],
      ],
      { order },
    ),
    2,
  )
  const { sizes, multiplicities, codes } = withImagined(patterns, 0.2) as Patterns
  const weights = multiplicities.subarray(patterns.sizes.length)
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(0.5 + 0.2, 12)
  expect(new Set(sizes)).toEqual(new Set([2]))
  expect(new Set(codes)).toEqual(new Set([0, 1]))
  // With very many categories there are so many ratings that nothing imagined would show.
  const many = distinctPatterns(ratingsFromTable(Array.from({ length: 400 }, (_, i) => [i, i + 1])), 2)
  expect(withImagined(many, 0.2)).toBe(many)
})

test('the interval lies in −1..1, holds the estimate, and widens where few items decide', () => {
  const of = (values: number[], scale: 'fisher' | 'wilson') =>
    influenceInterval(0.9, { center: 0.8, values, weights: values.map(() => 1), real: values.length }, { scale, method: 'so' })
  for (const scale of ['fisher', 'wilson'] as const) {
    const [even, lumpy] = [
      of(
        Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 0.03 : -0.03)),
        scale,
      ),
      of(
        Array.from({ length: 100 }, (_, i) => (i < 4 ? 0.15 : 0)),
        scale,
      ),
    ]
    for (const { low, high } of [even, lumpy]) {
      expect(low).toBeGreaterThanOrEqual(-1)
      expect(low).toBeLessThan(0.8)
      expect(high).toBeGreaterThanOrEqual(0.9)
      expect(high).toBeLessThanOrEqual(1)
    }
    // The same variance, from four items instead of a hundred.
    expect(lumpy.low).toBeLessThan(even.low)
  }
})

test("Cohen's kappa: the interval is that of its standard error where items are many", () => {
  const table = [
    [4000, 700],
    [600, 5000],
  ]
  const { estimate, low, high, se } = cohenKappa(table) as { estimate: number; low: number; high: number; se: number }
  expect((high - low) / 2).toBeCloseTo(1.96 * se, 4)
  expect((high + low) / 2).toBeCloseTo(estimate, 3)
})
