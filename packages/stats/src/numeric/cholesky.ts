/**
 * The inverse of a symmetric positive definite n × n matrix (row by row), by Cholesky's method; null if it is not positive definite.
 * O(n³).
 */
export function invertPositiveDefinite(matrix: Float64Array, n: number): Float64Array | null {
  const factor = choleskyFactor(matrix, n)
  if (factor === null) return null
  // The inverse of the triangle first, then its product with its own transpose.
  const triangle = new Float64Array(n * n)
  for (let j = 0; j < n; j += 1) {
    triangle[j * n + j] = 1 / factor[j * n + j]!
    for (let i = j + 1; i < n; i += 1) {
      let sum = 0
      for (let k = j; k < i; k += 1) sum -= factor[i * n + k]! * triangle[k * n + j]!
      triangle[i * n + j] = sum / factor[i * n + i]!
    }
  }
  const inverse = new Float64Array(n * n)
  for (let k = 0; k < n; k += 1) {
    for (let i = 0; i <= k; i += 1) {
      const own = triangle[k * n + i]!
      if (own === 0) continue
      for (let j = 0; j <= i; j += 1) inverse[i * n + j]! += own * triangle[k * n + j]!
    }
  }
  for (let i = 0; i < n; i += 1) for (let j = 0; j < i; j += 1) inverse[j * n + i] = inverse[i * n + j]!
  return inverse
}

/** Solves matrix · x = right for a symmetric positive definite matrix; null if it is not one. */
export function solvePositiveDefinite(matrix: Float64Array, right: Float64Array): Float64Array | null {
  const n = right.length
  const factor = choleskyFactor(matrix, n)
  if (factor === null) return null
  const x = right.slice()
  for (let i = 0; i < n; i += 1) {
    let sum = x[i]!
    for (let k = 0; k < i; k += 1) sum -= factor[i * n + k]! * x[k]!
    x[i] = sum / factor[i * n + i]!
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    let sum = x[i]!
    for (let k = i + 1; k < n; k += 1) sum -= factor[k * n + i]! * x[k]!
    x[i] = sum / factor[i * n + i]!
  }
  return x
}

/** The lower triangle L with L·Lᵀ = matrix; null where a pivot is lost to rounding. */
function choleskyFactor(matrix: Float64Array, n: number): Float64Array | null {
  const factor = matrix.slice()
  for (let j = 0; j < n; j += 1) {
    for (let i = j; i < n; i += 1) {
      let sum = factor[i * n + j]!
      for (let k = 0; k < j; k += 1) sum -= factor[i * n + k]! * factor[j * n + k]!
      if (i > j) factor[i * n + j] = sum / factor[j * n + j]!
      else if (sum > 1e-12 * matrix[j * n + j]!) factor[j * n + j] = Math.sqrt(sum)
      else return null
    }
  }
  return factor
}

/** inverse · meat · inverse for symmetric n × n matrices. O(n³). */
export function sandwich(inverse: Float64Array, meat: Float64Array, n: number): Float64Array {
  return multiply(multiply(inverse, meat, n), inverse, n)
}

function multiply(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const product = new Float64Array(n * n)
  for (let i = 0; i < n; i += 1) {
    const row = product.subarray(i * n, (i + 1) * n)
    for (let k = 0; k < n; k += 1) {
      const factor = a[i * n + k]!
      if (factor === 0) continue
      for (let j = 0, at = k * n; j < n; j += 1, at += 1) row[j]! += factor * b[at]!
    }
  }
  return product
}
