import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StatsError } from '../error.ts'
import { studentTails } from '../numeric/beta.ts'
import { studentQuantile } from '../numeric/quantile.ts'
import { seededRandom } from '../numeric/random.ts'
import { readReference } from '../test/reference.ts'
import { anytimeInterval } from './anytime-interval.ts'
import { benjaminiHochberg } from './benjamini-hochberg.ts'
import { bettingInterval } from './betting-interval.ts'
import { clusteredDifference, clusteredProportionDifference } from './clustered-difference.ts'
import { clusteredMean, clusteredProportion } from './clustered-mean.ts'
import { addMoments, clusteredMeanOfMoments, momentsOf } from './clustered-moments.ts'
import { sumByCluster } from './cluster-sums.ts'
import { minimumDetectableEffect, requiredClusters, type ComparisonPlan } from './plan-comparison.ts'
import { twoWayClusteredMean } from './two-way-clustered-mean.ts'
import { wilsonInterval } from './wilson-interval.ts'

const reference = readReference<{
  y: number[]
  item: number[]
  rater: number[]
  mean: number
  seCR1: number
  seTwoWay: number
  wilson: [number, number, number, number][]
  p: number[]
  adjustedBH: number[]
  adjustedBY: number[]
  clusters: Record<string, number>
}>('inference')

describe('as other programs', () => {
  test.each(reference.wilson)('Wilson %i of %i', (successes, n, low, high) => {
    const interval = wilsonInterval(successes, n)
    expect(interval).toMatchObject({ low: expect.closeTo(low, 12), high: expect.closeTo(high, 12) })
  })
  test('Newcombe (1998), table I: 81 of 263', () =>
    expect(wilsonInterval(81, 263)).toMatchObject({ low: expect.closeTo(0.2553, 4), high: expect.closeTo(0.3662, 4) }))
  test('cluster-robust mean', () => {
    const result = clusteredMean(sumByCluster(reference.y, reference.item), { variance: 'CR1' })
    expect(result).toMatchObject({
      estimate: expect.closeTo(reference.mean, 12),
      se: expect.closeTo(reference.seCR1, 10),
      clusters: 6,
      n: 12,
    })
  })
  test('two-way mean is at least the one-way ones', () => {
    // statsmodels' difference V₁ + V₂ − V₁₂ is smaller here than V₁, which is then the safe answer.
    const result = twoWayClusteredMean(reference.y, reference.item, reference.rater)
    expect(result).toMatchObject({ se: expect.closeTo(Math.max(reference.seCR1, reference.seTwoWay), 10), clusters: [6, 4] })
  })
  test('Benjamini & Hochberg (1995), §3.2: four discoveries', () => {
    const { adjusted, discoveries } = benjaminiHochberg(reference.p)
    expect(discoveries.filter(Boolean)).toHaveLength(4)
    for (const [i, value] of reference.adjustedBH.entries()) expect(adjusted[i]).toBeCloseTo(value, 12)
    const arbitrary = benjaminiHochberg(reference.p, { dependence: 'arbitrary' }).adjusted
    for (const [i, value] of reference.adjustedBY.entries()) expect(arbitrary[i]).toBeCloseTo(value, 12)
  })
  // Ours adds the two quantiles, theirs solves the noncentral t: at most one cluster apart.
  test.each(Object.entries(reference.clusters))('clusters for a difference of %s', (difference, exact) =>
    expect(
      Math.abs(requiredClusters({ outcome: { kind: 'mean', sd: 1 } }, Number(difference)).clusters - Math.ceil(exact)),
    ).toBeLessThanOrEqual(1),
  )
})

test('by hand: two equal clusters', () => {
  // Means 1 and 0: standard error of their mean is |1 − 0| / 2.
  expect(clusteredMean({ sums: [2, 0], sizes: [2, 2] })).toMatchObject({ estimate: 0.5, se: 0.5 })
})

