import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeRatings, ratingsFromTable, type Rating } from '../agreement/ratings.ts'
import { StatsError } from '../error.ts'
import { normalPdf } from '../numeric/normal.ts'
import { normalGrid } from '../numeric/normal-grid.ts'
import { seededRandom, type Random } from '../numeric/random.ts'
import { manyFacetRasch, type RaschFit } from './many-facet-rasch.ts'
import { ratingGroups } from './rating-groups.ts'

const STEPS = [-1.2, 0, 1.2]

/** Ratings of 1 to 4 by the model, three raters an item. */
function draw(random: Random, severities: readonly number[], items: number, spread: number): Rating[] {
  const J = severities.length
  return Array.from({ length: items }, (_, item) => {
    const quality = spread * random.normal()
    const first = random.int(J)
    const step = 1 + random.int(Math.floor((J - 1) / 2))
    return [0, 1, 2].map((n) => {
      const rater = (first + n * step) % J
      let [log, u] = [0, 0]
      const odds = [1, ...STEPS.map((threshold) => Math.exp((log += quality - severities[rater]! - threshold)))]
      u = random.next() * odds.reduce((sum, value) => sum + value, 0)
      let value = 0
      while (value < 3 && u > odds[value]!) u -= odds[value++]!
      return { item, rater, value: value + 1 }
    })
  }).flat()
}
function fit(rows: readonly Rating[], options = {}): RaschFit {
  const found = manyFacetRasch(encodeRatings(rows), options)
  if (found.raters === null) throw new Error(found.reason)
  return found
}

test('a grid integrates moments of a normal, and narrow peaks, exactly', () => {
  const { points, weights } = normalGrid(61)
  const mean = (f: (x: number) => number) => points.reduce((sum, point, k) => sum + weights[k]! * f(point), 0)
  const moments = [
    [0, 1],
    [1, 0],
    [2, 1],
  ] as const
  for (const [power, value] of moments) expect(mean((x) => x ** power)).toBeCloseTo(value, 7)
  // A likelihood of standard deviation 0.3 around 1: normal of variance 1.09 at distance 1, times 0.3 √(2π).
  const peak = mean((x) => Math.exp(-((x - 1) ** 2) / 0.18))
  expect(peak).toBeCloseTo((0.3 / Math.sqrt(1.09)) * Math.exp(-1 / 2.18), 7)
})

describe('what cannot be said has a reason', () => {
  const reasonOf = (table: Parameters<typeof ratingsFromTable>[0]) => manyFacetRasch(ratingsFromTable(table))
  test.each([
    ['no-ratings', []],
    ['one-rater', [[1], [2]]],
    [
      'no-variation',
      [
        [1, 1],
        [1, 1],
      ],
    ],
    [
      'no-pairs',
      [
        [1, null],
        [null, 2],
      ],
    ],
    [
      'disconnected',
      [
        [1, 2, null, null],
        [null, null, 1, 2],
      ],
    ],
  ] as const)('%s', (reason, table) => expect(reasonOf(table as never)).toEqual({ raters: null, reason }))
  test('words without an order are refused', () => expect(() => reasonOf([['good', 'bad']])).toThrow(StatsError))
  test('groups are counted', () =>
    fc.assert(
      fc.property(fc.array(fc.record({ item: fc.nat(6), rater: fc.nat(6) }), { minLength: 1, maxLength: 12 }), (rows) => {
        const neighbours = (row: (typeof rows)[number]) => rows.filter(({ item, rater }) => item === row.item || rater === row.rater)
        const left = new Set(rows)
        let groups = 0
        for (const row of left) {
          groups += 1
          const open = [row]
          for (let next = open.pop(); next !== undefined; next = open.pop()) {
            left.delete(next)
            open.push(...neighbours(next).filter((other) => left.has(other)))
          }
        }
        expect(ratingGroups(encodeRatings(rows.map((row) => ({ ...row, value: 1 }))))).toBe(groups)
      }),
    ))
})

test('is where the likelihood, integrated finely and naively, is highest', () => {
  const rows = draw(seededRandom(2), [-0.5, 0, 0.5], 40, 1)
  const { raters, thresholds, spread, logLikelihood, converged } = fit(rows, { priorSd: 1000 })
  expect(converged).toBe(true)
  const perItem = Map.groupBy(rows, ({ item }) => item)
  const naive = (severity: Record<string, number>, steps: number[], sd: number) => {
    let total = 0
    for (const own of perItem.values()) {
      let integral = 0
      for (let z = -8; z <= 8; z += 0.05) {
        let chance = normalPdf(z) * 0.05
        for (const { rater, value } of own) {
          let log = 0
          const odds = [1, ...steps.map((threshold) => Math.exp((log += sd * z - severity[String(rater)]! - threshold)))]
          chance *= odds[Number(value) - 1]! / odds.reduce((sum, one) => sum + one, 0)
        }
        integral += chance
      }
      total += Math.log(integral)
    }
    return total
  }
  const severity = Object.fromEntries(raters.map((rater) => [rater.rater, rater.severity]))
  const steps = thresholds.map(({ estimate }) => estimate)
  const best = naive(severity, steps, spread.estimate)
  expect(logLikelihood).toBeCloseTo(best, 6)
  for (const h of [-0.02, 0.02]) {
    expect(naive({ ...severity, 0: severity['0']! + h }, steps, spread.estimate)).toBeLessThan(best)
    expect(naive(severity, steps.with(1, steps[1]! + h), spread.estimate)).toBeLessThan(best)
    expect(naive(severity, steps, spread.estimate + h)).toBeLessThan(best)
  }
  // The curvature along one severity, by differences, gives its standard error if the others are held: a lower bound.
  const curvature =
    (naive({ ...severity, 0: severity['0']! + 0.02 }, steps, spread.estimate) +
      naive({ ...severity, 0: severity['0']! - 0.02 }, steps, spread.estimate) -
      2 * best) /
    0.02 ** 2
  expect(1 / Math.sqrt(-curvature)).toBeLessThan(raters.find(({ rater }) => rater === '0')!.se * 1.3)
})

