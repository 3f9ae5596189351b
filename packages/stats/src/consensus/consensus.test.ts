import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeRatings, ratingsFromTable, type Rating, type Ratings } from '../agreement/ratings.ts'
import { StatsError } from '../error.ts'
import { seededRandom } from '../numeric/random.ts'
import type { Consensus, NoConsensus } from './consensus.ts'
import { dawidSkene } from './dawid-skene.ts'
import { glad } from './glad.ts'
import { mace } from './mace.ts'
import { majorityVote } from './majority.ts'
import { oneCoin } from './one-coin.ts'

/** Dawid & Skene (1979), table 1: for each patient the three readings of observer 1, then observers 2 to 5. */
const patients = (
  '1111111 3334334 1122122 2223121 2223222 2223322 1222111 3333433 2222223 2322223 4444444 2223343 1111111 2223212 1211111 1112111 1111111 ' +
  '1111111 2222221 2221322 2222222 2222221 2223222 2212222 1111111 1111111 2322222 1111111 1111111 1121121 1111111 3333233 1111111 2222222 ' +
  '2223232 4334343 2212232 2323233 3333432 1111111 1111111 1212111 2322222 1211111 2222222'
).split(' ')
const published = '142222132243121111222222112111131224233111212'
const observer = [1, 1, 1, 2, 3, 4, 5]
const readings = encodeRatings(
  patients.flatMap((row, item) => Array.from(row, (value, j): Rating => ({ item, rater: observer[j]!, value: Number(value) }))),
)
const known = (result: Consensus | NoConsensus): Consensus => {
  if (result.labels === null) throw new Error(result.reason)
  return result
}
const methods = [
  ['majority', majorityVote],
  ['dawid-skene', dawidSkene],
  ['one-coin', oneCoin],
  ['glad', glad],
  ['mace', mace],
] as const

describe('Dawid & Skene (1979)', () => {
  const fitted = known(dawidSkene(readings, { smoothing: 0 }))
  test('labels, marginals and likelihood', () => {
    expect([...fitted.labels].map((code) => code + 1).join('')).toBe(published)
    for (const [k, share] of [0.3996, 0.422, 0.1118, 0.0667].entries()) expect(fitted.prior[k]).toBeCloseTo(share, 4)
    expect(fitted.logLikelihood).toBeCloseTo(-192.890881, 5)
    expect(fitted.converged).toBe(true)
  })
  test('observer 1', () => {
    const expected = [
      [0.889, 0.111, 0, 0],
      [0.071, 0.876, 0.053, 0],
      [0, 0.339, 0.661, 0],
      [0, 0, 0.556, 0.444],
    ]
    for (const [k, row] of expected.entries())
      for (const [v, share] of row.entries()) expect(Math.abs(fitted.raters[0]!.confusion![k]![v]! - share)).toBeLessThan(6e-4)
    expect(fitted.raters[0]!.ratings).toBe(135)
  })
  test('the doubtful patients', () => {
    for (const [patient, row] of [
      [7, [0.981, 0.019, 0, 0]],
      [35, [0, 0.948, 0.052, 0]],
      [38, [0, 0.0212, 0.9788, 0]],
    ] as const) {
      for (const [k, share] of row.entries()) expect(Math.abs(fitted.posteriors[(patient - 1) * 4 + k]! - share)).toBeLessThan(6e-4)
    }
  })
  test('the default smoothing leaves the published estimates alone', () => {
    expect(known(dawidSkene(readings)).logLikelihood).toBeCloseTo(-192.8909, 3)
  })
  test('majority differs at the patients that the paper discusses', () => {
    const majority = known(majorityVote(readings))
    const differing = [...majority.labels].flatMap((code, i) => (String(code + 1) === published[i] ? [] : [i + 1]))
    expect(differing).toEqual([2, 12, 36])
  })
})

test('refuses negative smoothing and impossible limits', () => {
  for (const method of [dawidSkene, oneCoin, mace]) expect(() => method(readings, { smoothing: -1 })).toThrow(StatsError)
  expect(() => glad(readings, { maxIterations: 0 })).toThrow(StatsError)
})

