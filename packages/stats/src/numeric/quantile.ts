import { betaTails, fisherTails, studentTails } from './beta.ts'
import { chiSquareTails } from './gamma.ts'
import { normalQuantile } from './normal.ts'

interface Tails {
  lower: number
  upper: number
}

/**
 * The x at which a continuous distribution reaches lower tail `p`: bisection on the smaller of the two tails, so that quantiles
 * near 1 keep their digits. `high` is doubled until it brackets the quantile.
 */
function invert(tails: (x: number) => Tails, p: number, low: number, high: number): number {
  const above = (x: number) => (p < 0.5 ? tails(x).lower >= p : tails(x).upper <= 1 - p)
  let left = low
  let right = high
  while (!above(right) && right < 1e300) {
    left = right
    right *= 2
  }
  for (let step = 0; step < 1100; step += 1) {
    const middle = left + (right - left) / 2
    if (middle <= left || middle >= right) break
    if (above(middle)) right = middle
    else left = middle
  }
  return right
}

/** The quantile of the chi-square distribution. */
export function chiSquareQuantile(p: number, degrees: number): number {
  if (p === 0) return 0
  return p === 1 ? Infinity : invert((x) => chiSquareTails(x, degrees), p, 0, degrees + 1)
}

/** The quantile of Student's t. */
export function studentQuantile(p: number, degrees: number): number {
  if (p === 0.5) return 0
  if (p < 0.5) return p === 0 ? -Infinity : -invertUpper(p, degrees)
  return p === 1 ? Infinity : invertUpper(1 - p, degrees)
}

function invertUpper(tail: number, degrees: number): number {
  const z = -normalQuantile(tail)
  let left = 0
  let right = Math.max(1, z)
  while (studentTails(right, degrees).upper > tail && right < 1e300) right *= 2
  for (let step = 0; step < 1100; step += 1) {
    const middle = left + (right - left) / 2
    if (middle <= left || middle >= right) break
    if (studentTails(middle, degrees).upper > tail) left = middle
    else right = middle
  }
  return right
}

/** The quantile of the beta distribution, in 0..1. */
export function betaQuantile(p: number, a: number, b: number): number {
  if (p === 0 || p === 1) return p
  return invert((x) => betaTails(x, a, b), p, 0, 1)
}

/** The quantile of Fisher's F. */
export function fisherQuantile(p: number, between: number, within: number): number {
  if (p === 0) return 0
  return p === 1 ? Infinity : invert((f) => fisherTails(f, between, within), p, 0, 2)
}
