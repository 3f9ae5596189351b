import { scaleTrait } from '../features/standardise.ts'
import type { RowSums, WeightRows } from './weight-rows.ts'

/** Sums in JavaScript, for where WebAssembly is missing. */
export function javascriptSums({ lanes, rowOf, words, dense, scaling }: WeightRows): RowSums {
  const sums = new Float64Array(lanes)
  const addRow = (row: number, value: number) => {
    for (let lane = 0; lane < lanes; lane += 1) sums[lane]! += value * dense[row * lanes + lane]!
  }
  const traitCount = scaling.mean.length
  return {
    sums,
    sumRows(buckets, count) {
      sums.fill(0)
      for (let k = 0; k < count; k += 1) {
        const at = rowOf[buckets[k]!]!
        for (let lane = 0; lane < lanes; lane += 1) sums[lane]! += words[at + lane]!
      }
    },
    addTraits: (traits) => traits.forEach((value, trait) => addRow(trait, scaleTrait(scaling, trait, value))),
    addVector: (vector) => vector.forEach((value, j) => addRow(traitCount + j, value)),
  }
}
