import fc from 'fast-check'
import { expect, test } from 'vitest'
import { filterText, metadataText, parseFilterText, traceFilterOf, type TraceFilter } from './trace-filter.ts'

test('names become filters, other names metadata, the rest text', () => {
  expect(parseFilterText('model:gpt-5 version:"3 b" doc_type:contract late delivery').filter).toEqual({
    model: 'gpt-5',
    promptVersion: '3 b',
    metadata: 'doc_type:contract',
    text: 'late delivery',
  })
})

test('addresses and times stay text', () => {
  expect(parseFilterText('https://example.com at 12:30').filter).toEqual({ text: 'https://example.com at 12:30' })
})

test('what cannot be asked for is said', () => {
  expect(parseFilterText('status:bad').problem).toMatch(/status:ok or status:error/)
})

test('a filter can be typed as it is written, for any values', () => {
  const value = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).filter((text) => text.trim() === text && text !== '')
  const word = fc.stringMatching(/^[\p{L}\p{N}👍:"\\/.]{1,8}$/u)
  const filter = fc.record(
    {
      model: value,
      promptName: value,
      userId: value,
      feedback: value,
      status: fc.constantFrom('ok', 'error'),
      metadata: fc
        .array(fc.record({ name: fc.stringMatching(/^key_[a-z]{1,6}$/), value }), { minLength: 1, maxLength: 3 })
        .map(metadataText),
      text: fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' ')),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(filter, (wanted) => {
      expect(parseFilterText(filterText(wanted as TraceFilter))).toEqual({ filter: wanted, problem: null })
    }),
  )
})

test('any address opens: what is unknown or impossible is left out', () => {
  expect(traceFilterOf({ model: 'gpt', status: 'maybe', from: 'yesterday', page: '3', promptVersion: 3, text: ' ' })).toEqual({
    model: 'gpt',
    promptVersion: '3',
  })
})
