const HALF_LOG_2PI = 0.9189385332046728

/** ln Γ(x) for x > 0, by Stirling's series after shifting x above 10. */
export function logGamma(x: number): number {
  if (!(x > 0)) return x === 0 ? Infinity : NaN
  let shift = 0
  let y = x
  if (y < 10) {
    let product = 1
    while (y < 10) {
      product *= y
      y += 1
    }
    shift = Math.log(product)
  }
  return (y - 0.5) * Math.log(y) - y + HALF_LOG_2PI + stirlingTail(y) - shift
}

/** The error of Stirling's formula, ln Γ(y) − [(y − ½) ln y − y + ½ ln 2π], for y ≥ 10. */
function stirlingTail(y: number): number {
  const z = 1 / (y * y)
  return (
    (1 / 12 +
      z * (-1 / 360 + z * (1 / 1260 + z * (-1 / 1680 + z * (1 / 1188 + z * (-691 / 360360 + z * (1 / 156 - (z * 3617) / 122400))))))) /
    y
  )
}

/** ln n! − ½ ln(2πn) − n ln n + n for real n > 0. */
export function stirlingError(n: number): number {
  return n >= 10 ? stirlingTail(n) : logGamma(n + 1) - (n + 0.5) * Math.log(n) + n - HALF_LOG_2PI
}

/**
 * Loader's deviance x ln(x/m) + m − x, without cancellation when x is near m.
 *
 * Source: Loader (2000), Fast and accurate computation of binomial probabilities.
 */
export function deviance(x: number, m: number): number {
  if (Math.abs(x - m) < 0.1 * (x + m)) {
    const v = (x - m) / (x + m)
    let sum = (x - m) * v
    let term = 2 * x * v
    for (let j = 1; j < 1000; j += 1) {
      term *= v * v
      const next = sum + term / (2 * j + 1)
      if (next === sum) return sum
      sum = next
    }
  }
  return x * Math.log(x / m) + m - x
}

/** exp(−x) xᵃ / Γ(a + 1), in saddle-point form, so that large a keeps its digits. */
function prefactor(a: number, x: number): number {
  if (a < 1e-8) return Math.exp(-x + a * Math.log(x) - logGamma(a + 1))
  return Math.exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a)
}

/**
 * Both tails of the regularised incomplete gamma function: `lower` P(a, x) and `upper` Q(a, x) = 1 − P(a, x), each without cancellation.
 *
 * Series below a + 1, Lentz's continued fraction above. O(√a) steps.
 * Source: DLMF 8.11.4 and 8.9.2; prefactor after Loader (2000).
 */
export function gammaTails(a: number, x: number): { lower: number; upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 }
  if (x === Infinity) return { lower: 1, upper: 0 }
  if (x < a + 1) {
    let term = 1
    let sum = 1
    for (let n = a + 1; term > sum * 1e-17; n += 1) {
      term *= x / n
      sum += term
    }
    const lower = Math.min(1, sum * prefactor(a, x))
    return { lower, upper: 1 - lower }
  }
  const tiny = 1e-300
  let b = x + 1 - a
  let c = 1 / tiny
  let d = 1 / b
  let fraction = d
  for (let i = 1; i < 100_000; i += 1) {
    const numerator = -i * (i - a)
    b += 2
    d = 1 / (numerator * d + b || tiny)
    c = b + numerator / c || tiny
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  const upper = Math.min(1, prefactor(a, x) * a * fraction)
  return { lower: 1 - upper, upper }
}

/**
 * Both tails of the chi-square distribution with `degrees` > 0 degrees of freedom: P(X ≤ x) and P(X > x).
 */
export function chiSquareTails(x: number, degrees: number): { lower: number; upper: number } {
  return gammaTails(degrees / 2, x / 2)
}
