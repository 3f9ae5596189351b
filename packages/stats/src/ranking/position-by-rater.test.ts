import { expect, test } from 'vitest'
import { seededRandom } from '../numeric/random.ts'
import { type Comparison, encodeComparisons } from './comparisons.ts'
import { sigmoid } from './outcome-model.ts'
import { positionByRater, type PositionByRater } from './position-by-rater.ts'

test('comparisons without raters have none to tell apart', () => {
  expect(positionByRater(encodeComparisons([]))).toEqual({ raters: null, reason: 'no-ratings' })
  expect(positionByRater(encodeComparisons([{ left: 'a', right: 'b', outcome: 'left' }]))).toEqual({ raters: null, reason: 'one-rater' })
})

test('finds the rater who looks at the side, and trusts few comparisons little', () => {
  const random = seededRandom(9)
  const rows = Array.from({ length: 6 }, (_, rater) => {
    const bias = rater === 0 ? 2 : 0
    return Array.from({ length: rater === 5 ? 4 : 400 }, (_row, k): Comparison => {
      const [left, right] = k % 2 === 0 ? ['a', 'b'] : ['b', 'a']
      const lead = (k % 2 === 0 ? 0.4 : -0.4) + bias
      // Who judged only four comparisons took the left in each.
      return { left: left!, right: right!, rater, outcome: rater === 5 || random.next() < sigmoid(lead) ? 'left' : 'right' }
    })
  }).flat()
  const { raters, mean } = positionByRater(encodeComparisons(rows)) as PositionByRater
  const of = (rater: string) => raters.find((found) => found.rater === rater)!
  expect(raters).toHaveLength(6)
  expect(of('0').low).toBeGreaterThan(1)
  expect(of('0').p).toBeLessThan(1e-6)
  for (const rater of ['1', '2', '3', '4']) expect(of(rater)).toMatchObject({ comparisons: 400, estimate: expect.closeTo(0, 0) as number })
  expect(Math.abs(of('5').estimate - mean)).toBeLessThan(1.5)
  expect(of('5').se).toBeGreaterThan(2 * of('1').se)
})
