import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pieceAt } from './dom-range.ts'

test('a seam belongs to the next piece for a beginning and to the one before for an end', () => {
  expect(pieceAt([3, 4], 3, 'start')).toEqual({ piece: 1, offset: 0 })
  expect(pieceAt([3, 4], 3, 'end')).toEqual({ piece: 0, offset: 3 })
})

test('an offset beyond the end is the end', () => {
  expect(pieceAt([3, 4], 99, 'start')).toEqual({ piece: 1, offset: 4 })
  expect(pieceAt([], 2, 'end')).toEqual({ piece: 0, offset: 0 })
})

test('piece and offset add up to where one asked, however the text is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(9), { minLength: 1, maxLength: 9 }),
      fc.nat(60),
      fc.constantFrom('start', 'end'),
      (lengths, wanted, edge) => {
        const total = lengths.reduce((sum, length) => sum + length, 0)
        const place = pieceAt(lengths, wanted, edge)
        const before = lengths.slice(0, place.piece).reduce((sum, length) => sum + length, 0)
        expect(before + place.offset).toBe(Math.min(wanted, total))
        expect(place.offset).toBeLessThanOrEqual(lengths[place.piece] ?? 0)
      },
    ),
  )
})
