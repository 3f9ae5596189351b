import { seededRandom } from '@plaudit/stats'
import { expect, it } from 'vitest'
import { sigmoid } from '../objective/logistic.ts'
import { fitSlope } from './fit-slope.ts'
import { fitTwoSlopes } from './fit-two-slopes.ts'

it('fits two slopes at once as well as one after the other until neither moves, though their values go together', () => {
  const random = seededRandom(4)
  const x = new Float64Array(300).map(() => random.normal())
  const z = x.map((value) => value + random.normal())
  const weights = x.map(() => random.next() + 0.5)
  const flip = x.map((value, i) => (random.next() < sigmoid(0.8 * value - 0.4 * z[i]!) ? 1 : -1))
  const [left, right] = [x.map((value, i) => flip[i]! * value), z.map((value, i) => flip[i]! * value)]
  let [s, t] = [0, 0]
  for (let turn = 0; turn < 300; turn += 1) {
    s = fitSlope(
      left,
      weights,
      right.map((value) => t * value),
    )
    t = fitSlope(
      right,
      weights,
      left.map((value) => s * value),
    )
  }
  const both = fitTwoSlopes(left, right, weights)
  expect(both[0]).toBeCloseTo(s, 5)
  expect(both[1]).toBeCloseTo(t, 5)
  expect(both[0]).toBeGreaterThan(0.3)
  expect(both[1]).toBeLessThan(0)
})

it('gives finite slopes for values that separate, and none for values that say nothing', () => {
  const ones = new Float64Array(10).fill(1)
  expect(fitTwoSlopes(ones, ones, ones).every((slope) => slope > 0 && slope < 100)).toBe(true)
  expect(fitTwoSlopes(new Float64Array(10), new Float64Array(10), ones)).toEqual([0, 0])
})
