import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codePointLength, codePointOffset, codePointSlice, utf16Offset } from './code-point.ts'
import { trickyText } from '../test/tricky-text.ts'

test('an emoji is one code point and two UTF-16 units', () => {
  expect(codePointLength('a👍b')).toBe(3)
  expect(utf16Offset('a👍b', 2)).toBe(3)
  expect(codePointOffset('a👍b', 3)).toBe(2)
})

test('an offset inside a surrogate pair counts as the one before it', () => {
  expect(codePointOffset('a👍b', 2)).toBe(1)
})

test('offsets beyond the end are the end', () => {
  expect(utf16Offset('ab', 9)).toBe(2)
  expect(codePointOffset('ab', 9)).toBe(2)
})

test('length and slices agree with the code points of the language, for any text', () => {
  fc.assert(
    fc.property(trickyText, fc.nat(50), fc.nat(50), (text, a, b) => {
      const points = Array.from(text)
      const [start, end] = a <= b ? [a, b] : [b, a]
      expect(codePointLength(text)).toBe(points.length)
      expect(codePointSlice(text, start, end)).toBe(points.slice(start, end).join(''))
    }),
  )
})

test('there and back is the same code point, for any text', () => {
  fc.assert(
    fc.property(trickyText, fc.nat(60), (text, wanted) => {
      const codePoint = Math.min(wanted, codePointLength(text))
      expect(codePointOffset(text, utf16Offset(text, codePoint))).toBe(codePoint)
    }),
  )
})
