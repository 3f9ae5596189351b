import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StatsError } from '../error.ts'
import { sumByCluster } from '../inference/cluster-sums.ts'
import { clusteredMean } from '../inference/clustered-mean.ts'
import { hashFraction } from '../numeric/hash.ts'
import { seededRandom } from '../numeric/random.ts'
import type { Estimate } from '../result.ts'
import { readReference } from '../test/reference.ts'
import { coverageReport } from './coverage-report.ts'
import { drawUnit } from './draw-unit.ts'
import { effectiveSampleSize } from './effective-sample-size.ts'
import { hajekMean, horvitzThompsonMean } from './inverse-probability.ts'
import { postStratifiedMean } from './post-stratification.ts'
import { predictionPoweredMean } from './prediction-powered.ts'
import { rake } from './raking.ts'

const reference = readReference<{
  y: number[]
  f: number[]
  traffic: { estimate: number; se: number; n: number }
  ppi: Record<string, [number, number, number]>
  probability: number[]
  item: number[]
  hajek: [number, number]
  chiSquare: [number, number]
}>('sampling')
const answers = (positives: number, n: number) => ({
  sums: Array.from({ length: n }, (_, i) => (i < positives ? 1 : 0)),
  sizes: Array.from({ length: n }, () => 1),
})
const chat = { name: 'chat', share: 0.5, observations: answers(64, 80) }
const mail = { name: 'mail', share: 0.3, observations: answers(6, 15) }
const phone = { name: 'phone', share: 0.2, observations: answers(1, 5) }

describe('refuses', () => {
  test.each([
    ['probability 0', () => hajekMean([1], [0])],
    ['a probability above 1', () => horvitzThompsonMean([1], [1.5], 4)],
    ['lists of unequal length', () => hajekMean([1, 2], [1])],
    ['a population of none', () => horvitzThompsonMean([1], [1], 0)],
    ['half a success as a proportion of two', () => hajekMean([2], [1], { proportion: true })],
    ['negative weights', () => effectiveSampleSize([-1])],
    ['negative shares', () => postStratifiedMean([{ ...chat, share: -1 }])],
    ['two strata of one name', () => postStratifiedMean([chat, chat])],
    ['no margin', () => rake([])],
    ['a λ above 1', () => predictionPoweredMean({ values: [1], predictions: [1] }, reference.traffic, { lambda: 2 })],
    ['half a unit', () => coverageReport([{ name: 'a', queue: 0.5, traffic: 1 }])],
    ['a rate above 1', () => drawUnit({ uniform: 2, rates: {}, seed: 1 }, 'a', null)],
  ])('%s', (_what, call) => expect(call).toThrow(StatsError))
})

describe('worked by hand', () => {
  const [y, pi] = [
    [1, 0, 1, 1, 0],
    [0.5, 0.25, 0.1, 0.8, 0.2],
  ]
  test('Horvitz–Thompson and Hájek', () => {
    expect(horvitzThompsonMean(y, pi, 20).estimate).toBeCloseTo(0.6625, 12)
    expect(hajekMean(y, pi).estimate).toBeCloseTo(13.25 / 22.25, 12)
    expect(hajekMean(y, pi)).toMatchObject({ population: 22.25, n: 5, clusters: 5 })
  })
  test('post-stratification, its weights and their effective sample size', () => {
    const result = postStratifiedMean([chat, mail, phone])
    expect(result).toMatchObject({
      estimate: expect.closeTo(0.56, 12),
      se: expect.closeTo(0.060408, 6),
      asSampled: expect.closeTo(0.71, 12),
    })
    expect(result.weights!.map(({ weight }) => weight)).toEqual([0.625, expect.closeTo(2, 12), expect.closeTo(4, 12)])
    expect(result).toMatchObject({ effective: expect.closeTo(58.3942, 4), designEffect: expect.closeTo(1.7125, 4) })
    const weights = [...Array<number>(80).fill(0.625), ...Array<number>(15).fill(2), ...Array<number>(5).fill(4)]
    expect(effectiveSampleSize(weights).estimate).toBeCloseTo(58.3942, 4)
  })
  test('prediction-powered: 0.625 + 0.75 − 0.625', () => {
    const sample = { values: [1, 0, 1, 0, 1, 1, 1, 0], predictions: [1, 1, 1, 1, 0, 1, 0, 0] }
    expect(predictionPoweredMean(sample, { estimate: 0.75, se: 0.1, n: 20 }, { lambda: 1 })).toMatchObject({
      estimate: 0.75,
      judged: { estimate: 0.625 },
    })
  })
})

