import { deviance, stirlingError } from './gamma.ts'

/**
 * Both tails of the regularised incomplete beta function: `lower` Iₓ(a, b) and `upper` 1 − Iₓ(a, b), each without cancellation.
 *
 * @param complement 1 − x, where the caller knows it more exactly than the subtraction does.
 *
 * Source: DLMF 8.17.22 by Lentz's method; prefactor after Loader (2000). O(√max(a, b)) steps.
 */
export function betaTails(x: number, a: number, b: number, complement = 1 - x): { lower: number; upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 }
  if (complement <= 0) return { lower: 1, upper: 0 }
  if (x > (a + 1) / (a + b + 2)) {
    const { lower, upper } = betaTails(complement, b, a, x)
    return { lower: upper, upper: lower }
  }
  const lower = Math.min(1, (powers(x, complement, a, b) / a) * continuedFraction(x, a, b))
  return { lower, upper: 1 - lower }
}

/** xᵃ (1 − x)ᵇ / B(a, b). */
function powers(x: number, y: number, a: number, b: number): number {
  const n = a + b
  const correction = stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y)
  return Math.exp(correction) * Math.sqrt((a * b) / (2 * Math.PI * n))
}

function continuedFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  let c = 1
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || tiny)
  let fraction = d
  for (let m = 1; m < 100_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / (1 + even * d || tiny)
    c = 1 + even / c || tiny
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / (1 + odd * d || tiny)
    c = 1 + odd / c || tiny
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  return fraction
}

/** Both tails of Student's t with `degrees` > 0 degrees of freedom: P(T ≤ t) and P(T > t). `degrees` may be fractional. */
export function studentTails(t: number, degrees: number): { lower: number; upper: number } {
  const square = t * t
  const x = degrees / (degrees + square)
  const far = betaTails(x, degrees / 2, 0.5, square / (degrees + square)).lower / 2
  return t > 0 ? { lower: 1 - far, upper: far } : { lower: far, upper: 1 - far }
}

/** Both tails of Fisher's F with `between` and `within` degrees of freedom: P(F ≤ f) and P(F > f). */
export function fisherTails(f: number, between: number, within: number): { lower: number; upper: number } {
  if (f <= 0) return { lower: 0, upper: 1 }
  const total = between * f + within
  return betaTails((between * f) / total, between / 2, within / 2, within / total)
}
