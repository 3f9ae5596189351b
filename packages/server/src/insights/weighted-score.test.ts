import { weightedMomentsOf } from '@plaudit/stats'
import { describe, expect, test } from 'vitest'
import type { CountedPopulation } from '../population/service.ts'
import { trafficShares } from '../population/shares.ts'
import type { UnitSums } from './unit-sums.ts'
import { weightedScores } from './weighted-score.ts'

const cells = [
  { stratum: 'a', prompt: 'p', parts: ['v'], traces: 80 },
  { stratum: 'b', prompt: 'p', parts: ['v'], traces: 20 },
  // Another prompt’s traffic, which nobody judges on this criterion.
  { stratum: 'c', prompt: 'q', parts: ['w'], traces: 500 },
]
const population = (target?: ReadonlyMap<string, number>): CountedPopulation => ({
  population: target === undefined ? 'production' : 'target',
  strata: 'metadata:topic',
  stratumOf: (stratum) => stratum,
  sharesOf: (prompts, part) => target ?? trafficShares(cells, prompts, part),
})
const sums = (stratum: string, bucket: number, values: readonly number[]): UnitSums => ({
  bucket,
  stratum,
  prompts: ['p'],
  scores: values.length,
  unknown: values.length,
  own: weightedMomentsOf(values),
  drawn: weightedMomentsOf([]),
})

describe('scores of a population', () => {
  test('have an interval where a stratum has a single trace: that of weighted traces', () => {
    const judged = [sums('a', 0, [4, 5, 4, 5]), sums('b', 0, [1])]
    const { overall } = weightedScores(population(), judged, new Map())
    // 0.8 · 4.5 + 0.2 · 1.
    expect(overall.estimate).toBeCloseTo(3.8, 12)
    expect(overall.low!).toBeLessThan(2.5)
    expect(overall.reason).toBeNull()
    const known = weightedScores(population(), [judged[0]!, sums('b', 0, [1, 1])], new Map())
    expect(known.overall.estimate).toBeCloseTo(3.8, 12)
    expect(known.overall.high! - known.overall.low!).toBeLessThan(overall.high! - overall.low!)
  })

  test('have that interval where strata differ of which each has but one score, and none where all scores are equal', () => {
    const { overall } = weightedScores(population(), [sums('a', 0, [1, 1, 1]), sums('b', 0, [5, 5, 5])], new Map())
    expect(overall).toMatchObject({ n: 6, reason: null })
    expect(overall.estimate).toBeCloseTo(0.8 * 1 + 0.2 * 5, 12)
    expect(overall.low!).toBeLessThan(overall.estimate!)
    expect(overall.high!).toBeGreaterThan(overall.estimate!)
    const equal = weightedScores(population(), [sums('a', 0, [4, 4]), sums('b', 0, [4, 4])], new Map())
    expect(equal.overall).toMatchObject({ estimate: 4, low: null, reason: expect.stringMatching(/^All scores are equal/) as string })
  })

  test('are the same whatever unit the shares of a target are in', () => {
    const judged = [sums('a', 0, [4, 5, 4]), sums('b', 0, [1])]
    const of = (unit: number) => {
      const target = new Map([
        ['a', 3 * unit],
        ['b', unit],
      ])
      return weightedScores(population(target), judged, new Map()).overall
    }
    const tiny = of(1e-170)
    expect(tiny.low).toBeCloseTo(of(1).low!, 9)
    expect(tiny.effective).toBeCloseTo(of(1).effective!, 9)
    expect(of(1e170).high).toBeCloseTo(of(1).high!, 9)
  })

  test('count only what the population has, and weigh a bucket as the window is weighed', () => {
    const judged = [sums('a', 0, [4, 5]), sums('a', 1, [4, 5]), sums('b', 1, [1, 2])]
    const variants = new Map([['v', judged]])
    const { overall, ofVariant } = weightedScores(population(new Map([['b', 3]])), judged, variants)
    expect(overall).toMatchObject({ estimate: 1.5, n: 2, clusters: 2 })
    expect(ofVariant('v').ofBucket(0)).toMatchObject({ estimate: null, n: 0, reason: 'There are no scores of this population here.' })
    // An a stands for 20 traces of the traffic, a b for 10: (2 · 20 · 4.5 + 2 · 10 · 1.5) / 60.
    const traffic = weightedScores(population(), judged, variants).ofVariant('v')
    expect(traffic.ofBucket(1).estimate).toBeCloseTo((2 * 20 * 4.5 + 2 * 10 * 1.5) / 60, 12)
    expect(traffic.ofBucket(0)).toMatchObject({ estimate: 4.5, n: 2 })
  })
})