describe.each(methods)('%s', (_, method) => {
  test('says that measurements are no categories', () => {
    const rows = Array.from({ length: 15_000 }, (_row, item) => ({ item, rater: 'a', value: item / 7 }))
    expect(method(encodeRatings(rows))).toEqual({ labels: null, reason: 'too-many-values' })
  })
  test('says that there are no ratings', () => expect(method(ratingsFromTable([]))).toEqual({ labels: null, reason: 'no-ratings' }))
  test('takes one rater, one value, and items without ratings', () => {
    const alone = known(method(ratingsFromTable([[1], [2], [2]])))
    expect([...alone.labels]).toEqual([0, 1, 1])
    const constant = known(
      method(
        ratingsFromTable([
          [1, 1],
          [1, null],
        ]),
      ),
    )
    expect([...constant.labels]).toEqual([0, 0])
    const ratings: Ratings = { ...ratingsFromTable([[1, 2, 2]]), itemNames: ['rated', 'not rated'] }
    expect([...known(method(ratings)).labels]).toEqual([1, -1])
  })

  const rows = fc.array(fc.record({ item: fc.nat(6), rater: fc.nat(4), value: fc.nat(2) }), { minLength: 1, maxLength: 40 })
  test('posteriors are finite probabilities, accuracies lie in 0..1', () =>
    fc.assert(
      fc.property(rows, (rows) => {
        const { posteriors, raters, prior, valueNames, logLikelihood } = known(method(encodeRatings(rows)))
        const K = valueNames.length
        for (let i = 0; i < posteriors.length; i += K) expect(posteriors.subarray(i, i + K).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10)
        expect(prior.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10)
        for (const { accuracy, confusion } of raters) {
          expect(accuracy >= 0 && accuracy <= 1 + 1e-12).toBe(true)
          for (const row of confusion ?? []) expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10)
        }
        expect(Number.isFinite(logLikelihood ?? 0)).toBe(true)
      }),
      { numRuns: 50 },
    ))
  test('names and order of values, items and raters do not matter', () =>
    fc.assert(
      fc.property(rows, (rows) => {
        const options = { order: [0, 1, 2] }
        const first = known(method(encodeRatings(rows, options)))
        const turned = known(
          method(
            encodeRatings(
              rows.toReversed().map(({ item, rater, value }) => ({ item, rater: `r${9 - rater}`, value: 2 - value })),
              options,
            ),
          ),
        )
        for (const [i, name] of first.itemNames.entries()) {
          const other = turned.itemNames.indexOf(name)
          for (let k = 0; k < 3; k += 1) expect(turned.posteriors[other * 3 + 2 - k]).toBeCloseTo(first.posteriors[i * 3 + k]!, 4)
        }
      }),
      { numRuns: 30 },
    ))
})

/** Items whose value is the item's number modulo 3; rater r is right with chance `skill[r]`, and else says `habit` or any value. */
function simulate(skill: number[], habit: number | null, items: number): { ratings: Ratings; wrong: (labels: Int32Array) => number } {
  const random = seededRandom(11)
  const rows: Rating[] = []
  for (let item = 0; item < items; item += 1) {
    for (const [rater, share] of skill.entries())
      rows.push({ item, rater, value: random.next() < share ? item % 3 : (habit ?? random.int(3)) })
  }
  return {
    ratings: encodeRatings(rows, { order: [0, 1, 2] }),
    wrong: (labels) => labels.reduce((sum, code, i) => sum + (code === i % 3 ? 0 : 1), 0),
  }
}

test.each(methods.slice(1))('%s beats the majority when few raters are good', (_, method) => {
  const { ratings, wrong } = simulate([0.95, 0.9, 0.2, 0.15, 0.1], null, 600)
  const fitted = known(method(ratings))
  expect(wrong(fitted.labels)).toBeLessThan(wrong(known(majorityVote(ratings)).labels))
  expect(fitted.raters[0]!.accuracy).toBeGreaterThan(fitted.raters[2]!.accuracy + 0.2)
})

test('MACE finds those who click one answer', () => {
  const fitted = mace(simulate([0.9, 0.85, 0.8, 0.05, 0.05], 0, 600).ratings)
  if (fitted.labels === null) throw new Error(fitted.reason)
  expect(fitted.competence[0]).toBeGreaterThan(0.8)
  expect(fitted.competence[3]).toBeLessThan(0.15)
})

test('GLAD finds the hard items', () => {
  const random = seededRandom(4)
  const rows: Rating[] = []
  for (let item = 0; item < 200; item += 1) {
    for (let rater = 0; rater < 9; rater += 1) rows.push({ item, rater, value: random.next() < (item < 100 ? 0.98 : 0.6) ? 1 : 0 })
  }
  const fitted = glad(encodeRatings(rows))
  if (fitted.labels === null) throw new Error(fitted.reason)
  const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length
  expect(mean(fitted.ease.subarray(0, 100))).toBeGreaterThan(2 * mean(fitted.ease.subarray(100)))
})