describe('as other programs', () => {
  test.each(['0.0', '0.5', '1.0', 'None'])('ppi_py, λ = %s', (name) => {
    const [estimate, low, high] = reference.ppi[name]!
    const options = name === 'None' ? {} : { lambda: Number(name) }
    const result = predictionPoweredMean({ values: reference.y, predictions: reference.f }, reference.traffic, options)
    // To choose λ they pool the variance of scores over sample and traffic; and they use the normal quantile, and n for n − 1.
    expect(Math.abs(result.estimate! - estimate)).toBeLessThan(name === 'None' ? 0.1 * result.se! : 1e-10)
    expect(result).toMatchObject({ low: expect.closeTo(low, 1.5), high: expect.closeTo(high, 1.5) })
    expect(result.se! / ((high - low) / 2 / 1.959964)).toBeCloseTo(1, 1.3)
  })
  test('statsmodels: weighted mean, clustered', () => {
    const result = hajekMean(reference.y, reference.probability, { clusters: reference.item, variance: 'CR1' })
    expect(result).toMatchObject({ estimate: expect.closeTo(reference.hajek[0], 10), se: expect.closeTo(reference.hajek[1], 10) })
  })
  test('scipy: χ² of a queue against known shares', () => {
    const strata = [
      { name: 'a', queue: 30, traffic: 500 },
      { name: 'b', queue: 14, traffic: 300 },
      { name: 'c', queue: 6, traffic: 200 },
    ]
    const [statistic, p] = reference.chiSquare
    expect(coverageReport(strata).chiSquare).toMatchObject({
      estimate: expect.closeTo(statistic, 10),
      p: expect.closeTo(p, 10),
      degrees: 2,
    })
  })
})

describe('what cannot be said has a reason', () => {
  test('nothing observed', () => {
    const none = { estimate: null, reason: 'no-ratings' }
    expect(hajekMean([], [])).toMatchObject(none)
    expect(horvitzThompsonMean([], [], 3)).toMatchObject(none)
    expect(postStratifiedMean([{ ...chat, observations: answers(0, 0) }])).toMatchObject(none)
    expect(predictionPoweredMean({ values: [], predictions: [] }, reference.traffic)).toMatchObject(none)
    expect(effectiveSampleSize([])).toMatchObject(none)
    expect(rake([{ name: 'm', values: [], shares: { a: 1 } }])).toEqual({ weights: null, reason: 'no-ratings' })
    expect(coverageReport([])).toMatchObject({ chiSquare: none, psi: none, empty: [] })
  })
  test('weights of 0 alone', () => {
    expect(effectiveSampleSize([0, 0])).toMatchObject({ reason: 'no-weight' })
    expect(postStratifiedMean([{ ...chat, share: 0 }])).toMatchObject({ reason: 'no-weight' })
    expect(rake([{ name: 'm', values: ['a'], shares: { a: 0 } }])).toEqual({ weights: null, reason: 'no-weight' })
  })
  test('a stratum that nobody looked at, by name', () => {
    const result = postStratifiedMean([chat, { ...mail, observations: answers(0, 0) }])
    expect(result).toMatchObject({ estimate: null, reason: 'empty-stratum', empty: ['mail'], asSampled: 0.8 })
    expect(rake([{ name: 'm', values: ['a'], shares: { a: 1, b: 1 } }])).toEqual({ weights: null, reason: 'empty-stratum' })
    const { empty, emptyShare, foreign, psi } = coverageReport([
      { name: 'en', queue: 9, traffic: 60 },
      { name: 'de', queue: 0, traffic: 10 },
      { name: 'fr', queue: 0, traffic: 30 },
      { name: 'xx', queue: 3, traffic: 0 },
    ])
    expect({ empty, emptyShare, foreign }).toEqual({ empty: ['fr', 'de'], emptyShare: 0.4, foreign: ['xx'] })
    expect(psi.estimate).toBeGreaterThan(0.25)
  })
  test('one cluster has no interval', () => {
    expect(hajekMean([1, 0], [1, 1], { clusters: ['a', 'a'] })).toEqual(expect.objectContaining({ estimate: 0.5, se: null }))
    expect(postStratifiedMean([chat, { ...mail, observations: answers(1, 1) }])).toMatchObject({ se: null })
    expect(predictionPoweredMean({ values: [1], predictions: [1] }, reference.traffic)).toMatchObject({ estimate: 1, lambda: 0, se: null })
    expect(coverageReport([{ name: 'a', queue: 1, traffic: 2 }]).psi).toMatchObject({ reason: 'no-variation' })
  })
  test('margins that contradict each other do not converge', () => {
    const values = ['a', 'b']
    const result = rake([
      { name: 'one', values, shares: { a: 1, b: 1 } },
      { name: 'two', values, shares: { a: 1, b: 3 } },
    ])
    expect(result).toMatchObject({ converged: false, iterations: 1000 })
  })
})

