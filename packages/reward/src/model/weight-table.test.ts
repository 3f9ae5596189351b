import { seededRandom } from '@plaudit/stats'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { scaleTrait } from '../features/standardise.ts'
import { javascriptSums } from './javascript-sums.ts'
import { sourceSha256 } from './row-sums.gen.ts'
import { wasmSums } from './wasm-sums.ts'
import { weightRows } from './weight-rows.ts'

describe.each([1, 6, 7, 8, 16])('the sums of rows, with %i fits', (width) => {
  const random = seededRandom(width)
  const bucketOf = Int32Array.from([70_000, 3, 262_143, 0])
  // An odd number of traits, of a vector's columns one.
  const traits = 7
  const scaling = {
    mean: Float64Array.from({ length: traits }, () => random.normal()),
    deviation: Float64Array.from({ length: traits }, (_, j) => 0.2 + j),
  }
  const weights = Float32Array.from({ length: (bucketOf.length + traits + 1) * width }, () => random.normal())
  const rows = weightRows({ bucketOf, weights, centre: new Float64Array(width), scaling })
  const values = Float64Array.from({ length: traits }, () => random.normal())
  const both = [wasmSums(rows)!, javascriptSums(rows)]
  for (const { sumRows, addTraits, addVector } of both) {
    sumRows(Uint32Array.of(3, 9, 262_143, 12, 0, 99), 5)
    addTraits(values)
    addVector(Float32Array.of(0.5))
  }

  it('are those of every fit, and the number of known buckets', () => {
    for (let fit = 0; fit < width; fit += 1) {
      const words = [1, 2, 3].reduce((sum, column) => sum + weights[column * width + fit]!, 0)
      const weightOf = (trait: number) => weights[(bucketOf.length + trait) * width + fit]!
      const ofTraits = values.reduce((sum, value, j) => sum + scaleTrait(scaling, j, value) * weightOf(j), 0)
      expect(both[0]!.sums[fit]).toBeCloseTo(words + ofTraits + 0.5 * weightOf(traits), 10)
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
