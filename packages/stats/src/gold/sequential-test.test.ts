import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../numeric/random.ts'
import { sequentialTest, sequentialWatch } from './sequential-test.ts'

const options = { good: 0.9, poor: 0.7 }
const rates = { ...options, alpha: 0.05, beta: 0.1 }
const answers = (n: number, share: number, seed: number) => {
  const random = seededRandom(seed)
  return Array.from({ length: n }, () => (random.next() < share ? 1 : 0))
}

describe('as published', () => {
  // NIST/SEMATECH e-Handbook 6.2.6: p1 = 0.01, p2 = 0.10 defective, α = 0.05, β = 0.10; accept at 24 without a defective, reject at the second up to 20.
  const plan = { good: 0.99, poor: 0.9, alpha: 0.05, beta: 0.1 }
  const withDefects = (n: number, ...places: number[]) => Array.from({ length: n }, (_, index) => (places.includes(index + 1) ? 0 : 1))
  test('accepts after 24 without a defective', () => {
    expect(sequentialTest(withDefects(23), plan).decision).toBe('open')
    expect(sequentialTest(withDefects(40), plan)).toMatchObject({ decision: 'good', n: 24 })
  })
  test('rejects at the second defective up to the nineteenth, not at the twentieth (its line there is at 2.0004)', () => {
    expect(sequentialTest(withDefects(19, 1, 19), plan)).toMatchObject({ decision: 'poor', n: 19 })
    expect(sequentialTest(withDefects(20, 1, 20), plan).decision).toBe('open')
  })
})

describe('in simulation', () => {
  const share = (decision: string, truth: number) =>
    Array.from({ length: 4_000 }, (_, seed) => sequentialTest(answers(600, truth, seed), rates)).filter((one) => one.decision === decision)
      .length / 4_000
  test('good work is called poor at most at the rate α', () => {
    const wrong = share('poor', rates.good)
    expect(wrong).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 4_000))
    expect(wrong).toBeGreaterThan(0.015)
  })
  test('poor work is called good at most at the rate β', () => {
    expect(share('good', rates.poor)).toBeLessThan(0.1 + 3 * Math.sqrt((0.1 * 0.9) / 4_000))
  })
  test('half-right answers with the mean of good work are not called poor more often', () => {
    const random = seededRandom(7)
    const poor = Array.from({ length: 2_000 }, () =>
      sequentialTest(
        Array.from({ length: 600 }, () => (random.next() < 0.2 ? 0.5 : 1)),
        rates,
      ),
    ).filter(({ decision }) => decision === 'poor').length
    expect(poor / 2_000).toBeLessThan(0.05)
  })
})

describe('properties', () => {
  const scores = fc.array(fc.constantFrom(0, 0.5, 1), { maxLength: 200 })
  test('later scores do not change a decision, and worse scores never mend it', () =>
    fc.assert(
      fc.property(scores, scores, (first, rest) => {
        const before = sequentialTest(first, options)
        if (before.decision !== 'open') expect(sequentialTest([...first, ...rest], options)).toEqual(before)
        const worse = sequentialTest(
          first.map((score) => score / 2),
          options,
        )
        if (before.decision === 'poor') expect(worse.decision).toBe('poor')
      }),
    ))
  test('a watch ends only with poor', () => fc.assert(fc.property(scores, (given) => sequentialWatch(given, options).decision !== 'good')))
  test('a watch starts afresh: an earlier good record does not hide that the work became poor', () => {
    expect(sequentialTest([...answers(300, 1, 1), ...answers(40, 0, 1)], options).decision).toBe('good')
    expect(sequentialWatch([...answers(300, 1, 1), ...answers(40, 0, 1)], options).decision).toBe('poor')
  })
})

test('no score leaves it open; misuse is refused', () => {
  expect(sequentialTest([], options)).toMatchObject({ decision: 'open', n: 0, logRatio: 0 })
  expect(() => sequentialTest([2], options)).toThrow(/scores/)
  expect(() => sequentialTest([Number.NaN], options)).toThrow(/scores/)
  expect(() => sequentialTest([1], { good: 0.7, poor: 0.7 })).toThrow(/poor/)
  expect(() => sequentialTest([1], { ...options, alpha: 0 })).toThrow(/alpha/)
  expect(() => sequentialTest([1], { ...options, alpha: 0.6, beta: 0.5 })).toThrow(/alpha/)
})
