/**
 * What is known of observations, one row each: sparse columns, of which only the entries that are not zero are kept, and after them a dense
 * block. A vector of weights has an entry for each sparse column, then one for each dense one.
 *
 * Words are there or not, so that a row has few different values. Entries of the same value make a run, which keeps it once: that takes half the
 * memory of entries with a value each, and reads half as much in each pass.
 */
export interface DesignMatrix {
  rows: number
  /** Number of sparse columns. */
  columns: number
  /** Row i has the runs `runs[i]` to `runs[i + 1]`. */
  runs: Int32Array
  /** Run r has the entries `start[r]` to `start[r + 1]`. */
  start: Int32Array
  /** The value of each run. */
  value: Float32Array
  /** The column of each entry. */
  column: Int32Array
  /** Number of dense columns; a multiple of `DENSE_LANES`. */
  width: number
  /** Rows × width. */
  dense: Float32Array
}

/** Dense columns are worked on so many at a time. */
export const DENSE_LANES = 4

/** Row i times the vector `weights`, summed in the order that every kernel keeps. */
export function rowProduct(matrix: DesignMatrix, i: number, weights: ArrayLike<number>): number {
  const { runs, start, value, column, columns, width, dense } = matrix
  let words = 0
  for (let run = runs[i]!, last = runs[i + 1]!; run < last; run += 1) {
    let [a, b, c, d] = [0, 0, 0, 0]
    let k = start[run]!
    const end = start[run + 1]!
    for (; k + 4 <= end; k += 4) {
      a += weights[column[k]!]!
      b += weights[column[k + 1]!]!
      c += weights[column[k + 2]!]!
      d += weights[column[k + 3]!]!
    }
    for (; k < end; k += 1) a += weights[column[k]!]!
    words += value[run]! * (a + b + (c + d))
  }
  let [e, f, g, h] = [0, 0, 0, 0]
  const block = i * width
  for (let j = 0; j < width; j += 4) {
    e += dense[block + j]! * weights[columns + j]!
    f += dense[block + j + 1]! * weights[columns + j + 1]!
    g += dense[block + j + 2]! * weights[columns + j + 2]!
    h += dense[block + j + 3]! * weights[columns + j + 3]!
  }
  return words + (e + g + (f + h))
}

/** Adds `step` times row i to the vector `weights`. */
export function addRow(matrix: DesignMatrix, i: number, step: number, weights: Float64Array): void {
  const { runs, start, value, column, columns, width, dense } = matrix
  for (let run = runs[i]!, last = runs[i + 1]!; run < last; run += 1) {
    const more = step * value[run]!
    for (let k = start[run]!, end = start[run + 1]!; k < end; k += 1) weights[column[k]!]! += more
  }
  const block = i * width
  for (let j = 0; j < width; j += 1) weights[columns + j]! += step * dense[block + j]!
}

/** Squared Euclidean length of row i. */
export function rowSquare({ runs, start, value, width, dense }: DesignMatrix, i: number): number {
  let sum = 0
  for (let run = runs[i]!, last = runs[i + 1]!; run < last; run += 1) sum += value[run]! * value[run]! * (start[run + 1]! - start[run]!)
  for (let k = i * width, end = k + width; k < end; k += 1) sum += dense[k]! * dense[k]!
  return sum
}
