import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kendallTauB } from '../agreement/rank-correlation.ts'
import { StatsError } from '../error.ts'
import { seededRandom } from '../numeric/random.ts'
import { bradleyTerry } from './bradley-terry.ts'
import { type Comparison, encodeComparisons, type Outcome } from './comparisons.ts'
import { crowdBradleyTerry, type CrowdRanking } from './crowd-bradley-terry.ts'
import { sigmoid } from './outcome-model.ts'

function rank(rows: Comparison[], options = {}): CrowdRanking {
  const ranking = crowdBradleyTerry(encodeComparisons(rows), options)
  if (ranking.scores === null) throw new Error(ranking.reason)
  return ranking
}

/** Comparisons of ten systems, strengths so far apart, by raters of these qualities. */
function crowd(seed: number, qualities: readonly number[], each: number, apart = 0.3): Comparison[] {
  const random = seededRandom(seed)
  return qualities.flatMap((quality, rater) =>
    Array.from({ length: each }, (_, k): Comparison => {
      const left = random.int(10)
      const right = (left + 1 + random.int(9)) % 10
      const isBetter = random.next() < sigmoid(apart * (left - right))
      const isStraight = random.next() < quality
      return { left, right, rater, item: `${rater} ${k}`, outcome: isBetter === isStraight ? 'left' : 'right' }
    }),
  )
}
const tau = (scores: readonly { name: string; estimate: number }[]) =>
  kendallTauB(
    scores.map(({ name }) => Number(name)),
    scores.map(({ estimate }) => estimate),
  )!

test('refuses and has reasons', () => {
  expect(crowdBradleyTerry(encodeComparisons([]))).toEqual({ scores: null, reason: 'no-ratings' })
  expect(() => crowdBradleyTerry(encodeComparisons([{ left: 'a', right: 'b', outcome: 'left' }]))).toThrow(StatsError)
  expect(() => rank(crowd(1, [1], 9), { smoothing: 0 })).toThrow(StatsError)
})

describe('in simulation', () => {
  test('finds out who answers at random or the wrong way round, and ranks better than without', () => {
    const qualities = [0.95, 0.95, 0.9, 0.9, 0.5, 0.5, 0.5, 0.5, 0.1, 0.1]
    const rows = crowd(2, qualities, 400)
    const { raters, scores, converged } = rank(rows)
    expect(converged).toBe(true)
    for (const { rater, quality } of raters) expect(Math.abs(quality - qualities[Number(rater)]!)).toBeLessThan(0.15)
    const plain = bradleyTerry(encodeComparisons(rows)).scores!
    expect(tau(scores)).toBeGreaterThan(0.9)
    expect(tau(scores)).toBeGreaterThan(tau(plain))
  })
  test('intervals cover strengths that are known', () => {
    const qualities = Array.from({ length: 20 }, (_, r) => (r < 4 ? 0.5 : 0.95))
    let covered = 0
    for (let run = 0; run < 12; run += 1) {
      const { scores, reason } = rank(crowd(100 + run, qualities, 150, 0.6))
      expect(reason).toBeNull()
      for (const { name, low, high } of scores) {
        const truth = 0.6 * (Number(name) - 4.5)
        if (low! <= truth && truth <= high!) covered += 1
      }
    }
    expect(covered / 120).toBeGreaterThan(0.9)
  })
  test('where an erring crowd and small differences look alike, strengths have no interval and say why', () => {
    const { scores, reason, scaleError } = rank(crowd(3, [0.95, 0.9, 0.85, 0.8, 0.6], 60))
    expect(reason).toBe('scale-unknown')
    expect(scaleError).toBeGreaterThan(0.2)
    expect(scores.every(({ se, low, high }) => se === null && low === null && high === null)).toBe(true)
    expect(tau(scores)).toBeGreaterThan(0.5)
  })
})

test('new names, mirrored sides and another order change nothing; everything is finite', () => {
  const rows = fc.array(
    fc.record({
      left: fc.constantFrom('a', 'b'),
      right: fc.constantFrom('c', 'd'),
      rater: fc.nat(2),
      outcome: fc.constantFrom<Outcome>('left', 'right', 'tie', 'both_bad'),
    }),
    { minLength: 1, maxLength: 30 },
  )
  const mirror = { left: 'right', right: 'left', tie: 'tie', both_bad: 'both_bad' } as const
  fc.assert(
    fc.property(rows, (some) => {
      const one = crowdBradleyTerry(encodeComparisons(some))
      const turned = some
        .toReversed()
        .map((row) => ({ ...row, left: `${row.right}!`, right: `${row.left}!`, outcome: mirror[row.outcome] }))
      const two = crowdBradleyTerry(encodeComparisons(turned))
      expect(two.scores === null).toBe(one.scores === null)
      if (one.scores === null || two.scores === null) return
      for (const { name, estimate, se } of one.scores) {
        const other = two.scores.find((score) => score.name === `${name}!`)!
        expect(Number.isFinite(estimate)).toBe(true)
        expect(other.estimate).toBeCloseTo(estimate, 5)
        if (se !== null) expect(other.se).toBeCloseTo(se, 4)
      }
      for (const { quality } of one.raters) expect(quality > 0 && quality < 1).toBe(true)
    }),
    { numRuns: 50 },
  )
})
