import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../numeric/random.ts'
import { forecastCompletion } from './forecast-completion.ts'

type Ends = { low?: number; high?: number }

/** Days until the total reaches what is left, in between by parts. */
function daysUntil(left: number, next: () => number): number {
  let total = 0
  for (let day = 0; ; day += 1) {
    const work = next()
    if (total + work >= left) return day + (left - total) / work
    total += work
  }
}

test('by hand: two days of 8 and 12, 40 left', () => {
  // m = 10, s² = 8, t(1) = 12.706: spread 1291.6 is above N·m² = 200, so that the rate may be zero and there is no latest end.
  expect(forecastCompletion([8, 12], 40)).toMatchObject({ estimate: 4, rate: 10, bounded: false })
  // Equal days are no proof, but they leave no spread: both ends are the estimate.
  expect(forecastCompletion([10, 10, 10], 40)).toMatchObject({ estimate: 4, low: 4, high: 4 })
})

test('the ends are where the predicted total reaches what is left', () => {
  const done = [30, 42, 35, 51, 28, 40, 37]
  const { low = 0, high = 0 } = forecastCompletion(done, 400) as Ends
  const [m, t] = [263 / 7, 2.4469118511449692]
  const s = Math.sqrt(done.reduce((sum, one) => sum + (one - m) ** 2, 0) / 6)
  const end = (T: number) => t * s * Math.sqrt(T + T ** 2 / 7)
  expect(low * m + end(low)).toBeCloseTo(400, 8)
  expect(high * m - end(high)).toBeCloseTo(400, 8)
})

test('covers the day that work was really done, in 19 of 20 runs', () => {
  const random = seededRandom(5)
  const day = () => Math.max(0, 40 + 12 * random.normal())
  let [covered, runs] = [0, 0]
  for (; runs < 4_000; runs += 1) {
    const { low = Infinity, high = 0 } = forecastCompletion(Array.from({ length: 14 }, day), 600) as Ends
    const took = daysUntil(600, day)
    if (took >= low && took <= high) covered += 1
  }
  expect(covered / runs).toBeGreaterThan(0.935)
  expect(covered / runs).toBeLessThan(0.965)
})

test('scales with the work, and brackets the estimate', () =>
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 30 }),
      fc.integer({ min: 0, max: 5_000 }),
      (done, left) => {
        const one = forecastCompletion(done, left)
        if (one.estimate === null) return done.every((work) => work === 0)
        const double = forecastCompletion(
          done.map((work) => 2 * work),
          2 * left,
        )
        expect(double.estimate).toBeCloseTo(one.estimate, 8)
        if (one.low !== undefined && one.high !== undefined) {
          expect(one.low).toBeLessThanOrEqual(one.estimate + 1e-9)
          expect(one.high).toBeGreaterThanOrEqual(one.estimate - 1e-9)
          expect(double).toMatchObject({ high: expect.closeTo(one.high, 4) })
        }
        return true
      },
    ),
  ))

test('says why there is no forecast; misuse is refused', () => {
  expect(forecastCompletion([], 5)).toMatchObject({ estimate: null, reason: 'too-few' })
  expect(forecastCompletion([3], 5)).toMatchObject({ estimate: null, reason: 'too-few' })
  expect(forecastCompletion([0, 0, 0], 5)).toMatchObject({ estimate: null, reason: 'no-progress' })
  expect(forecastCompletion([4, 6, 5], 0)).toMatchObject({ estimate: 0, low: 0, high: expect.any(Number) })
  expect(() => forecastCompletion([1, -1], 5)).toThrow(/done/)
  expect(() => forecastCompletion([1, 2], Number.NaN)).toThrow(/left/)
})