describe('undefined cases have a reason', () => {
  const none = { sums: [], sizes: [] }
  const one = { sums: [3], sizes: [4] }
  const two = { sums: [1, 2], sizes: [2, 3] }
  test('no observations', () => {
    for (const result of [
      wilsonInterval(0, 0),
      clusteredMean(none),
      clusteredMean({ sums: [0], sizes: [0] }),
      clusteredProportion(none),
      clusteredDifference(one, none),
      clusteredProportionDifference(none, one),
      twoWayClusteredMean([], [], []),
      bettingInterval([]),
      anytimeInterval(clusteredMean(none)),
    ])
      expect(result).toMatchObject({ estimate: null, reason: 'no-ratings' })
    expect(benjaminiHochberg([])).toEqual({ adjusted: [], discoveries: [] })
  })
  test('one cluster: an estimate, no interval', () => {
    for (const result of [
      clusteredMean(one),
      clusteredProportion(one),
      clusteredDifference(one, two),
      clusteredProportionDifference(two, one),
      twoWayClusteredMean([1, 2], ['a', 'a'], ['x', 'y']),
      anytimeInterval(clusteredMean(one)),
    ]) {
      expect(result).toMatchObject({ estimate: expect.any(Number), se: null })
      expect(result).not.toHaveProperty('low')
    }
  })
  test('all values equal', () => {
    expect(clusteredMean({ sums: [4, 2], sizes: [2, 1] })).toMatchObject({ estimate: 2, se: 0, low: 2, high: 2 })
    expect(clusteredDifference(two, two, { shared: true })).toMatchObject({ estimate: 0, se: 0, p: 1 })
    const all = clusteredProportion({ sums: [3, 3, 3], sizes: [3, 3, 3] })
    expect(all).toMatchObject({ estimate: 1, high: 1 })
    expect(all.estimate !== null && all.low! < 0.5).toBe(true)
  })
  test('an effect that cannot show', () => {
    expect(minimumDetectableEffect({ outcome: { kind: 'proportion', baseline: 0.99 } }, 10)).toBeNull()
    expect(minimumDetectableEffect({ outcome: { kind: 'mean', sd: 0 } }, 10)).toBe(0)
  })
})

test.each<[string, string, () => unknown]>([
  ['successes', 'above n', () => wilsonInterval(3, 2)],
  ['n', 'NaN', () => wilsonInterval(0, Number.NaN)],
  ['values[1]', 'infinite', () => sumByCluster([0, Infinity], [1, 2])],
  ['clusters', 'too short', () => sumByCluster([0, 1], [1])],
  ['observations.sizes[0]', 'negative', () => clusteredMean({ sums: [1], sizes: [-1] })],
  ['observations.sums[0]', 'above the trials', () => clusteredProportion({ sums: [3], sizes: [2] })],
  ['confidence', 'one', () => clusteredMean({ sums: [1], sizes: [1] }, { confidence: 1 })],
  ['second.sums', 'not shared', () => clusteredDifference({ sums: [1], sizes: [1] }, { sums: [], sizes: [] }, { shared: true })],
  ['values[0]', 'outside', () => bettingInterval([2])],
  ['pValues[0]', 'negative', () => benjaminiHochberg([-1])],
  ['difference', 'none', () => requiredClusters({ outcome: { kind: 'mean', sd: 1 } }, 0)],
  ['correlation', 'above 1', () => minimumDetectableEffect({ outcome: { kind: 'mean', sd: 1 }, correlation: 2 }, 5)],
])('refuses %s that is %s', (argument, _, act) => {
  expect(act).toThrow(StatsError)
  expect(act).toThrow(expect.objectContaining({ argument: expect.stringContaining(argument.replace('[0]', '')) }))
})

