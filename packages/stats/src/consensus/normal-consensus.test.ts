import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeRatings, ratingsFromTable } from '../agreement/ratings.ts'
import { StatsError } from '../error.ts'
import { seededRandom } from '../numeric/random.ts'
import { normalConsensus, type NormalConsensus } from './normal-consensus.ts'

const fitted = (table: Parameters<typeof ratingsFromTable>[0]) => normalConsensus(ratingsFromTable(table)) as NormalConsensus

describe('the consensus of numbers', () => {
  test('refuses words, and says why it does not exist', () => {
    expect(() => normalConsensus(ratingsFromTable([['a', 'b']]))).toThrow(StatsError)
    expect(normalConsensus(encodeRatings([]))).toEqual({ raters: null, reason: 'no-ratings' })
    expect(normalConsensus(ratingsFromTable([[2, 2], [2, 2]]))).toEqual({ raters: null, reason: 'no-variance' }) // prettier-ignore
  })

  test('takes out what two raters differ by alone', () => {
    const { levels, raters, mean } = fitted([[1, 2], [3, 4], [5, 6]]) // prettier-ignore
    expect(raters.map(({ severity }) => severity)).toEqual([expect.closeTo(-0.5, 6), expect.closeTo(0.5, 6)])
    expect(mean).toBeCloseTo(3.5, 6)
    expect([...levels].map((level) => Math.round(10 * level) / 10)).toEqual([1.5, 3.5, 5.5])
  })

  test('finds severities, noises and levels again, better than the plain mean', () => {
    const random = seededRandom(11)
    const severities = [0, 0.9, -0.4, 0.1, -0.6]
    const noises = [0.3, 0.5, 0.4, 1.5, 0.3]
    const centre = severities.reduce((sum, s) => sum + s, 0) / 5
    const truth = Array.from({ length: 600 }, () => 3 + random.normal())
    // Three of five raters judge each item, by turns.
    const table = truth.map((level, i) =>
      severities.map((severity, r) => ((r - i) % 5 >= -2 && (r - i) % 5 <= 0 ? level + severity + noises[r]! * random.normal() : null)),
    )
    const { levels, sds, raters, converged } = fitted(table)
    expect(converged).toBe(true)
    raters.forEach(({ severity, noise }, r) => {
      expect(severity).toBeCloseTo(severities[r]! - centre, 0)
      expect(Math.abs(severity - (severities[r]! - centre))).toBeLessThan(0.15)
      expect(Math.abs(noise - noises[r]!)).toBeLessThan(0.12)
    })
    const plain = table.map((row) => {
      const given = row.filter((y) => y !== null)
      return given.reduce((sum, y) => sum + y, 0) / given.length
    })
    const error = (estimates: ArrayLike<number>) =>
      truth.reduce((sum, level, i) => sum + (estimates[i]! - level - centre) ** 2, 0) / truth.length
    expect(error(levels)).toBeLessThan(0.6 * error(plain))
    // The posterior says how far off it is.
    const inside = truth.filter((level, i) => Math.abs(levels[i]! - level - centre) < 1.96 * sds[i]!).length / truth.length
    expect(inside).toBeGreaterThan(0.92)
    expect(inside).toBeLessThan(0.98)
  })

  test('does not hang on the order of rows, and moves with the unit', () => {
    const cell = fc.record({
      item: fc.integer({ min: 0, max: 8 }),
      rater: fc.integer({ min: 0, max: 3 }),
      value: fc.integer({ min: 1, max: 5 }),
    })
    fc.assert(
      fc.property(fc.array(cell, { minLength: 4, maxLength: 40 }), (rows) => {
        const one = normalConsensus(encodeRatings(rows))
        const two = normalConsensus(encodeRatings(rows.toReversed()))
        const scaled = normalConsensus(encodeRatings(rows.map((row) => ({ ...row, value: 10 * row.value + 3 }))))
        if (one.raters === null || two.raters === null || scaled.raters === null) return
        const level = (fit: NormalConsensus, item: string) => fit.levels[fit.itemNames.indexOf(item)]!
        for (const item of one.itemNames) {
          expect(level(two, item)).toBeCloseTo(level(one, item), 4)
          expect(level(scaled, item)).toBeCloseTo(10 * level(one, item) + 3, 2)
        }
        for (const { noise, severity } of one.raters) expect(Number.isFinite(noise + severity)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })
})
