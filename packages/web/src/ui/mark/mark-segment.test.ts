import fc from 'fast-check'
import { expect, test } from 'vitest'
import { markSegments } from './mark-segment.ts'

test('overlapping marks share the stretch between them', () => {
  expect(
    markSegments(10, [
      { start: 0, end: 6 },
      { start: 4, end: 8 },
    ]),
  ).toEqual([
    { start: 0, end: 4, marks: [0] },
    { start: 4, end: 6, marks: [0, 1] },
    { start: 6, end: 8, marks: [1] },
    { start: 8, end: 10, marks: [] },
  ])
})

test('an insertion point inside a mark is a stretch of length 0', () => {
  expect(
    markSegments(4, [
      { start: 0, end: 4 },
      { start: 2, end: 2 },
    ]),
  ).toEqual([
    { start: 0, end: 2, marks: [0] },
    { start: 2, end: 2, marks: [1] },
    { start: 2, end: 4, marks: [0] },
  ])
})

test('the stretches cover the text once, in order, and each knows exactly the marks over it', () => {
  const range = fc.tuple(fc.nat(40), fc.nat(40)).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }))
  fc.assert(
    fc.property(fc.nat(30), fc.array(range, { maxLength: 12 }), (length, ranges) => {
      const segments = markSegments(length, ranges)
      const solid = segments.filter(({ start, end }) => end > start)
      expect(solid.reduce((sum, { start, end }) => sum + end - start, 0)).toBe(length)
      for (const [index, segment] of solid.entries()) expect(segment.start).toBe(index === 0 ? 0 : solid[index - 1]?.end)
      for (const { start, end, marks } of solid) {
        const over = ranges.flatMap((one, mark) => (one.start < end && one.end > start && one.start < one.end ? [mark] : []))
        expect(marks).toEqual(over.filter((mark) => Math.min(length, ranges[mark]?.end ?? 0) > start))
      }
    }),
  )
})
