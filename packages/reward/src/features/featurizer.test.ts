import { describe, expect, it } from 'vitest'
import { featurizer } from './featurizer.ts'

function bucketsOf(text: string, characters: boolean): Set<number> {
  const { buckets, count } = featurizer({ characters })('', text)
  return new Set(buckets.subarray(0, count))
}

describe('featurizer', () => {
  it.each([false, true])(
    'gives every output the Euclidean length 1, and the empty one nothing; with character n-grams: %s',
    (characters) => {
      const featurize = featurizer({ characters })
      for (const text of ['a', 'Hello, world!', '日本語テキスト', 'й'.repeat(5000)]) {
        const { count, value, buckets } = featurize('', text)
        expect(new Set(buckets.subarray(0, count)).size).toBe(count)
        expect(count * value * value).toBeCloseTo(1, 10)
      }
      expect(featurize('', '')).toMatchObject({ count: 0, value: 0 })
    },
  )

  it('forgets one output before the next', () => {
    const featurize = featurizer({ characters: true })
    const first = featurize('q', 'One answer.').count
    featurize('other', 'Something else entirely, and longer.')
    expect(featurize('q', 'One answer.').count).toBe(first)
  })

  it.each([
    ['lower case in any script', 'ÄRGER ΣΟΦΙΑ 𐐀𐐁', 'ärger σοφια 𐐨𐐩'],
    ['composed and decomposed letters', 'cafe\u0301 olé', 'café ole\u0301'],
  ])('takes %s for the same n-grams', (_, text, same) => {
    expect(bucketsOf(text, true)).toEqual(bucketsOf(same, true))
  })

  it('finds n-grams that words do not: misspellings share most of them', () => {
    const shared = (a: Set<number>, b: Set<number>) => [...a].filter((bucket) => b.has(bucket)).length / a.size
    const [text, misspelt] = ['unfortunately impossible', 'unfortunatly imposible']
    expect(shared(bucketsOf(text, false), bucketsOf(misspelt, false))).toBeLessThan(0.5)
    expect(shared(bucketsOf(text, true), bucketsOf(misspelt, true))).toBeGreaterThan(0.5)
    // Words of one text without their order: pairs and n-grams over the boundary differ.
    expect(bucketsOf('to be', true)).not.toEqual(bucketsOf('be to', true))
  })

  it('takes n-grams from texts without words, and finds as many as there are places', () => {
    expect(bucketsOf('?!?', false).size).toBe(0)
    expect(bucketsOf('?!?', true).size).toBe(1)
    expect(bucketsOf('!?!%&', true).size).toBe(3 + 1)
  })
})
