import { seededRandom } from '@plaudit/stats'
import { describe, expect, it } from 'vitest'
import { addDense, sumRows, weightTable } from './weight-table.ts'

describe('weightTable', () => {
  it.each([1, 6, 7, 8, 16])('gives the sums of every fit and the number of known buckets, with %i fits', (width) => {
    const random = seededRandom(width)
    const bucketOf = Int32Array.from([70_000, 3, 262_143, 0])
    const dense = 4
    const weights = Float32Array.from({ length: (bucketOf.length + dense) * width }, () => random.normal())
    const table = weightTable({ bucketOf, weights, centre: new Float64Array(width) })
    const sums = new Float64Array(table.lanes)
    const buckets = Uint32Array.of(3, 9, 262_143, 12, 0, 99)
    sumRows(table, buckets, 5, sums)
    expect(sums[width]).toBe(3)
    const values = Float64Array.from({ length: 3 }, () => random.normal())
    addDense(table, 1, values, sums)
    for (let fit = 0; fit < width; fit += 1) {
      const words = [1, 2, 3].reduce((sum, column) => sum + weights[column * width + fit]!, 0)
      const traits = values.reduce((sum, value, j) => sum + value * weights[(bucketOf.length + 1 + j) * width + fit]!, 0)
      expect(sums[fit]).toBeCloseTo(words + traits, 10)
    }
  })
})