describe('properties', () => {
  const rows = fc.array(fc.record({ y: fc.integer({ min: 0, max: 1 }), g: fc.nat(6), h: fc.nat(4) }), { minLength: 2, maxLength: 40 })
  const sums = (table: { y: number; g: number }[], scale = 1, shift = 0) =>
    sumByCluster(
      table.map((row) => scale * row.y + shift),
      table.map((row) => row.g),
    )
  test('scaling and shifting the values scales and shifts the interval; order and names do not matter', () =>
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 9 }), fc.integer({ min: -9, max: 9 }), (table, scale, shift) => {
        const plain = clusteredMean(sums(table))
        const moved = clusteredMean(
          sums(
            table.toReversed().map((row) => ({ ...row, g: row.g * 7 + 3 })),
            scale,
            shift,
          ),
        )
        if (plain.estimate === null || moved.estimate === null) throw new Error('no estimate')
        expect(moved.estimate).toBeCloseTo(scale * plain.estimate + shift, 9)
        if (plain.low !== undefined) expect(moved.low).toBeCloseTo(scale * plain.low + shift, 7)
      }),
    ))
  test('the jackknife is the one that leaves out clusters', () =>
    fc.assert(
      fc.property(rows, (table) => {
        const groups = [...new Set(table.map((row) => row.g))]
        const result = clusteredMean(sums(table))
        if (result.estimate === null || groups.length < 2) return
        const mean = (part: typeof table) => part.reduce((sum, row) => sum + row.y, 0) / part.length
        const left = groups.map((g) => mean(table.filter((row) => row.g !== g)) - mean(table))
        const naive = ((groups.length - 1) / groups.length) * left.reduce((sum, d) => sum + d * d, 0)
        expect(result.se).toBeCloseTo(Math.sqrt(naive), 9)
      }),
    ))
  test('proportions stay within bounds, differences change sign when sides are swapped', () =>
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const proportion = clusteredProportion(sums(a))
        if (proportion.estimate !== null && proportion.low !== undefined) {
          expect(proportion.low).toBeGreaterThanOrEqual(0)
          expect(proportion.high).toBeLessThanOrEqual(1)
          expect(proportion.low).toBeLessThanOrEqual(proportion.estimate)
          expect(proportion.high).toBeGreaterThanOrEqual(proportion.estimate)
        }
        const there = clusteredProportionDifference(sums(a), sums(b))
        const back = clusteredProportionDifference(sums(b), sums(a))
        if (there.estimate === null || back.estimate === null) return
        expect(there.estimate).toBeCloseTo(-back.estimate, 12)
        if (there.low !== undefined) expect(there.low).toBeCloseTo(-back.high!, 9)
      }),
    ))
  test('two ways that are one way give the one-way error (CR1)', () =>
    fc.assert(
      fc.property(rows, (table) => {
        const g = table.map((row) => row.g)
        const two = twoWayClusteredMean(
          table.map((row) => row.y),
          g,
          g,
        )
        const one = clusteredMean(sums(table), { variance: 'CR1' })
        if (one.estimate !== null && one.se !== null && two.estimate !== null) expect(two.se).toBeCloseTo(one.se, 9)
      }),
    ))
  test('an anytime-valid interval contains the fixed one', () =>
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 1000 }), (table, tightestAt) => {
        const fixed = clusteredMean(sums(table.map((row, i) => ({ ...row, g: i }))))
        const always = anytimeInterval(fixed, { tightestAt })
        if (fixed.estimate === null || always.estimate === null || table.length < 10) return
        expect(always.low).toBeLessThanOrEqual(fixed.low!)
      }),
    ))
  test('adjusted p values keep the order and are at least the p values', () =>
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }), (p) => {
        const { adjusted } = benjaminiHochberg(p)
        for (let i = 0; i < p.length; i += 1) {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p[i]! * (1 - 1e-12))
          for (let j = 0; j < p.length; j += 1) if (p[i]! < p[j]!) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]!)
        }
      }),
    ))
  test('the planner and the detectable effect agree', () =>
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        (effect, correlation, shared) => {
          const plan: ComparisonPlan = { outcome: { kind: 'mean', sd: 1 }, perCluster: 3, correlation, shared }
          const { clusters } = requiredClusters(plan, effect)
          expect(minimumDetectableEffect(plan, clusters)).toBeLessThanOrEqual(effect + 1e-9)
          if (clusters > 2) expect(minimumDetectableEffect(plan, clusters - 1)).toBeGreaterThan(effect - 1e-9)
        },
      ),
    ))
})

