import { BUCKETS } from '../features/specification.ts'
import type { TraitScaling } from '../features/standardise.ts'
import type { ScoringWeights } from './reward-model.ts'

/** Weights that are read together: half a line of the memory cache. */
export const LANES = 8

/**
 * A model's weights in rows that hold those of the main fit and of all members, and after them a 1, so that the sum of rows also tells how many
 * of them there were. Frequent words come first, as in the model, so that the busiest rows lie together.
 */
export interface WeightRows {
  /** Entries of a row; a multiple of `LANES`. */
  lanes: number
  /** Where the row of each bucket begins; those that the model does not know share a row of zeros. */
  rowOf: Int32Array
  words: Float32Array
  /** One row for each trait, then for each column of the vector. */
  dense: Float32Array
  /** How traits are scaled. */
  scaling: TraitScaling
}

/** What adds up rows. */
export interface RowSums {
  /** One for each lane, over the next call's too. */
  sums: Float64Array
  /** Sets the sums to those of the rows of the first `count` buckets. */
  sumRows: (buckets: Uint32Array, count: number) => void
  /** Adds the rows of the traits, times the traits as the model sees them. */
  addTraits: (traits: Float64Array) => void
  /** Adds the rows of the vector's columns, times the vector. */
  addVector: (vector: Float32Array) => void
}

/** Brings a model's weights into rows. */
export function weightRows({ bucketOf, weights, centre, scaling }: Omit<ScoringWeights, 'features'>): WeightRows {
  const width = centre.length
  const columns = bucketOf.length
  const lanes = Math.ceil((width + 1) / LANES) * LANES
  const widened = (from: number, to: number) => {
    const rows = new Float32Array((to - from + 1) * lanes)
    for (let column = from; column < to; column += 1)
      rows.set(weights.subarray(column * width, (column + 1) * width), (column - from) * lanes)
    return rows
  }
  const words = widened(0, columns)
  const rowOf = new Int32Array(BUCKETS).fill(columns * lanes)
  bucketOf.forEach((bucket, column) => {
    rowOf[bucket] = column * lanes
    words[column * lanes + width] = 1
  })
  return { lanes, rowOf, words, dense: widened(columns, weights.length / width), scaling }
}
