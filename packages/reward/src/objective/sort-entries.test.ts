import { seededRandom } from '@plaudit/stats'
import { expect, it } from 'vitest'
import { sortEntries } from './sort-entries.ts'

it('puts the entries of each run in the order of their columns, over many chunks of runs', () => {
  const random = seededRandom(1)
  const runs = 40_000
  const start = new Int32Array(runs + 1)
  for (let i = 0; i < runs; i += 1) start[i + 1] = start[i]! + random.int(5)
  const column = Int32Array.from({ length: start[runs]! }, () => random.int(40))
  const entries = (i: number) => [...column.subarray(start[i], start[i + 1])]
  const expected = Array.from({ length: runs }, (_, i) => entries(i).toSorted((a, b) => a - b))
  sortEntries({ start, column }, 40)
  expect(Array.from({ length: runs }, (_, i) => entries(i))).toEqual(expected)
})
