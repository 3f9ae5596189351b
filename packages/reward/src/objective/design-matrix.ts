/**
 * What is known of observations, one row each: sparse columns, of which only the entries that are not zero are kept, and after them a dense
 * block. A vector of weights has an entry for each sparse column, then one for each dense one.
 */
export interface DesignMatrix {
  rows: number
  /** Number of sparse columns. */
  columns: number
  /** Row i has the sparse entries `start[i]` to `start[i + 1]`. */
  start: Int32Array
  column: Int32Array
  value: Float32Array
  /** Number of dense columns; a multiple of `DENSE_LANES`. */
  width: number
  /** Rows × width. */
  dense: Float32Array
}

/** Dense columns are worked on so many at a time. */
export const DENSE_LANES = 4

/** Row i times the vector `weights`, summed in the order that every kernel keeps. */
export function rowProduct({ start, column, value, columns, width, dense }: DesignMatrix, i: number, weights: ArrayLike<number>): number {
  let [a, b, c, d] = [0, 0, 0, 0]
  let k = start[i]!
  const end = start[i + 1]!
  for (; k + 4 <= end; k += 4) {
    a += value[k]! * weights[column[k]!]!
    b += value[k + 1]! * weights[column[k + 1]!]!
    c += value[k + 2]! * weights[column[k + 2]!]!
    d += value[k + 3]! * weights[column[k + 3]!]!
  }
  for (; k < end; k += 1) a += value[k]! * weights[column[k]!]!
  let [e, f, g, h] = [0, 0, 0, 0]
  const block = i * width
  for (let j = 0; j < width; j += 4) {
    e += dense[block + j]! * weights[columns + j]!
    f += dense[block + j + 1]! * weights[columns + j + 1]!
    g += dense[block + j + 2]! * weights[columns + j + 2]!
    h += dense[block + j + 3]! * weights[columns + j + 3]!
  }
  return a + b + (c + d) + (e + g + (f + h))
}

/** Adds `step` times row i to the vector `weights`. */
export function addRow(
  { start, column, value, columns, width, dense }: DesignMatrix,
  i: number,
  step: number,
  weights: Float64Array,
): void {
  for (let k = start[i]!, end = start[i + 1]!; k < end; k += 1) weights[column[k]!]! += step * value[k]!
  const block = i * width
  for (let j = 0; j < width; j += 1) weights[columns + j]! += step * dense[block + j]!
}

/** Squared Euclidean length of row i. */
export function rowSquare({ start, value, width, dense }: DesignMatrix, i: number): number {
  let sum = 0
  for (let k = start[i]!, end = start[i + 1]!; k < end; k += 1) sum += value[k]! * value[k]!
  for (let k = i * width, end = k + width; k < end; k += 1) sum += dense[k]! * dense[k]!
  return sum
}
