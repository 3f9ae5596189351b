import { csvLine, type Feedback } from '@plaudit/protocol'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { feedbackLines } from './feedback-lines.ts'

const feedback = (id: string, rationale: string): Feedback => ({
  id,
  target: { kind: 'session', sessionId: 's' },
  criterion: 'helpful',
  kind: 'thumbs',
  value: 'up',
  author: { kind: 'human', id: 'u', role: null },
  identifier: '',
  rationale,
  time: '2026-05-04T10:00:00.000Z',
  receivedAt: '2026-05-04T10:00:01.000Z',
  metadata: {},
  presentation: {},
})
const pages = [
  { items: [feedback('1', '=1+1'), feedback('2', 'a "b",\r\nc')], nextCursor: 'next' },
  { items: [feedback('3', "'quoted")], nextCursor: null },
]
const page = async (cursor: string | undefined) => pages[cursor === undefined ? 0 : 1]!
async function collect(format: 'jsonl' | 'csv'): Promise<string> {
  let text = ''
  for await (const line of feedbackLines(page, format)) text += line
  return text
}

test('JSON lines hold every page, each with its score', async () => {
  const rows = (await collect('jsonl'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as object)
  expect(rows).toEqual(pages.flatMap(({ items }) => items.map((item) => ({ ...item, score: 1 }))))
})

test('CSV holds one row a judgment, and no cell runs as a formula', async () => {
  const rows = parse(await collect('csv'), { columns: true }) as Record<string, string>[]
  expect(rows.map(({ id, score, session_id }) => [id, score, session_id])).toEqual(['1', '2', '3'].map((id) => [id, '1', 's']))
  expect(rows.map(({ rationale }) => rationale)).toEqual(["'=1+1", 'a "b",\r\nc', "''quoted"])
})

test('any cells come back from a CSV line once the guarding apostrophe is taken off', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', '=', '+', '-', '@', '\t', "'", '1') }),
  )
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2, maxLength: 6 }), (cells) => {
      const [row] = parse(csvLine(cells), { record_delimiter: '\r\n' }) as string[][]
      expect(row?.map((text) => text.replace(/^'/, ''))).toEqual(cells)
      for (const text of row ?? []) expect(/^[=+@\t\r]/.test(text) && !/^-?\d/.test(text)).toBe(/^\+\d/.test(text))
    }),
  )
})
