import { expect, test } from 'vitest'
import { groupCommit } from './group-commit.ts'
import { type Rows, RowWriter } from './row-writer.ts'

const encodeRows = (texts: readonly string[]): Rows => {
  const rows = new RowWriter()
  for (const text of texts) rows.text(text)
  return rows.finish(texts.length)
}
/** The short texts that rows consist of. */
const textOf = ({ chunks }: Rows) => {
  const bytes = Buffer.concat(chunks)
  const texts: string[] = []
  for (let at = 0; at < bytes.length; at += 1 + (bytes[at] ?? 0)) texts.push(bytes.toString('utf8', at + 1, at + 1 + (bytes[at] ?? 0)))
  return texts
}

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
