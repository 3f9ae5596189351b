import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StatsError } from '../error.ts'
import { wilsonInterval } from '../inference/wilson-interval.ts'
import { solveLinearSystem } from '../numeric/linear-system.ts'
import { seededRandom } from '../numeric/random.ts'
import { cumulativeSum, cumulativeSumRunLength } from './cumulative-sum.ts'
import { goldAccuracy } from './gold-accuracy.ts'
import { movingAverage, movingAverageRunLength } from './moving-average.ts'
import { sequentialTestPower } from './sequential-test-power.ts'
import { sequentialTest } from './sequential-test.ts'

const shares = { good: 0.9, poor: 0.7 }
const rates = { ...shares, alpha: 0.05, beta: 0.05 }
const answers = [1, 1, 1, 0, 1, 0, 0, 1, 0, 0]
const drawn = fc.array(fc.constantFrom(0, 1), { maxLength: 60 })
const levels = fc
  .record({ good: fc.double({ min: 0.55, max: 0.98, noNaN: true }), gap: fc.double({ min: 0.05, max: 0.5, noNaN: true }) })
  .map(({ good, gap }) => ({ good, poor: good - gap }))

describe('refuses', () => {
  test.each([
    ['a score above 1', () => cumulativeSum([2], shares)],
    ['shares in the wrong order', () => cumulativeSum([], { good: 0.6, poor: 0.7 })],
    ['a limit of 0', () => cumulativeSum([], { ...shares, limit: 0 })],
    ['a weight of 1', () => movingAverage([], { weight: 1 })],
    ['an accuracy above 1', () => cumulativeSumRunLength(1.1, shares)],
    ['gold scored above 1', () => goldAccuracy([{ rater: 'a', score: 2 }])],
  ])('%s', (_what, call) => expect(call).toThrow(StatsError))
})

describe('a worked sequence of ten answers, 0.9 against 0.7', () => {
  test('sequential test', () => {
    // After k wrong of n the evidence is k · 1.098612 − (n − k) · 0.251314.
    const logRatio = expect.closeTo(4 * 1.098612 - 5 * 0.251314, 5)
    expect(sequentialTest(answers, rates)).toMatchObject({ decision: 'poor', n: 9, logRatio, upper: expect.closeTo(2.944439, 6) })
    expect(sequentialTest(answers.slice(0, 8), rates)).toMatchObject({ decision: 'open', lower: expect.closeTo(-2.944439, 6) })
  })
  test('CUSUM', () => {
    const { path, alarmAfter, changeAfter } = cumulativeSum(answers, shares)
    for (const [i, value] of [0, 0, 0, 1.0986, 0.8473, 1.9459, 3.0445, 2.7932, 3.8918, 4.9904].entries())
      expect(path[i]).toBeCloseTo(value, 4)
    expect({ alarmAfter, changeAfter }).toEqual({ alarmAfter: 7, changeAfter: 3 })
  })
  test('EWMA', () => {
    const { path } = movingAverage(answers, { weight: 0.2 })
    for (const [i, value] of [0.92, 0.936, 0.9488, 0.759, 0.8072, 0.6458, 0.5166, 0.6133, 0.4906, 0.3925].entries())
      expect(path[i]).toBeCloseTo(value, 4)
  })
})

test('no answers decide nothing', () => {
  expect(cumulativeSum([], shares)).toMatchObject({ path: new Float64Array(), alarmAfter: null, changeAfter: null })
  expect(movingAverage([])).toMatchObject({ path: new Float64Array(), alarmAfter: null })
  expect(goldAccuracy([])).toEqual([])
})

test('accuracy on gold: Wilson by rater, and a verdict that waits for evidence', () => {
  const rows = ['ana', 'ben', 'cleo'].flatMap((rater, r) =>
    Array.from({ length: 50 }, (_, k) => ({ rater, score: k < [49, 25, 41][r]! ? 1 : 0 })),
  )
  expect(goldAccuracy(rows).map(({ rater, verdict }) => `${rater} ${verdict}`)).toEqual(['ana passes', 'ben fails', 'cleo undecided'])
  expect(goldAccuracy(rows)[1]!.accuracy).toEqual(wilsonInterval(25, 50))
})

