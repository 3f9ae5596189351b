import { seededRandom } from '@plaudit/stats'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { javascriptSums } from './javascript-sums.ts'
import { sourceSha256 } from './row-sums.gen.ts'
import { wasmSums } from './wasm-sums.ts'
import { weightRows } from './weight-rows.ts'

describe.each([1, 6, 7, 8, 16])('the sums of rows, with %i fits', (width) => {
  const random = seededRandom(width)
  const bucketOf = Int32Array.from([70_000, 3, 262_143, 0])
  const dense = 4
  const weights = Float32Array.from({ length: (bucketOf.length + dense) * width }, () => random.normal())
  const rows = weightRows({ bucketOf, weights, centre: new Float64Array(width) })
  const values = Float64Array.from({ length: 3 }, () => random.normal())
  const both = [wasmSums(rows)!, javascriptSums(rows)]
  for (const { sumRows, addDense } of both) {
    sumRows(Uint32Array.of(3, 9, 262_143, 12, 0, 99), 5)
    addDense(1, values)
  }

  it('are those of every fit, and the number of known buckets', () => {
    for (let fit = 0; fit < width; fit += 1) {
      const words = [1, 2, 3].reduce((sum, column) => sum + weights[column * width + fit]!, 0)
      const traits = values.reduce((sum, value, j) => sum + value * weights[(bucketOf.length + 1 + j) * width + fit]!, 0)
      expect(both[0]!.sums[fit]).toBeCloseTo(words + traits, 10)
    }
    expect(both[0]!.sums[width]).toBe(3)
  })

  it('are the same bits in WebAssembly as in JavaScript', () => {
    expect(both[0]!.sums).toEqual(both[1]!.sums)
  })
})

it('the kernel of sums was built from the source beside it', () => {
  const source = readFileSync(new URL('../../kernel/row-sums.ts', import.meta.url))
  expect(createHash('sha256').update(source).digest('hex')).toBe(sourceSha256)
})
