/** A matrix of which only the entries that are not zero are kept, row after row. */
export interface SparseMatrix {
  rows: number
  columns: number
  /** Row i has the entries `start[i]` to `start[i + 1]`. */
  start: Int32Array
  column: Int32Array
  value: Float32Array
}

/** Row i times the vector `weights`. */
export function rowProduct({ start, column, value }: SparseMatrix, i: number, weights: ArrayLike<number>): number {
  let sum = 0
  for (let k = start[i]!, end = start[i + 1]!; k < end; k += 1) sum += value[k]! * weights[column[k]!]!
  return sum
}
