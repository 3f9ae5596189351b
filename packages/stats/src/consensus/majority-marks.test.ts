import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MarkedItem } from '../agreement/marks.ts'
import { StatsError } from '../error.ts'
import { majorityMarks } from './majority-marks.ts'

const rater = (...marks: [type: string, start: number, end: number][]): MarkedItem => ({
  rater: 'any',
  marks: marks.map(([type, start, end]) => ({ type, start, end })),
})

test('refuses a share that is none', () => expect(() => majorityMarks([], { above: 2 })).toThrow(StatsError))

describe('what cannot be said', () => {
  test('of nobody, of one, of nothing', () => {
    expect(majorityMarks([])).toEqual({ stretches: [], spread: null })
    expect(majorityMarks([rater(['wrong', 1, 3])])).toEqual({
      stretches: [{ type: 'wrong', start: 1, end: 3, votes: 1, share: 1 }],
      spread: null,
    })
    expect(majorityMarks([rater(), rater()])).toEqual({ stretches: [], spread: null })
  })
})

describe('by hand', () => {
  test('half is no majority, and who marked nothing counts', () => {
    expect(majorityMarks([rater(['wrong', 0, 4]), rater()]).stretches).toEqual([])
    const three = [rater(['wrong', 0, 4]), rater(['wrong', 2, 8]), rater()]
    expect(majorityMarks(three).stretches).toEqual([{ type: 'wrong', start: 2, end: 4, votes: 2, share: 2 / 3 }])
    // Of 8 code points, all with one or two of three: two differ in 2 of 3 pairs on each.
    expect(majorityMarks(three).spread).toBeCloseTo(2 / 3, 12)
  })
  test('types stand for themselves, own overlaps count once, and a stretch goes on where one rater takes over from another', () => {
    const found = majorityMarks([
      rater(['wrong', 0, 3], ['wrong', 2, 5], ['vague', 0, 5]),
      rater(['wrong', 0, 2], ['vague', 9, 12]),
      rater(['wrong', 2, 5], ['vague', 0, 1]),
    ])
    expect(found.stretches).toEqual([
      { type: 'vague', start: 0, end: 1, votes: 2, share: 2 / 3 },
      { type: 'wrong', start: 0, end: 5, votes: 2, share: 2 / 3 },
    ])
  })
  test('insertion points need the same place', () => {
    const found = majorityMarks([rater(['missing', 7, 7]), rater(['missing', 7, 7]), rater(['missing', 8, 8])])
    expect(found.stretches).toEqual([{ type: 'missing', start: 7, end: 7, votes: 2, share: 2 / 3 }])
  })
})

describe('for all marks', () => {
  const mark = fc
    .tuple(fc.constantFrom('a', 'b'), fc.nat(20), fc.nat(6))
    .map(([type, start, length]) => ({ type, start, end: start + length }))
  const some = fc.array(fc.array(mark, { maxLength: 4 }), { minLength: 1, maxLength: 6 })
  const withNames = (all: { type: string; start: number; end: number }[][]) => all.map((marks, k) => ({ rater: `r${k}`, marks }))
  test('a stretch holds exactly the code points that a count one by one gives', () =>
    fc.assert(
      fc.property(some, (all) => {
        const { stretches, spread } = majorityMarks(withNames(all))
        for (const type of ['a', 'b'])
          for (let at = 0; at < 30; at += 1) {
            const votes = all.filter((marks) => marks.some((one) => one.type === type && one.start <= at && at < one.end)).length
            const own = stretches.filter((one) => one.type === type && one.start <= at && at < one.end)
            expect(own.map((one) => one.votes)).toEqual(votes > all.length / 2 ? [votes] : [])
            const points = all.filter((marks) => marks.some((one) => one.type === type && one.start === at && one.end === at)).length
            const insertions = stretches.filter((one) => one.type === type && one.start === at && one.end === at)
            expect(insertions.map((one) => one.votes)).toEqual(points > all.length / 2 ? [points] : [])
          }
        if (spread !== null) expect(spread >= 0 && spread <= 1).toBe(true)
      }),
    ))
  test('nothing depends on who comes first, and two alike are never apart', () =>
    fc.assert(
      fc.property(some, (all) => {
        const [one, turned] = [majorityMarks(withNames(all)), majorityMarks(withNames(all.toReversed()))]
        expect(turned.stretches).toEqual(one.stretches)
        const twice = majorityMarks(withNames([all[0]!, all[0]!]))
        expect(twice.spread ?? 0).toBe(0)
      }),
    ))
})