describe('in simulation', () => {
  const random = seededRandom(11)
  const answer = (accuracy: number) => (random.next() < accuracy ? 1 : 0)
  const mean = (runs: number, length: () => number) => Array.from({ length: runs }, length).reduce((sum, value) => sum + value, 0) / runs

  test('the sequential test errs as often, and takes as long, as computed', () => {
    for (const accuracy of [0.9, 0.8, 0.7]) {
      const runs = Array.from({ length: 1000 }, () =>
        sequentialTest(
          Array.from({ length: 500 }, () => answer(accuracy)),
          rates,
        ),
      )
      const power = sequentialTestPower(accuracy, rates)
      const good = runs.filter(({ decision }) => decision === 'good').length / 1000
      expect(Math.abs(good - power.good)).toBeLessThan(4 * Math.sqrt(0.25 / 1000))
      expect(Math.abs(runs.reduce((sum, { n }) => sum + n, 0) / 1000 / power.answers - 1)).toBeLessThan(0.15)
    }
    // Wald's bounds.
    expect(1 - sequentialTestPower(0.9, rates).good).toBeLessThan(0.05 / 0.95)
    expect(sequentialTestPower(0.7, rates).good).toBeLessThan(0.05 / 0.95)
  })

  test('charts run as long as computed', () => {
    const until = (alarmed: (given: number[]) => boolean, accuracy: number) => () => {
      const given: number[] = []
      do given.push(answer(accuracy))
      while (!alarmed(given))
      return given.length
    }
    const chart = (given: number[]) => cumulativeSum(given, shares).alarmAfter !== null
    expect(mean(2000, until(chart, 0.7)) / cumulativeSumRunLength(0.7, shares)!).toBeCloseTo(1, 1)
    const average = (given: number[]) => movingAverage(given).alarmAfter !== null
    expect(mean(2000, until(average, 0.7)) / movingAverageRunLength(0.7)!).toBeCloseTo(1, 1)
  })

  test('documented run lengths', () => {
    const cusum = [2, 3, 4, 5].map((limit) => [0.9, 0.7, 0.5].map((accuracy) => cumulativeSumRunLength(accuracy, { ...shares, limit })!))
    const documented = [
      [74, 10, 5],
      [239, 17, 7],
      [762, 24, 10],
      [2080, 30, 12],
    ]
    for (const [i, row] of documented.entries())
      for (const [j, value] of row.entries()) expect(Math.abs(cusum[i]![j]! / value - 1)).toBeLessThan(0.06)
    expect(movingAverageRunLength(0.9)).toBeCloseTo(345, -0.5)
    expect(movingAverageRunLength(0.7)).toBeCloseTo(17.2, 0)
  })
  test('an alarm that never comes has no run length', () => {
    expect(cumulativeSumRunLength(1, shares)).toBeNull()
    expect(movingAverageRunLength(0, { good: 0.5, width: 30 })).toBeNull()
  })
})

describe('for all answers', () => {
  test('CUSUM is the largest evidence over all starts', () =>
    fc.assert(
      fc.property(drawn, levels, (given, options) => {
        const { path } = cumulativeSum(given, options)
        const [right, wrong] = [Math.log(options.poor / options.good), Math.log((1 - options.poor) / (1 - options.good))]
        for (let t = 0; t < given.length; t += 1) {
          let [most, sum] = [0, 0]
          for (let s = t; s >= 0; s -= 1) {
            sum += given[s] === 1 ? right : wrong
            most = Math.max(most, sum)
          }
          expect(path[t]).toBeCloseTo(most, 9)
        }
      }),
    ))
  test('EWMA stays within 0..1 and falls with wrong answers', () =>
    fc.assert(
      fc.property(drawn, (given) => {
        const { path } = movingAverage(given)
        const worse = movingAverage(given.map(() => 0)).path
        for (const [i, value] of path.entries()) expect(value <= 1 && value >= 0 && value >= worse[i]!).toBe(true)
      }),
    ))
  test('a linear system is solved, or called singular', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 9, maxLength: 9 }), (cells) => {
        const matrix = Float64Array.from(cells)
        const x = solveLinearSystem(matrix, Float64Array.of(1, 2, 3))
        const [a, b, c, d, e, f, g, h, i] = cells as [number, number, number, number, number, number, number, number, number]
        const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
        if (determinant === 0) return
        for (let row = 0; row < 3; row += 1)
          expect(cells[3 * row]! * x![0]! + cells[3 * row + 1]! * x![1]! + cells[3 * row + 2]! * x![2]!).toBeCloseTo(row + 1, 8)
      }),
    ))
})
