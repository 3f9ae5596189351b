import { betaTails, fisherTails, studentTails } from './beta.ts'
import { chiSquareTails, logGamma } from './gamma.ts'
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
  if (degrees >= 1000 && z < 6) return expandStudent(z, degrees)
  let left = 0
  let right = Math.max(1, z)
  while (studentTails(right, degrees).upper > tail && right < 1e300) right *= 2
  // Newton's steps where they stay inside the bracket, halving where they do not.
  const scale = Math.exp(logGamma((degrees + 1) / 2) - logGamma(degrees / 2)) / Math.sqrt(degrees * Math.PI)
  let t = Math.min(right, Math.max(left, z))
  for (let step = 0; step < 1100; step += 1) {
    const excess = studentTails(t, degrees).upper - tail
    if (excess > 0) left = t
    else right = t
    const density = scale * Math.exp(-((degrees + 1) / 2) * Math.log1p((t * t) / degrees))
    const moved = t + excess / density
    const next = moved > left && moved < right ? moved : left + (right - left) / 2
    if (Math.abs(next - t) <= 1e-15 * Math.abs(t) || next <= left || next >= right) return next
    t = next
  }
  return t
}

/**
 * Student's quantile from the normal one, for many degrees of freedom.
 *
 * Source: Abramowitz & Stegun (1972), 26.7.5; the next term is below 1e-13 from 1000 degrees on for z < 6.
 */
function expandStudent(z: number, degrees: number): number {
  const s = z * z
  const terms = [
    (z * (s + 1)) / 4,
    (z * ((5 * s + 16) * s + 3)) / 96,
    (z * (((3 * s + 19) * s + 17) * s - 15)) / 384,
    (z * ((((79 * s + 776) * s + 1482) * s - 1920) * s - 945)) / 92160,
  ]
  return terms.reduceRight((sum, term) => (sum + term) / degrees, 0) + z
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
