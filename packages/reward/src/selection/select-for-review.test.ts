import { seededRandom } from '@plaudit/stats'
import { describe, expect, it } from 'vitest'
import { selectForReview } from './select-for-review.ts'

describe('selectForReview', () => {
  it('takes the highest values, and a blind slice of everything else', () => {
    const chosen = selectForReview([0.1, 0.9, Number.NaN, 0.5, 0.7, 0.2], { limit: 4, uniformShare: 0.5 })
    expect(chosen.slice(0, 2)).toEqual([
      { index: 1, reason: 'targeted', probability: 1 },
      { index: 4, reason: 'targeted', probability: 1 },
    ])
    expect(chosen.slice(2).every(({ index, probability }) => [0, 2, 3, 5].includes(index) && probability === 0.5)).toBe(true)
    expect(new Set(chosen.map(({ index }) => index)).size).toBe(4)
    expect(selectForReview([], { limit: 3 })).toEqual([])
    expect(selectForReview([1], { limit: 3 })).toEqual([{ index: 0, reason: 'uniform', probability: 1 }])
    expect(selectForReview([1, 2], { limit: 1, uniformShare: 0 })).toMatchObject([{ reason: 'uniform' }])
  })

  it('leaves every mean estimable: weighed by its probabilities, the choice is unbiased', () => {
    const random = seededRandom(4)
    const values = Array.from({ length: 60 }, () => random.next())
    const outcome = values.map((value) => value ** 2 + random.next())
    const truth = outcome.reduce((sum, one) => sum + one, 0)
    let total = 0
    for (let seed = 0; seed < 3000; seed += 1)
      for (const { index, probability } of selectForReview(values, { limit: 20, seed })) total += outcome[index]! / probability / 3000
    expect(total / truth).toBeCloseTo(1, 2)
  })
})
