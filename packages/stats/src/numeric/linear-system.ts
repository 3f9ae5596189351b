/**
 * Solves matrix · x = right for a general n × n matrix (row by row) by elimination with partial pivoting; null if it is singular. O(n³).
 */
export function solveLinearSystem(matrix: Float64Array, right: Float64Array): Float64Array | null {
  const n = right.length
  const a = matrix.slice()
  const x = right.slice()
  for (let k = 0; k < n; k += 1) {
    let pivot = k
    for (let i = k + 1; i < n; i += 1) if (Math.abs(a[i * n + k]!) > Math.abs(a[pivot * n + k]!)) pivot = i
    if (!(Math.abs(a[pivot * n + k]!) > 1e-300)) return null
    if (pivot !== k) {
      for (let j = k; j < n; j += 1) swap(a, k * n + j, pivot * n + j)
      swap(x, k, pivot)
    }
    for (let i = k + 1; i < n; i += 1) {
      const factor = a[i * n + k]! / a[k * n + k]!
      if (factor === 0) continue
      for (let j = k + 1; j < n; j += 1) a[i * n + j]! -= factor * a[k * n + j]!
      x[i]! -= factor * x[k]!
    }
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    let sum = x[i]!
    for (let j = i + 1; j < n; j += 1) sum -= a[i * n + j]! * x[j]!
    x[i] = sum / a[i * n + i]!
  }
  return x
}

function swap(values: Float64Array, i: number, j: number): void {
  const kept = values[i]!
  values[i] = values[j]!
  values[j] = kept
}
