import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codePointLength } from './code-point.ts'
import { anchorOf, CONTEXT_LENGTH, locateMark } from './mark-anchor.ts'
import { snapToCharacters } from './text-boundary.ts'
import { trickyText } from '../test/tricky-text.ts'

test('a mark after an emoji counts code points', () => {
  expect(anchorOf('👍 good answer', { start: 3, end: 7 })).toEqual({ start: 2, end: 6, quote: 'good', before: '👍 ', after: ' answer' })
})

test('an insertion point has an empty quote and context on both sides', () => {
  expect(anchorOf('one two', { start: 3, end: 3 })).toEqual({ start: 3, end: 3, quote: '', before: 'one', after: ' two' })
})

test('a mark finds its place again, whatever the text and the selection', () => {
  fc.assert(
    fc.property(trickyText, fc.nat(200), fc.nat(200), (text, a, b) => {
      const selected = snapToCharacters(text, { start: Math.min(a, b, text.length), end: Math.min(Math.max(a, b), text.length) })
      const anchor = anchorOf(text, selected)
      expect(locateMark(text, anchor)).toEqual({ range: selected, problem: null })
      expect(codePointLength(anchor.before)).toBe(Math.min(anchor.start, CONTEXT_LENGTH))
      expect(codePointLength(anchor.after)).toBe(Math.min(codePointLength(text) - anchor.end, CONTEXT_LENGTH))
    }),
  )
})

test('a mark made on another text is refused, never moved', () => {
  const anchor = anchorOf('The contract ends in May.', { start: 21, end: 24 })
  expect(locateMark('The contract ends in June.', anchor).problem).toMatch(/quotes/)
  expect(locateMark('The contract ends_in May.', anchor).problem).toMatch(/around/)
  expect(locateMark('Short', anchor).problem).toMatch(/this text has 5/)
})
