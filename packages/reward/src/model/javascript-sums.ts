import type { RowSums, WeightRows } from './weight-rows.ts'

/** Sums in JavaScript, for where WebAssembly is missing. */
export function javascriptSums({ lanes, rowOf, words, dense }: WeightRows): RowSums {
  const sums = new Float64Array(lanes)
  return {
    sums,
    sumRows(buckets, count) {
      sums.fill(0)
      for (let k = 0; k < count; k += 1) {
        const at = rowOf[buckets[k]!]!
        for (let lane = 0; lane < lanes; lane += 1) sums[lane]! += words[at + lane]!
      }
    },
    addDense(first, values) {
      for (let j = 0; j < values.length; j += 1) {
        const at = (first + j) * lanes
        for (let lane = 0; lane < lanes; lane += 1) sums[lane]! += values[j]! * dense[at + lane]!
      }
    },
  }
}
