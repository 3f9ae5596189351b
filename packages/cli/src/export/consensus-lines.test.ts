import type { ConsensusItem } from '@plaudit/protocol'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { consensusLines } from './consensus-lines.ts'

const item: ConsensusItem = {
  target: { kind: 'trace', traceId: 'a'.repeat(32) as never },
  kind: 'marks',
  value: '[]',
  score: null,
  sd: null,
  probability: null,
  marks: [{ type: 'wrong', field: 'output', start: 4, end: 9, quote: 'a, "b"', votes: 2, share: 2 / 3 }],
  posterior: [],
  n: 3,
  spread: 0.5,
  method: 'majority',
  votes: [],
  preview: '',
}

async function lines(format: 'jsonl' | 'csv'): Promise<string> {
  const pages = [
    { items: [item], nextCursor: 'next' },
    { items: [{ ...item, kind: 'label', value: 'keep', marks: null }], nextCursor: null },
  ]
  const found: string[] = []
  for await (const line of consensusLines(['errors'], async (_criterion, cursor) => pages[cursor === undefined ? 0 : 1]!, format))
    found.push(line)
  return found.join('')
}

test('the marks of a majority stand in both formats, and nothing where the kind has none', async () => {
  const [one, two] = (await lines('jsonl'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ConsensusItem)
  expect(one?.marks).toEqual(item.marks)
  expect(two?.marks).toBeNull()
  const [row, plain] = parse(await lines('csv'), { columns: true }) as Record<string, string>[]
  expect(row).toMatchObject({ criterion: 'errors', votes: '3', method: 'majority' })
  expect(JSON.parse(row!['marks']!)).toEqual(item.marks)
  expect(plain?.['marks']).toBe('')
})
