import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextBoundary, snapToCharacters, snapToWords } from './text-boundary.ts'
import { trickyText } from '../test/tricky-text.ts'

const words = (text: string, start: number, end: number) => {
  const range = snapToWords(text, { start, end })
  return text.slice(range.start, range.end)
}

test('a selection inside two words takes both', () => {
  expect(words('pay the late fee now', 5, 10)).toBe('the late')
})

test('white space at the ends is left out', () => {
  expect(words('pay the fee', 3, 8)).toBe('the')
})

test('an insertion point stays where it is, but not inside a character', () => {
  expect(snapToWords('pay fee', { start: 1, end: 1 })).toEqual({ start: 1, end: 1 })
  expect(snapToWords('a👍', { start: 2, end: 2 })).toEqual({ start: 1, end: 1 })
})

test('an accent belongs to its letter and a skin tone to its hand', () => {
  const text = 'cafe\u0301 👍🏽'
  expect(snapToCharacters(text, { start: 3, end: 4 })).toEqual({ start: 3, end: 5 })
  expect(snapToCharacters(text, { start: 8, end: 9 })).toEqual({ start: 6, end: 10 })
})

test('words of languages without spaces and of right-to-left ones snap as well', () => {
  expect(words('שלום לכולם', 1, 2)).toBe('שלום')
  expect(words('مرحبا بالعالم', 7, 8)).toBe('بالعالم')
  expect(words('東京に行きます', 0, 1)).toBe('東京')
})

test('boundaries walk by word and by character', () => {
  expect(nextBoundary('pay the fee', 0, 1, 'word')).toBe(3)
  expect(nextBoundary('pay the fee', 3, 1, 'word')).toBe(7)
  expect(nextBoundary('pay the fee', 8, -1, 'word')).toBe(4)
  expect(nextBoundary('a👍🏽b', 1, 1, 'character')).toBe(5)
  expect(nextBoundary('ab', 2, 1, 'word')).toBe(2)
  expect(nextBoundary('ab', 0, -1, 'character')).toBe(0)
})

test('snapping holds the selection without its white space, and doing it twice changes nothing', () => {
  fc.assert(
    fc.property(trickyText, fc.nat(100), fc.nat(100), (text, a, b) => {
      const start = Math.min(a, b, text.length)
      const end = Math.min(Math.max(a, b), text.length)
      const once = snapToWords(text, { start, end })
      expect(snapToWords(text, once)).toEqual(once)
      if (text.slice(start, end).trim() !== '') {
        expect(text.slice(once.start, once.end)).toContain(text.slice(start, end).trim())
      }
    }),
  )
})
