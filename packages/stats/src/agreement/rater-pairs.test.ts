import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contingencyTable } from './cohen-kappa.ts'
import { gwetAC1 } from './gwet-ac.ts'
import { raterPairs } from './rater-pairs.ts'
import { encodeRatings } from './ratings.ts'

test('every pair has the table that it has alone, the most common items first', () => {
  const rows = fc.array(fc.record({ item: fc.nat(6), rater: fc.nat(4), value: fc.nat(2) }), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(rows, fc.nat(6), (some, limit) => {
      const ratings = encodeRatings(some)
      const all = raterPairs(ratings, 100)
      const sizes = all.pairs.map(({ table }) => table.flat().reduce((sum, count) => sum + count, 0))
      for (const [k, { first, second, table }] of all.pairs.entries()) {
        expect(table).toEqual(contingencyTable(ratings, first, second))
        expect(sizes[k]! > 0 && sizes[k]! <= (sizes[k - 1] ?? Infinity)).toBe(true)
      }
      const names = [...new Set(some.map(({ rater }) => rater))]
      const meet = (a: number, b: number) =>
        some.some(({ item, rater }) => rater === a && some.some((other) => other.item === item && other.rater === b))
      const pairs = names.flatMap((a, k) => names.slice(k + 1).filter((b) => meet(a, b)))
      expect(all).toMatchObject({ pairs: { length: pairs.length }, omitted: 0 })
      const fewer = raterPairs(ratings, limit)
      expect(fewer.pairs).toEqual(all.pairs.slice(0, limit))
      expect(fewer.omitted).toBe(pairs.length - fewer.pairs.length)
    }),
  )
})

test('of a crowd of two thousand, the busiest thousand are compared', () => {
  const rows = Array.from({ length: 2000 }, (_, rater) => ({ item: 'a', rater, value: 1 }))
  const { pairs, omitted } = raterPairs(
    encodeRatings([...rows, { item: 'b', rater: 1998, value: 1 }, { item: 'b', rater: 1999, value: 1 }]),
    1,
  )
  expect(pairs[0]).toMatchObject({ first: '1998', second: '1999' })
  expect(omitted).toBe((1000 * 999) / 2 - 1)
})

test('of measurements no pair has a table, and no chance agreement of each value with each', () => {
  const ratings = encodeRatings(Array.from({ length: 4002 }, (_, k) => ({ item: k >> 1, rater: k % 2, value: k / 7 })))
  expect(raterPairs(ratings, 5)).toEqual({ pairs: [], omitted: 1 })
  expect(gwetAC1(ratings)).toMatchObject({ estimate: null, reason: 'too-many-values' })
})
