import fc from 'fast-check'
import { expect, test } from 'vitest'
import { denseRanks } from '../../ui/ranking.ts'
import { pick, unpick } from './rank-pick.ts'

const none = [null, null, null]

test('outputs picked one after the other get the places in that order, a tie the same one', () => {
  expect(pick(pick(pick(none, 2, false), 0, false), 1, false)).toEqual([2, 3, 1])
  expect(pick(pick(pick(none, 2, false), 0, true), 1, false)).toEqual([1, 2, 1])
  expect(pick(none, 1, true)).toEqual([null, 1, null])
  expect(pick([1, null, null], 0, false)).toEqual([1, null, null])
})

test('taking back is the way back', () => {
  expect(unpick([2, 3, 1])).toEqual([2, null, 1])
  expect(unpick(none)).toEqual(none)
})

test('picking everything in any order ranks everything without a gap', () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
      fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
      (order, ties) => {
        const ranks = order.reduce<(number | null)[]>(
          (before, output, at) => pick(before, output, ties[at] === true),
          Array.from({ length: 5 }, () => null),
        )
        expect(denseRanks(ranks)).toEqual(ranks)
      },
    ),
  )
})
