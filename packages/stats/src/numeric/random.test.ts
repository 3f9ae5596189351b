import { expect, test } from 'vitest'
import { StatsError } from '../error.ts'
import { seededRandom } from './random.ts'

test('refuses a seed that is no integer', () => expect(() => seededRandom(0.5)).toThrow(StatsError))

test('the same seed gives the same bits, another seed others', () => {
  const draw = (seed: number) =>
    Array.from(
      { length: 5 },
      (
        (random) => () =>
          random.next()
      )(seededRandom(seed)),
    )
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
})

test('uniform, integer and normal draws have the right moments', () => {
  const random = seededRandom(1)
  const counts = new Float64Array(10)
  let uniform = 0
  let normal = 0
  let square = 0
  const n = 200_000
  for (let i = 0; i < n; i += 1) {
    uniform += random.next()
    counts[random.int(10)]! += 1
    const z = random.normal()
    normal += z
    square += z * z
  }
  // Five standard errors each.
  expect(Math.abs(uniform / n - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / n))
  expect(Math.abs(normal / n)).toBeLessThan(5 / Math.sqrt(n))
  expect(Math.abs(square / n - 1)).toBeLessThan(5 * Math.sqrt(2 / n))
  for (const count of counts) expect(Math.abs(count / n - 0.1)).toBeLessThan(5 * Math.sqrt(0.09 / n))
})
