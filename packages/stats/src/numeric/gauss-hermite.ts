import { checkInteger } from '../check.ts'

/** Points and weights that integrate against a standard normal density: Σ w·f(x) is the mean of f, exact for polynomials up to degree 2n − 1. */
export interface Quadrature {
  points: Float64Array
  weights: Float64Array
}

/**
 * Gauss–Hermite quadrature for the standard normal distribution, points ascending.
 *
 * @param n Number of points, 1 to 100.
 * @throws StatsError `range` for another number.
 *
 * Source: Golub & Welsch (1969), Mathematics of Computation 23(106), doi:10.1090/S0025-5718-69-99647-1, for the recurrence; zeros by
 *   bisection between the zeros of the polynomial before, which interlace. O(n³).
 */
export function gaussHermite(n: number): Quadrature {
  checkInteger('n', n, 1, 100)
  let zeros: number[] = []
  for (let degree = 1; degree <= n; degree += 1) {
    const reach = 2 * Math.sqrt(degree) + 1
    const bounds = [-reach, ...zeros, reach]
    zeros = bounds.slice(0, -1).map((low, k) => zeroBetween(degree, low, bounds[k + 1]!))
  }
  const weights = Float64Array.from(zeros, (x) => {
    let sum = 0
    for (let degree = 0; degree < n; degree += 1) sum += hermite(degree, x) ** 2
    return 1 / sum
  })
  return { points: Float64Array.from(zeros), weights }
}

/** The orthonormal polynomial of the standard normal density. */
function hermite(degree: number, x: number): number {
  let [before, value] = [0, 1]
  for (let k = 1; k <= degree; k += 1) [before, value] = [value, (x * value - Math.sqrt(k - 1) * before) / Math.sqrt(k)]
  return value
}

function zeroBetween(degree: number, from: number, to: number): number {
  let [low, high] = [from, to]
  const sign = Math.sign(hermite(degree, low))
  for (;;) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) return middle
    if (Math.sign(hermite(degree, middle)) === sign) low = middle
    else high = middle
  }
}
