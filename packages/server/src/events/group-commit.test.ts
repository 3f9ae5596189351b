import { expect, test } from 'vitest'
import { groupCommit } from './group-commit.ts'
import { encodeRows, type Rows } from './rows.ts'

const textOf = ({ chunks }: Rows) => Buffer.concat(chunks).toString().trim().split('\n')

test('group commit shares inserts and refuses what does not fit', async () => {
  const batches: string[][] = []
  const store = groupCommit({ write: async (rows) => void batches.push(textOf(rows)), maxRows: 3, maxWaitingBytes: 8 })
  const results = await Promise.allSettled(['a', 'b', 'c', 'd', 'e'].map((line) => store.append(encodeRows([line]))))
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'fulfilled', 'rejected'])
  expect(batches).toEqual([['a', 'b', 'c'], ['d']])
})

test('a batch that fails once is written again with the same token', async () => {
  const tokens: string[] = []
  const write = (_rows: Rows, token: string) => (tokens.push(token) === 1 ? Promise.reject(new Error('lost answer')) : Promise.resolve())
  await groupCommit({ write }).append(encodeRows(['a']))
  expect(new Set(tokens).size).toBe(1)
})

test('a request whose rows are refused costs its neighbours nothing', async () => {
  const written: string[] = []
  const write = async (rows: Rows) => {
    if (textOf(rows).includes('bad')) throw new Error('cannot parse')
    written.push(...textOf(rows))
  }
  const store = groupCommit({ write })
  const results = await Promise.allSettled(['a', 'bad', 'c'].map((line) => store.append(encodeRows([line]))))
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(written).toEqual(['a', 'c'])
})

test('rows keep their text and their order over chunks', () => {
  const lines = ['short', 'ä'.repeat(200_000), '👋'.repeat(100_000), 'last']
  const rows = encodeRows(lines)
  expect(textOf(rows)).toEqual(lines)
  expect(rows.count).toBe(4)
  expect(rows.bytes).toBe(Buffer.concat(rows.chunks).byteLength)
})
