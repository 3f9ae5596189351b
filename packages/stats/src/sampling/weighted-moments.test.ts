import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StatsError } from '../error.ts'
import { hajekMean } from './inverse-probability.ts'
import { postStratifiedMean, postStratifiedMeanOfMoments } from './post-stratification.ts'
import { addWeightedMoments, hajekMeanOfMoments, weightedMomentsOf } from './weighted-moments.ts'

const sample = fc.array(fc.record({ y: fc.integer({ min: 1, max: 5 }), p: fc.constantFrom(0.1, 0.25, 0.5, 1) }), {
  minLength: 1,
  maxLength: 25,
})

describe('weighted means of moments', () => {
  test('by hand: 4 of weight 1, 1 of weight 3', () => {
    // (4 + 3) / 4; residuals 2.25 and 3 · −0.75; V = 2 · 2 · 2.25² / 16.
    const found = hajekMeanOfMoments(weightedMomentsOf([4, 1], [1, 3]))
    expect(found).toMatchObject({ estimate: 1.75, n: 2, effective: 1.6 })
    expect((found as { se: number }).se).toBeCloseTo(Math.sqrt((4 * 2.25 ** 2) / 16), 12)
  })

  test('say why there is none, and refuse what cannot be', () => {
    expect(hajekMeanOfMoments(weightedMomentsOf([]))).toMatchObject({ estimate: null, reason: 'no-ratings' })
    expect(hajekMeanOfMoments({ ...weightedMomentsOf([1]), weights: 0 })).toMatchObject({ estimate: null, reason: 'no-weight' })
    expect(hajekMeanOfMoments(weightedMomentsOf([3], [2]))).toMatchObject({ estimate: 3, se: null })
    expect(() => weightedMomentsOf([1, 2], [1])).toThrow(StatsError)
    expect(() => weightedMomentsOf([1], [-1])).toThrow(StatsError)
    expect(() => hajekMeanOfMoments({ ...weightedMomentsOf([1]), sum: Number.NaN })).toThrow(StatsError)
    const strata = [{ name: 'a', share: -1, moments: weightedMomentsOf([1]) }]
    expect(() => postStratifiedMeanOfMoments(strata)).toThrow(/share of a/)
    const empty = [
      { name: 'a', share: 1, moments: weightedMomentsOf([1, 2]) },
      { name: 'b', share: 1, moments: weightedMomentsOf([]) },
    ]
    expect(postStratifiedMeanOfMoments(empty)).toMatchObject({ estimate: null, reason: 'empty-stratum', empty: ['b'] })
  })

  test('tell a small spread of large values from rounding, and rounding from a spread', () => {
    // The standard error of 0, 1 and 2, wherever they begin.
    const far = hajekMeanOfMoments(weightedMomentsOf([1e6, 1e6 + 1, 1e6 + 2])) as { se: number }
    expect(far.se).toBeCloseTo(1 / Math.sqrt(3), 3)
    for (const value of [0.1, 1 / 3, 4.7, 1e6 + 0.3])
      for (const units of [2, 7, 1_000, 200_000]) {
        const equal = Array.from({ length: units }, () => value)
        expect(hajekMeanOfMoments(weightedMomentsOf(equal))).toMatchObject({ se: 0 })
        const weights = equal.map((_, i) => 1 / (1 + (i % 7)))
        expect(hajekMeanOfMoments(weightedMomentsOf(equal, weights))).toMatchObject({ se: 0 })
      }
  })

  test('refuse weights whose powers no number holds, and take them beside larger ones', () => {
    expect(() => hajekMeanOfMoments(weightedMomentsOf([1, 5], [1e-170, 1e-170]))).toThrow(/weightFourths/)
    expect(() => hajekMeanOfMoments(weightedMomentsOf([1, 5], [1e170, 1e170]))).toThrow(StatsError)
    expect(hajekMeanOfMoments(weightedMomentsOf([1, 5], [1, 1e-170]))).toMatchObject({ estimate: 1, effective: 1 })
  })

  test('are Hájek over the units themselves, added up in any parts', () =>
    fc.assert(
      fc.property(sample, fc.nat(25), fc.boolean(), (units, cut, isShare) => {
        const values = units.map(({ y }) => (isShare ? Number(y > 3) : y))
        const weights = units.map(({ p }) => 1 / p)
        const parts = [
          { moments: weightedMomentsOf(values.slice(0, cut), weights.slice(0, cut)) },
          // Half the weight, twice the factor.
          {
            moments: weightedMomentsOf(
              values.slice(cut),
              weights.slice(cut).map((weight) => weight / 2),
            ),
            factor: 2,
          },
        ]
        const found = hajekMeanOfMoments(addWeightedMoments(parts), { proportion: isShare })
        const expected = hajekMean(
          values,
          units.map(({ p }) => p),
          { variance: 'CR1', proportion: isShare },
        )
        for (const key of ['estimate', 'low', 'high', 'effective', 'population'] as const) {
          const value = (expected as Partial<Record<typeof key, number>>)[key]
          if (value === undefined) expect(found).not.toHaveProperty(key)
          else expect((found as Record<string, unknown>)[key]).toBeCloseTo(value, 6)
        }
      }),
    ))

  test('post-stratified, are those over the units themselves; and with weights share / units it is Hájek', () =>
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 4 }), (groups) => {
        const strata = groups.map((units, k) => ({ name: String(k), share: k + 1, values: units.map(({ y }) => y) }))
        const found = postStratifiedMeanOfMoments(strata.map(({ values, ...one }) => ({ ...one, moments: weightedMomentsOf(values) })))
        const expected = postStratifiedMean(
          strata.map(({ values, ...one }) => ({ ...one, observations: { sums: values, sizes: values.map(() => 1) } })),
        )
        for (const key of ['estimate', 'low', 'high', 'effective'] as const) {
          const value = (expected as Partial<Record<typeof key, number>>)[key]
          if (value === undefined) expect(found).not.toHaveProperty(key)
          else expect((found as Record<string, unknown>)[key]).toBeCloseTo(value, 6)
        }
        const weighted = strata.map(({ share, values }) => ({ moments: weightedMomentsOf(values), factor: share / values.length }))
        expect(hajekMeanOfMoments(addWeightedMoments(weighted)).estimate).toBeCloseTo(expected.estimate!, 9)
      }),
    ))
})
