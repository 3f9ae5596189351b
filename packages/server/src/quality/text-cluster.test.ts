import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clusterTexts } from './text-cluster.ts'
import { termVectors, wordsOf } from './text-term.ts'

describe('terms', () => {
  test('are words of any script, in lower case', () => {
    expect(wordsOf('Too SLOW — 12 s, 0.5 %! התשובה ארוכה, 返答が遅い')).toEqual([
      'too',
      'slow',
      '12',
      's',
      '0.5',
      'התשובה',
      'ארוכה',
      '返答が遅い',
    ])
  })

  test('weigh by how rare they are, at unit length; what no other text has is left out', () => {
    const { vectors, names } = termVectors(['slow slow answer 24', 'slow answer 24', 'kind answer', 'kind words', 'nothing alike'])
    expect(names.toSorted()).toEqual(['answer', 'kind', 'slow'])
    for (const { weights } of vectors.slice(0, 4)) expect(weights.reduce((sum, weight) => sum + weight ** 2, 0)).toBeCloseTo(1, 12)
    expect(vectors[4]?.terms).toHaveLength(0)
  })
})

describe('clusters', () => {
  const slow = ['waited far too long', 'it took too long to load', 'slow, waited a minute', 'so slow, too long', 'slow to load']
  const rude = ['sounds cold and curt', 'curt, no empathy', 'cold reply, no empathy', 'rude and curt reply', 'no empathy, rude']

  test('find two kinds of complaints whatever their order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...slow, ...rude], { minLength: 10 }), fc.integer({ min: 1, max: 50 }), (texts, seed) => {
        const { vectors, names } = termVectors(texts)
        const clusters = clusterTexts(vectors, names.length, 2, seed)
        const members = clusters.flatMap((one) => one.members)
        expect(new Set(members).size).toBe(members.length)
        for (const { cohesion } of clusters) expect(cohesion).toBeGreaterThan(0)
      }),
      { numRuns: 30 },
    )
    const { vectors, names } = termVectors([...slow, ...rude])
    const found = clusterTexts(vectors, names.length, 2).map(({ members }) => members.toSorted((a, b) => a - b))
    expect(found.toSorted((a, b) => a[0]! - b[0]!)).toEqual([
      [0, 1, 2, 3, 4],
      [5, 6, 7, 8, 9],
    ])
  })

  test('of nothing are none, and of equal texts one', () => {
    expect(clusterTexts([], 0, 3)).toEqual([])
    const { vectors, names } = termVectors([
      'late parcel',
      'late parcel',
      'late parcel',
      'other thing',
      'other thing',
      'other thing',
      'other thing',
    ])
    const clusters = clusterTexts(vectors, names.length, 5)
    expect(new Set(clusters.map(({ members }) => members.length))).toEqual(new Set([3, 4]))
  })
})
