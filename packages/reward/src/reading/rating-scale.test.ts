import { expect, it } from 'vitest'
import { ratingScale } from './rating-scale.ts'

const read = (values: number[], points?: number[]) => {
  const { levels, levelOf } = ratingScale(values, points)
  return [levels, ...values.map(levelOf)]
}

it('reads ratings on the points of a rubric, and those that an earlier version had', () => {
  expect(read([1, 5], [1, 3, 5])).toEqual([3, 0, 2])
  expect(read([2, 5], [1, 3, 5])).toEqual([4, 1, 3])
  expect(read([0, 0], [0, 1])).toEqual([2, 0, 0])
})

it('takes whole numbers as they are, from 1 to 5 at least', () => {
  expect(read([0, 1])).toEqual([2, 0, 1])
  expect(read([2, 4])).toEqual([5, 1, 3])
  expect(read([0, 3])).toEqual([6, 0, 3])
  expect(read([1, 10])).toEqual([10, 0, 9])
  expect(read([-2, 2])).toEqual([8, 0, 4])
})

it('takes other numbers by their order, in tenths where they are many', () => {
  expect(read([0.5, 0.1, 0.9])).toEqual([3, 1, 0, 2])
  expect(read([0.5, 0.5])).toEqual([2, 0, 0])
  const many = Array.from({ length: 1_000 }, (_, i) => i / 7)
  const { levels, levelOf } = ratingScale(many)
  expect(levels).toBe(10)
  const counts = Map.groupBy(many.map(levelOf), (level) => level)
  expect([...counts.values()].map(({ length }) => length)).toEqual(Array(10).fill(100))
  expect(many.map(levelOf)).toEqual(many.map(levelOf).toSorted((a, b) => a - b))
})