describe('simulation', () => {
  const random = seededRandom(5)
  /** Votes of unequal number on items that differ. */
  const votes = (items: number, shift: number) => {
    const sums: number[] = []
    const sizes: number[] = []
    for (let g = 0; g < items; g += 1) {
      const effect = random.normal()
      const size = 1 + random.int(6)
      sizes.push(size)
      sums.push(Array.from({ length: size }, (): number => (effect + random.normal() < shift ? 1 : 0)).reduce((a, b) => a + b, 0))
    }
    return { sums, sizes }
  }
  const share = (runs: number, holds: () => boolean) => Array.from({ length: runs }, holds).filter(Boolean).length / runs
  const holds = (result: { estimate: number | null; low?: number; high?: number }, truth: number) =>
    result.low! <= truth && truth <= result.high!

  test('95 % intervals cover 95 % on clustered votes', () => {
    expect(Math.abs(share(1500, () => holds(clusteredProportion(votes(40, 0)), 0.5)) - 0.95)).toBeLessThan(0.017)
    expect(Math.abs(share(1500, () => holds(clusteredMean(votes(40, 0)), 0.5)) - 0.95)).toBeLessThan(0.017)
    expect(Math.abs(share(1500, () => holds(clusteredProportionDifference(votes(40, 0), votes(60, 0)), 0)) - 0.95)).toBeLessThan(0.017)
  })
  test('the detectable effect is detected as often as promised', () => {
    const plan: ComparisonPlan = { outcome: { kind: 'mean', sd: Math.SQRT2 }, perCluster: 4, correlation: 0.5 }
    const effect = minimumDetectableEffect(plan, 30)!
    const means = (shift: number) => {
      const sums = Array.from({ length: 30 }, () => {
        const item = random.normal()
        return Array.from({ length: 4 }, () => shift + item + random.normal()).reduce((a, b) => a + b, 0)
      })
      return { sums, sizes: sums.map(() => 4) }
    }
    const power = share(1500, () => {
      const result = clusteredDifference(means(effect), means(0))
      return result.estimate !== null && result.p! < 0.05
    })
    expect(Math.abs(power - 0.8)).toBeLessThan(0.035)
  })
  test('betting holds for a rare event where the normal interval has nothing to say', () => {
    const zeros = bettingInterval(new Float64Array(300))
    expect(zeros).toMatchObject({ estimate: 0, low: 0 })
    expect(zeros.estimate !== null && zeros.high! > 0.01 && zeros.high! < 0.08).toBe(true)
  })
})

describe('moments instead of clusters', () => {
  const clusters = fc.array(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 4 }), { maxLength: 30 })
  const summed = (some: number[][]) => ({
    sums: some.map((values) => values.reduce((a, b) => a + b, 0)),
    sizes: some.map((values) => values.length),
  })
  test('say the same', () =>
    fc.assert(
      fc.property(clusters, clusters, (one, two) => {
        const whole = summed([...one, ...two])
        const moments = addMoments([momentsOf(summed(one)), momentsOf(summed(two))])
        expect(moments).toEqual(momentsOf(whole))
        for (const proportion of [false, true]) {
          const fromMoments = clusteredMeanOfMoments(moments, { proportion })
          const direct = (proportion ? clusteredProportion : clusteredMean)(whole, { variance: 'CR1' })
          for (const name of ['estimate', 'low', 'high', 'se', 'n', 'clusters', 'reason'] as const) {
            const [found, wanted] = [fromMoments, direct].map((result) => (result as unknown as Record<string, unknown>)[name])
            // A standard error of 0 is the root of a rounded difference where it is computed from clusters.
            if (typeof wanted === 'number') expect(found).toBeCloseTo(wanted, 6)
            else expect(found).toEqual(wanted)
          }
        }
      }),
    ))
  test('that are impossible are refused', () =>
    expect(() => clusteredMeanOfMoments({ ...momentsOf({ sums: [1], sizes: [1] }), sumSquares: -1 })).toThrow(StatsError))
})

test("Student's quantile inverts its tail, from the first degree of freedom to the millionth", () =>
  fc.assert(
    fc.property(fc.double({ min: 1e-9, max: 0.49, noNaN: true }), fc.double({ min: 0, max: 6, noNaN: true }), (tail, log) => {
      const degrees = 10 ** log
      expect(studentTails(studentQuantile(1 - tail, degrees), degrees).upper / tail).toBeCloseTo(1, 6)
    }),
  ))
