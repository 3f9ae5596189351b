import type { EstimateView } from '@plaudit/sdk'
import { describe, expect, it } from 'vitest'
import { mainComparison, comparisonSentence, variantLabel } from './compare-variants.ts'

const variant = (promptVersion: string, model: string, n: number, estimate: number | null, half = 0.1) => ({
  promptName: 'support',
  promptVersion,
  model,
  overall: {
    estimate,
    low: estimate === null ? null : estimate - half,
    high: estimate === null ? null : estimate + half,
    n,
    clusters: n,
    method: 'cluster-robust',
    reason: estimate === null ? 'Too few.' : null,
  },
  series: [] as { time: string; score: EstimateView }[],
})
const criterion = (...variants: ReturnType<typeof variant>[]) => ({
  criterion: 'helpfulness',
  kind: 'rating',
  authorKind: 'human' as const,
  weighting: { population: 'sample' as const, method: 'none' as const, strata: null, sentence: 'As sampled.' },
  overall: { estimate: null, low: null, high: null, n: 0, clusters: 0, method: '', reason: '' },
  consensus: 0,
  variants,
})

describe('mainComparison', () => {
  it('takes the newest version against the best known of the others, whatever the result', () => {
    const judgedFrom = (day: number, row: ReturnType<typeof variant>) => ({
      ...row,
      series: [{ time: `2026-03-0${day}T00:00:00.000Z`, score: row.overall }],
    })
    const found = mainComparison(
      criterion(
        judgedFrom(1, variant('1', 'a', 40, 2)),
        judgedFrom(2, variant('2', 'a', 500, 3)),
        judgedFrom(2, variant('2', 'b', 500, 4)),
        judgedFrom(5, variant('3', 'a', 50, 3.01)),
      ),
    )
    expect([found?.better.promptVersion, found?.other.promptVersion, found?.differsBy]).toEqual(['3', '2', 'version'])
    expect(found?.isClear).toBe(false)
  })

  it('takes the pair with most evidence where none is newer', () => {
    const found = mainComparison(criterion(variant('1', 'a', 100, 3), variant('2', 'a', 112, 3.4), variant('3', 'a', 20, 5)))
    expect(found?.better.promptVersion).toBe('2')
    expect(found?.other.promptVersion).toBe('1')
    expect(found?.difference.estimate).toBeCloseTo(0.4)
    expect(found?.difference.low).toBeCloseTo(0.4 - Math.hypot(0.1, 0.1))
    expect(found?.isClear).toBe(true)
  })

  it('compares only what differs in one thing', () => {
    expect(mainComparison(criterion(variant('1', 'a', 100, 3), variant('2', 'b', 100, 4)))).toBeNull()
    expect(mainComparison(criterion(variant('1', 'a', 100, 3), variant('1', 'b', 100, 4)))?.differsBy).toBe('model')
  })

  it('passes over what has no interval', () => {
    expect(mainComparison(criterion(variant('1', 'a', 1, null), variant('2', 'a', 100, 4)))).toBeNull()
  })
})

describe('comparisonSentence', () => {
  it('says by how much, with the interval and the number of judgments', () => {
    const pair = criterion(variant('2', 'gpt-4o', 100, 3), variant('3', 'gpt-4o', 112, 3.4))
    const found = mainComparison(pair)
    expect(found === null ? '' : comparisonSentence(pair, found)).toBe(
      'support v3 scores 0.40 above v2 on helpfulness with gpt-4o [0.26, 0.54], 212 judgments.',
    )
  })

  it('says that a difference is not clear', () => {
    const pair = criterion(variant('2', '', 100, 3, 0.5), variant('3', '', 112, 3.1, 0.5))
    const found = mainComparison(pair)
    expect(found === null ? '' : comparisonSentence(pair, found)).toBe(
      'support v3 and v2 cannot be told apart on helpfulness: the difference is 0.10 [−0.61, 0.81], 212 judgments.',
    )
  })
})

it('names a variant by what it has', () => {
  expect(variantLabel({ promptName: '', promptVersion: '', model: 'gpt-4o' })).toBe('gpt-4o')
  expect(variantLabel({ promptName: 'triage', promptVersion: 'baseline', model: '' })).toBe('triage baseline')
})
