import { expect, test } from 'vitest'
import { batched } from './batched.ts'

test('calls made at the same time share a run, and each gets its own answer', async () => {
  const runs: number[][] = []
  const square = batched(async (inputs: readonly number[]) => {
    runs.push([...inputs])
    return inputs.map((input) => input * input)
  })
  expect(await Promise.all([1, 2, 3].map(square))).toEqual([1, 4, 9])
  expect(await square(4)).toBe(16)
  expect(runs).toEqual([[1, 2, 3], [4]])
})

test('what one input breaks is broken for it alone', async () => {
  const half = batched(async (inputs: readonly number[]) => {
    if (inputs.includes(3)) throw new Error('3 cannot be halved')
    return inputs.map((input) => input / 2)
  })
  expect(await Promise.allSettled([2, 3, 4].map(half))).toEqual([
    { status: 'fulfilled', value: 1 },
    { status: 'rejected', reason: new Error('3 cannot be halved') },
    { status: 'fulfilled', value: 2 },
  ])
})
