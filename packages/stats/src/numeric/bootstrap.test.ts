import { describe, expect, test } from 'vitest'
import { StatsError } from '../error.ts'
import { binomialDraw } from './binomial-draw.ts'
import { type BootstrapOptions, bootstrapSums, clusterBootstrap, resampleValues, sampleQuantile } from './bootstrap.ts'
import { seededRandom } from './random.ts'

/** Rows (Σ votes, votes) of items that each repeat one draw `repeats` times. */
function clustered(items: number, repeats: number): Float64Array {
  const random = seededRandom(3)
  const sums = new Float64Array(items * 2)
  for (let i = 0; i < items; i += 1) sums.set([random.next() < 0.5 ? repeats : 0, repeats], 2 * i)
  return sums
}
const mean = (totals: Float64Array) => totals[0]! / totals[1]!

test('refuses misuse', () => {
  const options = { clusters: 3, over: 'items', statistic: () => 1 }
  expect(() => clusterBootstrap({ ...options, resamples: -1 })).toThrow(StatsError)
  expect(() => clusterBootstrap({ ...options, confidence: 1 })).toThrow(StatsError)
})

test('has no interval with one cluster, or where the statistic rarely exists', () => {
  expect(clusterBootstrap({ clusters: 1, over: 'items', statistic: () => 1 })).toBeNull()
  expect(clusterBootstrap({ clusters: 9, over: 'items', statistic: () => null })).toBeNull()
})

test('ten copies of one vote per item do not narrow the interval', () => {
  const once = bootstrapSums(clustered(400, 1), 2, 'items', mean)!
  const tenfold = bootstrapSums(clustered(400, 10), 2, 'items', mean)!
  expect(tenfold.high - tenfold.low).toBeCloseTo(once.high - once.low, 10)
  expect((once.high - once.low) / 2).toBeCloseTo(1.96 * Math.sqrt(0.25 / 400), 2)
})

test('collapsing equal clusters gives the same distribution', () => {
  const rows = clustered(4000, 1)
  const ones = rows.filter((_, i) => i % 2 === 0).reduce((a, b) => a + b, 0)
  const full = bootstrapSums(rows, 2, 'items', mean, { resamples: 2000 })!
  const collapsed = bootstrapSums(Float64Array.of(1, 1, 0, 1), 2, 'items', mean, { resamples: 2000, multiplicities: [ones, 4000 - ones] })!
  expect(collapsed.low).toBeCloseTo(full.low, 2)
  expect(collapsed.high).toBeCloseTo(full.high, 2)
})

test('resamples computed in parts, in any order, make the same interval bit by bit', () => {
  const rows = clustered(60, 2)
  const whole = (options: BootstrapOptions) => bootstrapSums(rows, 2, 'items', mean, options)
  const values = new Float64Array(1000)
  for (const [from, to] of [
    [700, 1000],
    [0, 1],
    [1, 700],
  ] as const)
    values.set(resampleValues(whole, { from, to, seed: 9 }), from)
  expect(whole({ seed: 9, values })).toEqual(whole({ seed: 9 }))
  expect(whole({ seed: 8 })).not.toEqual(whole({ seed: 9 }))
  expect(() => whole({ seed: 9, values: values.subarray(1) })).toThrow(StatsError)
  expect(() => resampleValues(whole, { from: 3, to: 2 })).toThrow(StatsError)
})

test('is the expanded t interval for a mean, and leans to the long tail of a skewed one', () => {
  const random = seededRandom(2)
  const skewed = Float64Array.from({ length: 60 }, (_, at) => (at % 2 === 1 ? 1 : Math.exp(random.normal())))
  const { low, high } = bootstrapSums(skewed, 2, 'items', mean, { resamples: 4000 })!
  const estimate = skewed.reduce((sum, value, at) => sum + (at % 2 === 0 ? value / 30 : 0), 0)
  expect(high - estimate).toBeGreaterThan(1.2 * (estimate - low))
})

test('with very many clusters, groups of them are left out, which says the same', () => {
  const random = seededRandom(12)
  const skewed = (clusters: number) =>
    Float64Array.from({ length: 2 * clusters }, (_, at) => (at % 2 === 1 ? 1 : Math.exp(random.normal())))
  const many = bootstrapSums(skewed(60_000), 2, 'items', mean)!
  expect(many.method).toBe('jackknife over items (100 random groups, t)')
  // The mean of exp(z) is √e, its variance e² − e.
  expect((many.high - many.low) / (2 * 1.96 * Math.sqrt((Math.E ** 2 - Math.E) / 60_000))).toBeCloseTo(1, 0)
  expect(Math.abs((many.high + many.low) / 2 - Math.sqrt(Math.E))).toBeLessThan(0.05)
  // Copies of one cluster do not all fall in one group.
  const copies = bootstrapSums(
    Float64Array.from({ length: 120_000 }, (_, at) => (at % 2 === 0 && at < 60_000 ? 0 : 1)),
    2,
    'items',
    mean,
    {
      multiplicities: Array.from({ length: 60_000 }, (_, i) => (i === 0 ? 30_000 : 1)),
    },
  )!
  const share = 30_000 / 90_000
  expect((copies.high - copies.low) / (2 * 1.96 * Math.sqrt((share * (1 - share)) / 90_000))).toBeCloseTo(1, 0)
})

test('quantiles are linear between order statistics', () => {
  expect(sampleQuantile([1, 2, 4], 0.5)).toBe(2)
  expect(sampleQuantile([1, 2, 4], 0.75)).toBe(3)
})

describe.each([
  [50, 0.02],
  [50, 0.5],
  [1000, 0.3],
  [1000, 0.9],
  [1_000_000, 0.000_001],
])('binomialDraw(%i, %d)', (n, p) => {
  test('has the binomial mean and variance', () => {
    const random = seededRandom(5)
    const draws = 40_000
    let sum = 0
    let square = 0
    for (let i = 0; i < draws; i += 1) {
      const k = binomialDraw(random, n, p)
      sum += k
      square += (k - n * p) ** 2
    }
    const variance = n * p * (1 - p)
    expect(Math.abs(sum / draws - n * p)).toBeLessThan(5 * Math.sqrt(variance / draws))
    expect(Math.abs(square / draws / variance - 1)).toBeLessThan(5 * Math.sqrt((2 + 1 / variance) / draws))
  })
})
