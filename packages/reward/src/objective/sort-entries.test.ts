import { seededRandom } from '@plaudit/stats'
import { expect, it } from 'vitest'
import { sortEntries } from './sort-entries.ts'

it('puts the entries of each row in the order of their columns, over many chunks of rows', () => {
  const random = seededRandom(1)
  const rows = 20_000
  const start = new Int32Array(rows + 1)
  for (let i = 0; i < rows; i += 1) start[i + 1] = start[i]! + random.int(5)
  const column = Int32Array.from({ length: start[rows]! }, () => random.int(40))
  const value = Float32Array.from(column, (_, k) => k)
  const sorted = (i: number) =>
    [...column.subarray(start[i], start[i + 1])]
      .map((j, k) => [j, value[start[i]! + k]!] as const)
      .toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
  const expected = Array.from({ length: rows }, (_, i) => sorted(i))
  sortEntries({ start, column, value }, 40)
  const columns = [...column]
  for (let i = 0; i < rows; i += 1) expect(columns.slice(start[i], start[i + 1])).toEqual(expected[i]!.map(([j]) => j))
  expect(Array.from({ length: rows }, (_, i) => sorted(i))).toEqual(expected)
})