test('items that are known well are integrated finely enough', () => {
  // Twenty ratings an item on a wide spread: posteriors far narrower than a step of the first grid.
  const random = seededRandom(5)
  const raters = Array.from({ length: 20 }, (_, r) => (r - 9.5) / 5)
  const rows = Array.from({ length: 15 }, (_, item) => {
    const quality = 4 * random.normal()
    return raters.map((severity, rater) => ({ item, rater, value: random.next() < 1 / (1 + Math.exp(severity - quality)) ? 1 : 0 }))
  }).flat()
  const automatic = fit(rows)
  const fine = fit(rows, { points: 401 })
  expect(automatic.logLikelihood).toBeCloseTo(fine.logLikelihood, 4)
  expect(automatic.spread.estimate).toBeCloseTo(fine.spread.estimate, 4)
  for (const [r, { severity }] of automatic.raters.entries()) expect(severity).toBeCloseTo(fine.raters[r]!.severity, 4)
})

test('two raters, one a step stricter: signs, fair values between theirs, and a rater who always says the same stays finite', () => {
  const { raters, items } = fit(
    Array.from({ length: 12 }, (_, item) => [
      { item, rater: 'mild', value: 2 + (item % 2) },
      { item, rater: 'strict', value: 1 + (item % 2) },
      { item, rater: 'always', value: 3 },
    ]).flat(),
  )
  const of = (name: string) => raters.find(({ rater }) => rater === name)!
  expect(of('strict').severity).toBeGreaterThan(of('mild').severity)
  expect(Number.isFinite(of('always').severity)).toBe(true)
  for (const { fair } of items) expect(fair > 1 && fair < 3).toBe(true)
})

test('in simulation severities, steps and spread come back, and intervals cover them', () => {
  const severities = [-1, -0.5, -0.2, 0.2, 0.5, 1]
  const random = seededRandom(17)
  let covered = 0
  let [spread, middle] = [0, 0]
  const runs = 40
  for (let run = 0; run < runs; run += 1) {
    const found = fit(draw(random, severities, 120, 1.2), { points: 31 })
    for (const { rater, low, high } of found.raters)
      if (low <= severities[Number(rater)]! && severities[Number(rater)]! <= high) covered += 1
    spread += found.spread.estimate / runs
    middle += found.thresholds[1]!.estimate / runs
  }
  expect(covered / (6 * runs)).toBeGreaterThan(0.9)
  expect(covered / (6 * runs)).toBeLessThan(0.99)
  expect(Math.abs(spread - 1.2)).toBeLessThan(0.08)
  expect(Math.abs(middle)).toBeLessThan(0.08)
})

test('for all ratings: finite, mean 0, and the same whatever the order and names', () => {
  // Of several ratings by one rater of one item the last counts, so that their order would matter.
  const rows = fc.uniqueArray(fc.record({ item: fc.nat(5), rater: fc.nat(3), value: fc.integer({ min: 1, max: 4 }) }), {
    minLength: 6,
    maxLength: 24,
    selector: ({ item, rater }) => `${item} ${rater}`,
  })
  fc.assert(
    fc.property(rows, (some) => {
      const options = { points: 15, maxIterations: 3000 }
      const one = manyFacetRasch(encodeRatings(some), options)
      const turned = some.toReversed().map(({ item, rater, value }) => ({ item: `i${item}`, rater: `r${rater}`, value: 10 * value }))
      const two = manyFacetRasch(encodeRatings(turned), options)
      expect(two.raters === null).toBe(one.raters === null)
      if (one.raters === null || two.raters === null) return
      expect(one.raters.reduce((sum, { severity }) => sum + severity, 0)).toBeCloseTo(0, 5)
      for (const { rater, severity, se } of one.raters) {
        expect(Number.isFinite(severity) && Number.isFinite(se)).toBe(true)
        // A few ratings leave the top of the likelihood flat, where another order of sums stops elsewhere.
        const other = two.raters.find((turnedOne) => turnedOne.rater === `r${rater}`)!
        if (one.converged && two.converged) expect(Math.abs(other.severity - severity)).toBeLessThan(0.01 + 0.1 * se)
      }
      for (const { estimate, se, fair } of one.items) expect([estimate, se, fair].every(Number.isFinite)).toBe(true)
      expect(one.reliability >= 0 && one.reliability <= 1).toBe(true)
    }),
    { numRuns: 40 },
  )
})