describe('for all samples', () => {
  const sample = fc.array(
    fc.record({ y: fc.double({ min: -9, max: 9, noNaN: true }), pi: fc.double({ min: 0.05, max: 1, noNaN: true }) }),
    {
      minLength: 1,
      maxLength: 30,
    },
  )
  const columns = (rows: { y: number; pi: number }[]) => [rows.map(({ y }) => y), rows.map(({ pi }) => pi)] as const

  test('with equal probabilities, Hájek is the clustered mean', () =>
    fc.assert(
      fc.property(sample, fc.double({ min: 0.1, max: 1, noNaN: true }), (rows, pi) => {
        const [y] = columns(rows)
        const clusters = y.map((_, i) => i % 4)
        const ours = hajekMean(
          y,
          y.map(() => pi),
          { clusters },
        )
        const mean = clusteredMean(sumByCluster(y, clusters))
        expect(ours.estimate).toBeCloseTo(mean.estimate!, 8)
        if (ours.se !== null) expect(ours.se).toBeCloseTo(mean.se!, 7)
      }),
    ))
  test('Hájek moves with the values, stays within them, and does not care for order or the scale of weights', () =>
    fc.assert(
      fc.property(sample, (rows) => {
        const [y, pi] = columns(rows)
        const result = hajekMean(y, pi)
        expect(
          hajekMean(
            y.map((value) => 2 * value + 3),
            pi,
          ).estimate,
        ).toBeCloseTo(2 * result.estimate! + 3, 8)
        expect(result.estimate! >= Math.min(...y) - 1e-9 && result.estimate! <= Math.max(...y) + 1e-9).toBe(true)
        expect(hajekMean(y.toReversed(), pi.toReversed()).estimate).toBeCloseTo(result.estimate!, 9)
        expect(
          hajekMean(
            y,
            pi.map((value) => value / 2),
          ).estimate,
        ).toBeCloseTo(result.estimate!, 9)
      }),
    ))
  test('the effective sample size lies between 1 and N', () =>
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e300, noNaN: true }), { minLength: 1 }), (weights) => {
        const { estimate, designEffect } = effectiveSampleSize(weights)
        if (estimate === null) expect(weights.every((weight) => weight === 0)).toBe(true)
        else expect(estimate >= 1 - 1e-9 && estimate <= weights.length + 1e-9 && designEffect! >= 1 - 1e-9).toBe(true)
      }),
    ))
  test('raked weights meet every margin', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.constantFrom('x', 'y', 'z')), { minLength: 20, maxLength: 60 }),
        (rows) => {
          const margins = [
            { name: 'first', values: rows.map(([v]) => v), shares: { a: 0.3, b: 0.7 } },
            { name: 'second', values: rows.map(([, v]) => v), shares: { x: 1, y: 2, z: 1 } },
          ]
          const result = rake(margins)
          if (result.weights === null || !result.converged) return
          const share = (m: number, value: string) =>
            result.weights.reduce((sum, w, i) => sum + (rows[i]![m] === value ? w : 0), 0) / rows.length
          for (const [m, value, target] of [
            [0, 'a', 0.3],
            [0, 'b', 0.7],
            [1, 'x', 0.25],
            [1, 'y', 0.5],
          ] as const)
            expect(share(m, value)).toBeCloseTo(target, 8)
        },
      ),
    ))
  test('the chosen λ never makes the error larger than without scores', () =>
    fc.assert(
      fc.property(sample, (rows) => {
        const [values, predictions] = columns(rows)
        const result = predictionPoweredMean({ values, predictions }, { estimate: 0.5, se: 0.01, n: 500 })
        expect(result.lambda! >= 0 && result.lambda! <= 1).toBe(true)
        if (result.se !== null) expect(result.se!).toBeLessThanOrEqual(result.judged!.se! + 1e-12)
      }),
    ))
  test('PSI and χ² are 0 for a queue in proportion', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2, maxLength: 8 }),
        fc.integer({ min: 1, max: 9 }),
        (queue, times) => {
          const report = coverageReport(queue.map((count, k) => ({ name: String(k), queue: count, traffic: count * times })))
          expect(report.psi.estimate).toBeCloseTo(0, 12)
          expect(report.chiSquare).toMatchObject({ estimate: expect.closeTo(0, 9), p: expect.closeTo(1, 9) })
        },
      ),
    ))
})

