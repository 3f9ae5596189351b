import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StatsError } from '../error.ts'
import { groupMarks, marksOverTokens, type MarkRow, markTypes } from './marks.ts'
import { marksAlpha } from './marks-alpha.ts'
import { marksF1 } from './marks-f1.ts'

const row = (rater: string, start: number, end: number, type = 'wrong', item = 'i', length = 50): MarkRow => ({
  item,
  rater,
  type,
  start,
  end,
  length,
})
/** Two raters of a text of 50 characters. */
const two = groupMarks([row('a', 0, 10), row('a', 20, 30), row('b', 0, 10), row('b', 22, 30), row('b', 40, 44)])

test('refuses offsets outside the text, reversed or fractional, and a length that changes', () => {
  for (const bad of [row('a', -1, 2), row('a', 3, 2), row('a', 0, 51), row('a', 0.5, 2)])
    expect(() => groupMarks([bad])).toThrow(StatsError)
  expect(() => groupMarks([row('a', 0, 1), row('b', 0, 1, 'wrong', 'i', 60)])).toThrow(/length/)
  expect(() => marksF1(two, { tolerance: -1 })).toThrow(/tolerance/)
})

test('a worked example: 18 of 24 marked characters are shared', () => {
  // 6 of 50 characters disagree; 42 of the 100 judgments say marked: α = 1 − 99 · 6 / (42 · 58).
  expect(marksAlpha(two)).toMatchObject({ estimate: expect.closeTo(1 - (99 * 6) / (42 * 58), 12), items: 1, characters: 50 })
  const f1 = marksF1(two)
  expect(f1.exact.estimate).toBeCloseTo(0.4, 12)
  expect(f1.characters.estimate).toBeCloseTo(36 / 42, 12)
  expect(f1.boundary.estimate).toBeCloseTo(0.6, 12)
  expect(f1.iou.estimate).toBeCloseTo(18 / 24, 12)
  expect(marksF1(two, { tolerance: 2 }).boundary.estimate).toBeCloseTo(0.8, 12)
})

test('without the unmarked text, agreement is lower', () => {
  expect(marksAlpha(two, { text: 'marked' })).toMatchObject({ characters: 24 })
  expect(marksAlpha(two, { text: 'marked' }).estimate!).toBeLessThan(marksAlpha(two).estimate!)
})

test('one type at a time, and a rater who marked nothing counts', () => {
  const texts = groupMarks([row('a', 0, 10, 'wrong'), row('b', 0, 10, 'vague'), row('c', 0, 0, '')])
  expect(markTypes(texts)).toEqual(['vague', 'wrong'])
  expect(texts[0]!.raters).toHaveLength(3)
  expect(marksF1(texts).exact.estimate).toBe(0)
  expect(marksF1(texts).characters.estimate).toBeCloseTo((2 * 10) / 40, 12)
  expect(marksAlpha(texts, { type: 'wrong' }).estimate!).toBeLessThan(0)
})

test('insertion points count as marks and boundaries, not as characters', () => {
  const texts = groupMarks([row('a', 5, 5, 'missing'), row('b', 5, 5, 'missing')])
  expect(marksF1(texts)).toMatchObject({ exact: { estimate: 1 }, boundary: { estimate: 1 }, characters: { estimate: null } })
  expect(marksAlpha(texts)).toMatchObject({ estimate: null, reason: 'no-variation' })
})

describe('undefined cases have a reason', () => {
  test.each([
    [[], 'no-ratings'],
    [[row('a', 0, 3)], 'no-pairs'],
    [[row('a', 0, 0, ''), row('b', 0, 0, '')], 'no-variation'],
  ] as const)('%j', (rows, reason) => {
    expect(marksAlpha(groupMarks(rows))).toMatchObject({ estimate: null, reason })
    expect(marksF1(groupMarks(rows)).exact).toMatchObject({ estimate: null, reason })
  })
})

