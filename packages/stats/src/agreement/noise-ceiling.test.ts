import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../numeric/random.ts'
import { noiseCeiling } from './noise-ceiling.ts'
import { encodeRatings, ratingsFromTable } from './ratings.ts'

describe('the noise ceiling', () => {
  test('of categories, by hand: the others agree with 3 of 6, all with 5 of 6', () => {
    // Item 1: each sees two equal others. Item 2: the two 2s see {2, 1}, half a hit each; the 1 sees two 2s.
    const { low, high } = noiseCeiling(ratingsFromTable([[1, 1, 1], [2, 2, 1]]), { measure: 'accuracy' }) // prettier-ignore
    expect(low.estimate).toBeCloseTo(4 / 6, 12)
    expect(high.estimate).toBeCloseTo(5 / 6, 12)
  })

  test('of numbers, by hand: two raters who agree but for a constant', () => {
    const { low, high } = noiseCeiling(ratingsFromTable([[1, 1], [3, 3], [5, 5]]), { measure: 'correlation' }) // prettier-ignore
    expect([low.estimate, high.estimate]).toEqual([1, 1])
  })

  test('says why it does not exist', () => {
    const accuracy = { measure: 'accuracy' } as const
    expect(noiseCeiling(encodeRatings([]), accuracy).low).toMatchObject({ estimate: null, reason: 'no-ratings' })
    expect(noiseCeiling(ratingsFromTable([[1, null]]), accuracy).high).toMatchObject({ estimate: null, reason: 'no-pairs' })
    expect(noiseCeiling(ratingsFromTable([['a', 'b']]), { measure: 'correlation' }).low).toMatchObject({ reason: 'not-numeric' })
    expect(noiseCeiling(ratingsFromTable([[2, 2], [2, 2]]), { measure: 'correlation' }).low).toMatchObject({ reason: 'no-variance' }) // prettier-ignore
  })

  test('brackets what the best possible prediction reaches', () => {
    const random = seededRandom(4)
    const items = Array.from({ length: 800 }, () => random.normal())
    const noise = 0.8
    const table = items.map((quality) => Array.from({ length: 6 }, () => quality + noise * random.normal()))
    const { low, high } = noiseCeiling(ratingsFromTable(table), { measure: 'correlation' })
    const best = 1 / Math.sqrt(1 + noise * noise)
    expect(low.estimate).toBeLessThan(best + 0.01)
    expect(high.estimate).toBeGreaterThan(best - 0.01)
    expect(high.estimate! - low.estimate!).toBeLessThan(0.1)
  })

  test('is in bounds, and never lower with the rating in the view than without it', () => {
    const table = fc.array(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(table, (rows) => {
        const { low, high } = noiseCeiling(ratingsFromTable(rows), { measure: 'accuracy', resamples: 20 })
        expect(low.estimate).toBeGreaterThanOrEqual(0)
        expect(high.estimate).toBeLessThanOrEqual(1)
        expect(high.estimate!).toBeGreaterThanOrEqual(low.estimate! - 1e-12)
      }),
      { numRuns: 60 },
    )
  })
})