describe('in simulation', () => {
  const random = seededRandom(3)
  test('a hash is even, also over ids that count up, and differs by seed', () => {
    const cells = new Float64Array(20)
    for (let i = 0; i < 20_000; i += 1) cells[Math.floor(20 * hashFraction(`7 uniform trace ${i}`))]! += 1
    const chiSquare = cells.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)
    expect(chiSquare).toBeLessThan(44)
    expect(chiSquare).toBeGreaterThan(7)
    let both = 0
    for (let i = 0; i < 20_000; i += 1) if (hashFraction(`1 ${i}`) < 0.5 === hashFraction(`2 ${i}`) < 0.5) both += 1
    expect(Math.abs(both - 10_000)).toBeLessThan(300)
  })

  test('traffic drawn by a plan: estimates find the mean that the sample as such does not have, and cover it', () => {
    const runs = 400
    const covered = { hajek: 0, horvitzThompson: 0, postStratified: 0, powered: 0 }
    const errors = { asSampled: 0, hajek: 0 }
    for (let run = 0; run < runs; run += 1) {
      const plan = { uniform: 0.05, rates: { complaint: 0.4 }, seed: run }
      const values: number[] = []
      const scores: number[] = []
      const probabilities: number[] = []
      const traces: number[] = []
      const strata: string[] = []
      const rest = { n: 0, sum: 0, squares: 0 }
      for (let trace = 0; trace < 2000; trace += 1) {
        const stratum = random.next() < 0.2 ? 'complaint' : 'other'
        const quality = (stratum === 'complaint' ? -1 : 0.25) + 0.7 * random.normal()
        const score = quality + 0.4 * random.normal()
        const draw = drawUnit(plan, `t${trace}`, stratum)
        if (draw === null) {
          rest.n += 1
          rest.sum += score
          rest.squares += score * score
          continue
        }
        for (let rater = 0; rater < 2; rater += 1) {
          values.push(quality + 0.5 * random.normal())
          scores.push(score)
          probabilities.push(draw.probability)
          traces.push(trace)
          strata.push(stratum)
        }
      }
      const isIn = (result: Estimate) => (result.estimate !== null && result.low! <= 0 && result.high! >= 0 ? 1 : 0)
      const options = { clusters: traces }
      const hajek = hajekMean(values, probabilities, options)
      covered.hajek += isIn(hajek)
      // Each trace has two judgments, so that the population is 4000 of them.
      covered.horvitzThompson += isIn(horvitzThompsonMean(values, probabilities, 4000, options))
      const of = (name: string, share: number) => {
        const at = strata.flatMap((stratum, i) => (stratum === name ? [i] : []))
        return {
          name,
          share,
          observations: sumByCluster(
            at.map((i) => values[i]!),
            at.map((i) => traces[i]!),
          ),
        }
      }
      const stratified = postStratifiedMean([of('complaint', 0.2), of('other', 0.8)])
      covered.postStratified += isIn(stratified)
      // Judgments stand for the traffic that was not drawn by the odds of being drawn.
      const mean = rest.sum / rest.n
      const traffic = { estimate: mean, se: Math.sqrt((rest.squares / rest.n - mean ** 2) / rest.n), n: rest.n }
      const odds = probabilities.map((probability) => probability / (1 - probability))
      const powered = predictionPoweredMean({ values, predictions: scores, probabilities: odds }, traffic, options)
      const target = (0.2 * 0.57 * -1 + 0.8 * 0.95 * 0.25) / (0.2 * 0.57 + 0.8 * 0.95)
      if (powered.estimate !== null && powered.low! <= target && powered.high! >= target) covered.powered += 1
      errors.asSampled += values.reduce((sum, value) => sum + value, 0) / values.length / runs
      errors.hajek += hajek.estimate! / runs
    }
    expect(errors.asSampled).toBeLessThan(-0.4)
    expect(Math.abs(errors.hajek)).toBeLessThan(0.015)
    for (const count of Object.values(covered)) expect(Math.abs(count / runs - 0.95)).toBeLessThan(0.035)
  })
})