describe('properties', () => {
  const rows = fc.array(
    fc
      .tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('i', 'j'), fc.constantFrom('x', 'y'), fc.nat(12), fc.nat(6))
      .map(([rater, item, type, start, size]) => row(rater, start, Math.min(20, start + size), type, item, 20)),
    { minLength: 1, maxLength: 14 },
  )

  test('alpha over characters equals alpha by counting every character', () =>
    fc.assert(
      fc.property(rows, fc.constantFrom('all', 'marked'), (given, text) => {
        const texts = groupMarks(given)
        expect(marksAlpha(texts, { text: text as 'all', resamples: 0 }).estimate ?? 9).toBeCloseTo(
          naiveAlpha(texts, text === 'marked') ?? 9,
          10,
        )
      }),
    ))

  test('F1 is in 0..1 and does not mind the order of the rows', () =>
    fc.assert(
      fc.property(rows, (given) => {
        const [one, other] = [marksF1(groupMarks(given), { resamples: 0 }), marksF1(groupMarks(given.toReversed()), { resamples: 0 })]
        for (const name of ['exact', 'characters', 'boundary', 'iou'] as const) {
          expect(other[name].estimate).toBe(one[name].estimate)
          if (one[name].estimate === null) continue
          expect(one[name].estimate).toBeGreaterThanOrEqual(0)
          expect(one[name].estimate).toBeLessThanOrEqual(1)
        }
      }),
    ))
})

function naiveAlpha(texts: ReturnType<typeof groupMarks>, markedOnly: boolean): number | null {
  let [zeros, ones, disagreements] = [0, 0, 0]
  for (const { raters, length } of texts) {
    if (raters.length < 2) continue
    for (let at = 0; at < length; at += 1) {
      const c = raters.filter(({ marks }) => marks.some((mark) => mark.start <= at && at < mark.end)).length
      if (markedOnly && c === 0) continue
      ones += c
      zeros += raters.length - c
      disagreements += (2 * c * (raters.length - c)) / (raters.length - 1)
    }
  }
  return ones > 0 && zeros > 0 ? 1 - ((zeros + ones - 1) * disagreements) / (2 * zeros * ones) : null
}

describe('in tokens', () => {
  const words = (text: string) => Array.from(text.matchAll(/\S+/g), (match) => ({ start: match.index, end: match.index + match[0].length }))
  const text = 'the cat sat on the mat'
  const marks = (rater: string, start: number, end: number) => ({ item: 'i', rater, type: 'wrong', start, end, length: text.length })

  test('it does not matter where in a word a mark begins', () => {
    const texts = groupMarks([marks('a', 4, 11), marks('b', 5, 9), marks('b', 6, 11)])
    expect(marksAlpha(texts).estimate).toBeLessThan(1)
    expect(marksAlpha(marksOverTokens(texts, new Map([['i', words(text)]])), { resamples: 0 }).estimate).toBe(1)
  })
  test('insertion points stand between tokens; marks of spaces alone mark none', () => {
    const texts = groupMarks([marks('a', 7, 7), marks('b', 3, 4), marks('c', 0, 22)])
    const [found] = marksOverTokens(texts, new Map([['i', words(text)]]))
    expect(found!.length).toBe(6)
    expect(found!.raters.map(({ marks: [mark] }) => [mark!.start, mark!.end])).toEqual([
      [2, 2],
      [1, 1],
      [0, 6],
    ])
  })
  test('refuses missing, overlapping and outlying tokens', () => {
    const texts = groupMarks([marks('a', 0, 3)])
    for (const tokens of [
      undefined,
      [
        { start: 0, end: 4 },
        { start: 3, end: 5 },
      ],
      [{ start: 0, end: 99 }],
    ])
      expect(() => marksOverTokens(texts, new Map(tokens === undefined ? [] : [['i', tokens]]))).toThrow(StatsError)
  })
  test('are the code points where every code point is a token', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ rater: fc.constantFrom('a', 'b', 'c'), from: fc.nat(20), size: fc.nat(6) }), { minLength: 1 }),
        (some) => {
          const texts = groupMarks(
            some.map(({ rater, from, size }) => marks(rater, Math.min(22 - size, from), Math.min(22 - size, from) + size)),
          )
          const tokens = new Map([['i', Array.from({ length: 22 }, (_, start) => ({ start, end: start + 1 }))]])
          expect(marksOverTokens(texts, tokens)).toEqual(texts)
        },
      ),
    ))
})
