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

test('what the database refuses of one input is refused for it alone', async () => {
  const refusal = Object.assign(new Error('3 cannot be halved'), { code: '22023' })
  const half = batched(async (inputs: readonly number[]) => {
    if (inputs.includes(3)) throw refusal
    return inputs.map((input) => input / 2)
  })
  expect(await Promise.allSettled([2, 3, 4].map(half))).toEqual([
    { status: 'fulfilled', value: 1 },
    { status: 'rejected', reason: refusal },
    { status: 'fulfilled', value: 2 },
  ])
})

test('a database that is away is asked once for all', async () => {
  let runs = 0
  const ask = batched(async () => {
    runs += 1
    throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' })
  })
  expect((await Promise.allSettled([1, 2, 3].map(ask))).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(runs).toBe(1)
})
