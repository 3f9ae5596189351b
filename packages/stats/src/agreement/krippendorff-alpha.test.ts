import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StatsError } from '../error.ts'
import { seededRandom } from '../numeric/random.ts'
import type { Known } from '../result.ts'
import { intraRaterAlpha, krippendorffAlpha, type Level } from './krippendorff-alpha.ts'
import { encodeRatings, ratingsFromTable, type Rating } from './ratings.ts'

type Row = (number | null)[]
const transpose = (rows: Row[]): Row[] => rows[0]!.map((_, unit) => rows.map((row) => row[unit]!))
const quick = { resamples: 0 }
const levels: Level[] = ['nominal', 'ordinal', 'interval', 'ratio']

/** Krippendorff (2011), example C: four observers, twelve units. */
const exampleC = transpose([
  [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
  [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
])

describe('refuses', () => {
  test('ordinal values without a declared order', () => {
    const ratings = ratingsFromTable([['good', 'bad']])
    expect(() => krippendorffAlpha(ratings, { level: 'ordinal' })).toThrow(StatsError)
    expect(() => krippendorffAlpha(ratings, { level: 'interval' })).toThrow(StatsError)
  })
  test('negative values on the ratio level', () => {
    expect(() => krippendorffAlpha(ratingsFromTable([[-1, 2]]), { level: 'ratio' })).toThrow(/at least 0/)
  })
  test('values outside the declared order', () => {
    expect(() => ratingsFromTable([['a', 'c']], { order: ['a', 'b'] })).toThrow(StatsError)
  })
})

describe('published examples', () => {
  test.each([
    ['nominal', 0.743421],
    ['ordinal', 0.815388],
    ['interval', 0.849107],
    ['ratio', 0.797403],
  ] as const)('example C, %s', (level, expected) => {
    const alpha = krippendorffAlpha(ratingsFromTable(exampleC), { level })
    expect(alpha.estimate).toBeCloseTo(expected, 6)
    expect(alpha.ratings).toBe(40)
    expect(alpha.items).toBe(11)
  })
  test('example C, nominal, is the fraction 904/1216', () => {
    expect(krippendorffAlpha(ratingsFromTable(exampleC), quick).estimate).toBeCloseTo(904 / 1216, 14)
  })
  test('example A, binary', () => {
    const table = transpose([
      [0, 1, 0, 0, 0, 0, 0, 0, 1, 0],
      [1, 1, 1, 0, 0, 1, 0, 0, 0, 0],
    ])
    expect(krippendorffAlpha(ratingsFromTable(table), quick).estimate).toBeCloseTo(0.0952381, 7)
  })
  test('one disagreement in otherwise constant ratings is exactly chance', () => {
    const table = transpose([
      [3, 3, 3, 3, 3],
      [3, 3, 3, 3, 3],
      [3, 3, null, null, 3],
      [3, 3, 3, 3, 1],
      [3, null, 3, 3, 3],
    ])
    expect(krippendorffAlpha(ratingsFromTable(table), quick).estimate).toBeCloseTo(0, 14)
  })
  test('Dawid and Skene (1979), the three readings of observer 1', () => {
    const readings =
      '111 333 112 222 222 222 122 333 222 232 444 222 111 222 121 111 111 111 222 222 222 222 222 221 111 111 232 111 111 112 111 333 111 222 222 433 221 232 333 111 111 121 232 121 222'
    const rows = readings
      .split(' ')
      .flatMap((three, item) => Array.from(three, (value) => ({ item, rater: 'observer 1', value: Number(value) })))
    expect(intraRaterAlpha(encodeRatings(rows), quick)[0]!.alpha.estimate).toBeCloseTo(0.695986, 6)
    expect(intraRaterAlpha(encodeRatings(rows), { ...quick, level: 'ordinal' })[0]!.alpha.estimate).toBeCloseTo(0.817928, 6)
  })
})

describe('undefined cases have a reason', () => {
  test.each([
    ['no ratings', [], 'no-ratings'],
    ['missing ratings only', [[null, null]], 'no-ratings'],
    [
      'no item with two ratings',
      [
        [1, null],
        [null, 2],
      ],
      'no-pairs',
    ],
    [
      'one value',
      [
        [1, 1],
        [1, 1],
      ],
      'no-variation',
    ],
  ] as [string, Row[], string][])('%s', (_, table, reason) => {
    for (const level of levels) {
      expect(krippendorffAlpha(ratingsFromTable(table, { order: [1, 2] }), { level })).toMatchObject({ estimate: null, reason })
    }
  })
  test('raw agreement stays when alpha does not exist', () => {
    expect(
      krippendorffAlpha(
        ratingsFromTable([
          [1, 1],
          [1, 1],
        ]),
      ).percent,
    ).toBe(1)
  })
})

describe('the interval', () => {
  const of = (options = {}) => krippendorffAlpha(ratingsFromTable(exampleC), options) as Known & { method: string }
  test('holds the estimate and says how it was made', () => {
    const { estimate, low, high, method, confidence } = of()
    expect({ method, confidence }).toEqual({ method: "linearised over items, t on Fisher's scale", confidence: 0.95 })
    expect(low).toBeLessThan(estimate)
    expect(high).toBeGreaterThan(estimate)
    expect(of({ confidence: 0.99 }).low).toBeLessThan(low!)
  })
  test('is a seeded bootstrap where resamples are asked for, which says the same of many items', () => {
    expect(of({ resamples: 1000, seed: 3 }).method).toContain('bootstrap over items (1000 resamples')
    expect(of({ resamples: 1000, seed: 3 })).toEqual(of({ resamples: 1000, seed: 3 }))
    const random = seededRandom(4)
    const table = Array.from({ length: 2000 }, () => {
      const quality = random.int(4)
      return Array.from({ length: 3 }, () => (random.next() < 0.6 ? quality : random.int(4)))
    })
    for (const level of levels) {
      const [linear, drawn] = [{}, { resamples: 1000 }].map(
        (options) => krippendorffAlpha(ratingsFromTable(table), { level, ...options }) as Known,
      )
      expect(linear!.low).toBeCloseTo(drawn!.low!, 2)
      expect(linear!.high).toBeCloseTo(drawn!.high!, 2)
    }
  })
  test('does not trust a handful of items on a rare value: no agreement seen on it may be much agreement', () => {
    const table = Array.from({ length: 30 }, (_, i): Row => (i === 0 ? [1, 0, 0] : i === 1 ? [0, 1, 0] : [0, 0, 0]))
    const { estimate, low, high } = krippendorffAlpha(ratingsFromTable(table)) as Known
    expect(estimate).toBeLessThan(0)
    expect(low).toBeLessThan(estimate)
    expect(high).toBeGreaterThan(0.3)
  })
  test('is not made of fewer than five items', () => {
    expect(
      krippendorffAlpha(
        ratingsFromTable([
          [1, 1],
          [2, 2],
          [1, 2],
          [2, 2],
        ]),
      ),
    ).not.toHaveProperty('low')
  })
})

test('agreement without exception is not certainty', () => {
  const table = Array.from({ length: 20 }, (_, i): Row => [i % 3, i % 3])
  expect(krippendorffAlpha(ratingsFromTable(table))).toMatchObject({ estimate: 1, low: expect.closeTo(20 / 23.8415, 4) as number, high: 1 })
})

test.each(levels)('%s: categories that nobody uses change nothing, not even the interval', (level) => {
  const random = seededRandom(8)
  const table = Array.from({ length: 300 }, (): Row => Array.from({ length: 3 }, () => (random.next() < 0.2 ? null : 1 + random.int(4))))
  // With hundreds of categories, items are grouped and sorted instead of tabulated.
  const [few, many] = [4, 250].map((count) => {
    const order = Array.from({ length: count }, (_, k) => k + 1)
    return krippendorffAlpha(ratingsFromTable(table, { order }), { level })
  })
  expect(many).toEqual(few)
})

test('an item may have very many ratings', () => {
  const rows = (perItem: number) =>
    [0, 1, 2].flatMap((item) => Array.from({ length: perItem }, (_, k): Rating => ({ item, rater: k, value: k % 10 < 6 + item ? 1 : 2 })))
  const of = (perItem: number) => krippendorffAlpha(encodeRatings(rows(perItem)), quick)
  expect(of(300).percent).toBeCloseTo(byDefinitionOfPercent(300), 12)
  expect(of(1000).estimate).toBeCloseTo(of(300).estimate!, 2)
})
/** Of three items with 60, 70 and 80 % of one value. */
function byDefinitionOfPercent(n: number): number {
  const agreeing = [0.6, 0.7, 0.8].map(
    (share) => [share * n, (1 - share) * n].reduce((sum, count) => sum + count * (count - 1), 0) / (n * (n - 1)),
  )
  return agreeing.reduce((sum, value) => sum + value / 3, 0)
}

describe('many values', () => {
  const random = seededRandom(4)
  const table = (items: number) =>
    Array.from({ length: items }, (): Row => {
      const level = 10 * Math.exp(random.normal())
      return [level * Math.exp(0.3 * random.normal()), level * Math.exp(0.3 * random.normal())]
    })
  test('the ratio level takes a shortcut for resamples that hardly moves the interval', () => {
    // 300 values are compared each with each, 302 by the derivative.
    const rows = table(151)
    const [exact, short] = [rows.slice(1), rows].map((some) => krippendorffAlpha(ratingsFromTable(some), { level: 'ratio' }) as Known)
    expect(short!.low).toBeCloseTo(exact!.low!, 2)
    expect(short!.high).toBeCloseTo(exact!.high!, 2)
  })
  test('beyond fifty thousand of them the ratio level gives a reason', () => {
    const found = krippendorffAlpha(ratingsFromTable(table(25_001)), { level: 'ratio', ...quick })
    expect(found).toMatchObject({ estimate: null, reason: 'too-many-values' })
  })
})

/** The definition by its coincidence matrix, term by term. */
function byDefinition(table: Row[], level: Level): number | null {
  const units = table.map((row) => row.filter((value) => value !== null)).filter((row) => row.length > 1)
  const values = [...new Set(units.flat())].sort((a, b) => a - b)
  const totals = values.map((value) => units.flat().filter((other) => other === value).length)
  const delta = (c: number, k: number) => {
    const [x, y] = [values[c]!, values[k]!]
    if (level === 'nominal') return c === k ? 0 : 1
    if (level === 'interval') return (x - y) ** 2
    if (level === 'ratio') return x + y === 0 ? 0 : ((x - y) / (x + y)) ** 2
    const between = totals.slice(Math.min(c, k), Math.max(c, k) + 1).reduce((a, b) => a + b, 0)
    return (between - (totals[c]! + totals[k]!) / 2) ** 2
  }
  let observed = 0
  let expected = 0
  const n = units.flat().length
  for (const [c, x] of values.entries()) {
    for (const [k, y] of values.entries()) {
      for (const unit of units) {
        let pairs = 0
        for (const [i, a] of unit.entries()) for (const [j, b] of unit.entries()) if (i !== j && a === x && b === y) pairs += 1
        observed += (pairs / (unit.length - 1)) * delta(c, k)
      }
      expected += totals[c]! * totals[k]! * delta(c, k)
    }
  }
  return expected === 0 ? null : 1 - ((n - 1) * observed) / expected
}

describe('properties', () => {
  const tables = fc.array(fc.array(fc.option(fc.integer({ min: 0, max: 4 })), { minLength: 4, maxLength: 4 }), {
    minLength: 1,
    maxLength: 12,
  })
  const alphaOf = (table: Row[], level: Level) =>
    krippendorffAlpha(ratingsFromTable(table, { order: [0, 1, 2, 3, 4] }), { level, resamples: 0 }).estimate

  test.each(levels)('%s equals the definition', (level) =>
    fc.assert(
      fc.property(tables, (table) => {
        const expected = byDefinition(table, level)
        const received = alphaOf(table, level)
        if (expected === null) expect(received).toBeNull()
        else expect(received).toBeCloseTo(expected, 10)
      }),
    ),
  )
  test.each(levels)('%s ignores the order of items and raters, and is at most 1', (level) =>
    fc.assert(
      fc.property(tables, (table) => {
        const received = alphaOf(table, level) ?? -Infinity
        const turned = alphaOf(
          table.toReversed().map((row) => row.toReversed()),
          level,
        )
        expect(turned ?? -Infinity).toBeCloseTo(received, 10)
        expect(received).toBeLessThanOrEqual(1)
      }),
    ),
  )
  test('nominal ignores names; interval ignores unit and origin; ratio ignores the unit; ordinal keeps under reversal', () =>
    fc.assert(
      fc.property(tables, (table) => {
        const renamed = (level: Level, name: (value: number) => number) => {
          const rows: Rating[] = table.flatMap((row, item) => row.map((v, rater) => ({ item, rater, value: v === null ? null : name(v) })))
          return krippendorffAlpha(encodeRatings(rows), { level, resamples: 0 }).estimate ?? Infinity
        }
        const of = (level: Level) => alphaOf(table, level) ?? Infinity
        expect(renamed('nominal', (v) => (v * 3) % 5)).toBeCloseTo(of('nominal'), 10)
        expect(renamed('interval', (v) => 1000 - 2.5 * v)).toBeCloseTo(of('interval'), 8)
        expect(renamed('ratio', (v) => 7 * v)).toBeCloseTo(of('ratio'), 10)
        expect(renamed('ordinal', (v) => -v)).toBeCloseTo(of('ordinal'), 10)
      }),
    ))
})
