const A = [3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694, 0.18577770618460315]
const B = [23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171]
const C = [
  0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001, 881.952221241769, 1712.0476126340707, 2051.0783778260716,
  1230.3393547979972, 2.1531153547440383e-8,
]
const D = [
  15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597, 4362.619090143247, 3439.3676741437216,
  1230.3393548037495,
]
const P = [0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275, 0.0006587491615298378, 0.016315387137302097]
const Q = [2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918]

/**
 * The complementary error function 2/√π ∫ₓ^∞ exp(−t²) dt, to about 1e-15 relative, also far in the tail.
 *
 * Source: Cody (1969), Mathematics of Computation 23(107), 631–637, doi:10.1090/S0025-5718-1969-0247736-4.
 */
export function erfc(x: number): number {
  const y = Math.abs(x)
  if (y <= 0.46875) {
    const z = y * y
    let numerator = A[4]! * z
    let denominator = z
    for (let i = 0; i < 3; i += 1) {
      numerator = (numerator + A[i]!) * z
      denominator = (denominator + B[i]!) * z
    }
    return 1 - (x * (numerator + A[3]!)) / (denominator + B[3]!)
  }
  const tail = expMinusSquare(y) * (y <= 4 ? middle(y) : far(y))
  return x < 0 ? 2 - tail : tail
}

function middle(y: number): number {
  let numerator = C[8]! * y
  let denominator = y
  for (let i = 0; i < 7; i += 1) {
    numerator = (numerator + C[i]!) * y
    denominator = (denominator + D[i]!) * y
  }
  return (numerator + C[7]!) / (denominator + D[7]!)
}

function far(y: number): number {
  const z = 1 / (y * y)
  let numerator = P[5]! * z
  let denominator = z
  for (let i = 0; i < 4; i += 1) {
    numerator = (numerator + P[i]!) * z
    denominator = (denominator + Q[i]!) * z
  }
  const correction = (z * (numerator + P[4]!)) / (denominator + Q[4]!)
  return (0.5641895835477563 - correction) / y
}

/** exp(−y²) without the rounding of y²: the square is split at a multiple of 1/16. */
function expMinusSquare(y: number): number {
  const coarse = Math.trunc(y * 16) / 16
  return Math.exp(-coarse * coarse) * Math.exp(-(y - coarse) * (y + coarse))
}

/** Φ(z): the probability that a standard normal is at most `z`. For the upper tail ask for `normalCdf(-z)`, which keeps its digits. */
export function normalCdf(z: number): number {
  return 0.5 * erfc(-z * Math.SQRT1_2)
}

/** The density of the standard normal at `z`. */
export function normalPdf(z: number): number {
  return 0.3989422804014327 * Math.exp(-0.5 * z * z)
}

/**
 * The quantile of the standard normal: the z with Φ(z) = `p`. ∓Infinity at p = 0 and 1.
 *
 * Source: Acklam's rational start (2003), then two steps of Halley's method with `normalCdf`.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN
  if (p > 0.5) return -normalQuantile(1 - p)
  let z = start(p)
  for (let step = 0; step < 2; step += 1) {
    const density = normalPdf(z)
    if (density === 0) break
    const u = (normalCdf(z) - p) / density
    z -= u / (1 + (z * u) / 2)
  }
  return z
}

/** Acklam's approximation for p ≤ 1/2, relative error below 1.2e-9. */
function start(p: number): number {
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p))
    return (
      (((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q + 4.374664141464968) * q +
        2.938163982698783) /
      ((((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1)
    )
  }
  const q = p - 0.5
  const r = q * q
  return (
    ((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r - 30.66479806614716) * r +
      2.506628277459239) *
      q) /
    (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r - 13.28068155288572) * r + 1)
  )
}
