import { criteriaSchema } from '@plaudit/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { goldProblems, goldScore } from './gold.ts'
import { comparisonsOf } from './pairing.ts'
import { answersAsShown, answersInTargetOrder, drawOrder, hashFraction, valueAsShown } from './presentation.ts'
import { drawTrace } from './sampling.ts'

const criteria = criteriaSchema.parse([
  { type: 'ordinal', key: 'helpful', title: 'Helpful', points: [1, 2, 3].map((value) => ({ value, label: String(value) })) },
  { type: 'multi_label', key: 'topics', title: 'Topics', options: ['a', 'b'].map((value) => ({ value, label: value })) },
  { type: 'mark', key: 'errors', title: 'Errors', types: [{ value: 'wrong', label: 'Wrong' }] },
  { type: 'text', key: 'why', title: 'Why' },
  { type: 'comparison', key: 'better', title: 'Better' },
  { type: 'ranking', key: 'order', title: 'Order' },
])

describe('what was said of a side is stored of the output that stood there', () => {
  test('comparison', () => {
    expect(answersInTargetOrder({ better: { outcome: 'left', strength: 2 } }, [1, 0])).toEqual({
      better: { outcome: 'right', strength: 2 },
    })
    expect(answersInTargetOrder({ better: { outcome: 'left' } }, [0, 1])).toEqual({ better: { outcome: 'left' } })
    expect(answersInTargetOrder({ better: { outcome: 'both_bad' } }, [1, 0])).toEqual({ better: { outcome: 'both_bad' } })
  })

  test('one value as another reviewer sees the sides', () => {
    expect(valueAsShown({ outcome: 'left' }, [1, 0])).toEqual({ outcome: 'right' })
    expect(valueAsShown({ ranks: [1, 2, 3] }, [2, 0, 1])).toEqual({ ranks: [3, 1, 2] })
    expect(valueAsShown(4, [1, 0])).toBe(4)
  })

  test('ranking: the rank follows its output, and comes back', () =>
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(), { minLength: 2, maxLength: 6 }), fc.string(), (keys, person) => {
        const order = drawOrder(keys.length, 'item', person)
        const rankOf = keys.map((_, index) => index + 1)
        const shown = { order: { ranks: order.map((index) => rankOf[index]) }, why: 'left', errors: [] }
        const stored = answersInTargetOrder(shown, order)
        expect(stored).toEqual({ order: { ranks: rankOf }, why: 'left', errors: [] })
        expect(answersAsShown(stored, order)).toEqual(shown)
      }),
    ))

  test('both orders of a pair are drawn about equally often', () => {
    const swapped = Array.from({ length: 2_000 }, (_, i) => drawOrder(2, `item ${i}`, 'person')[0] === 1).filter(Boolean).length
    expect(Math.abs(swapped - 1_000)).toBeLessThan(120)
  })
})

describe('known answers', () => {
  test('count by criterion; free text is not compared', () => {
    const gold = { helpful: 3, topics: ['a', 'b'], errors: [{ type: 'wrong', start: 5, end: 9 }], why: 'because' }
    expect(goldScore(criteria, gold, { helpful: 3, topics: ['b', 'a'], errors: [{ type: 'wrong', start: 7, end: 12 }] })).toBe(1)
    expect(goldScore(criteria, gold, { helpful: 2, topics: ['b', 'a'], errors: [] })).toBeCloseTo(1 / 3)
    expect(goldScore(criteria, { why: 'because' }, { why: 'so' })).toBeNull()
  })

  test('must fit the rubric but need not cover it', () => {
    expect(goldProblems(criteria, { helpful: 3 }, 1)).toEqual([])
    expect(goldProblems(criteria, { helpful: 9 }, 1)).toEqual(['Helpful must be one of 1, 2, 3.'])
  })
})

describe('a sampling plan', () => {
  const plan = { uniform: 0.1, strata: [{ name: 'negative', filter: {}, rate: 0.5 }], seed: 7 }
  const ids = Array.from({ length: 20_000 }, (_, i) => `trace ${i}`)

  test('draws at the inclusion probability that it stores', () => {
    for (const [stratum, probability] of [
      [null, 0.1],
      ['negative', 0.55],
    ] as const) {
      const drawn = ids.flatMap((id) => drawTrace(plan, id, stratum) ?? [])
      expect(drawn.every((one) => Math.abs(one.probability - probability) < 1e-12 && one.stratum === stratum)).toBe(true)
      expect(Math.abs(drawn.length / ids.length - probability)).toBeLessThan(0.015)
    }
  })

  test('draws the same traces again, and others with another seed', () => {
    const drawn = (seed: number) => ids.filter((id) => drawTrace({ ...plan, seed }, id, null) !== null)
    expect(drawn(7)).toEqual(drawn(7))
    expect(drawn(8)).not.toEqual(drawn(7))
  })
})

test('pairs outputs for the same input across versions, models or samples', () => {
  const generation = (traceId: string, spanId: string, inputKey: string, promptVersion: string, model = 'm') => ({
    ref: { traceId, spanId } as never,
    model,
    promptVersion,
    inputKey,
  })
  const all = [
    generation('t1', 's1', 'q', 'v1'),
    generation('t2', 's2', 'q', 'v2'),
    generation('t3', 's3', 'q', 'v1'),
    generation('t4', 's4', 'other', 'v2'),
    generation('t1', 's5', 'q', 'v1'),
  ]
  const ids = (pairs: { spanId: string }[][]) => pairs.map((pair) => pair.map(({ spanId }) => spanId).join(' '))
  expect(ids(comparisonsOf(all, 'promptVersion'))).toEqual(['s1 s2'])
  expect(ids(comparisonsOf(all, 'model'))).toEqual([])
  expect(ids(comparisonsOf(all, 'samples'))).toEqual(['s1 s5'])
})

test('hashes spread evenly', () => {
  const values = Array.from({ length: 1_000 }, (_, i) => hashFraction(`text ${i}`))
  expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / 1_000 - 0.5)).toBeLessThan(0.04)
})
