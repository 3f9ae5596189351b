import { logisticLoss, sigmoid } from '../objective/logistic.ts'

/**
 * The slopes (s, t) that minimise Σ wᵢ·log(1 + exp(−s·xᵢ − t·zᵢ)), with the slight pull to zero of `fitSlope`. By Newton's method on both at once: one
 * after the other creeps where x and z go together.
 */
export function fitTwoSlopes(x: Float64Array, z: Float64Array, weights: Float64Array): [number, number] {
  const ridge = 1e-4 * x.length
  const objective = (s: number, t: number) => {
    let sum = (ridge / 2) * (s * s + t * t)
    for (let i = 0; i < x.length; i += 1) sum += weights[i]! * logisticLoss(s * x[i]! + t * z[i]!)
    return sum
  }
  let [s, t] = [0, 0]
  let current = objective(s, t)
  for (let iteration = 0; iteration < 100; iteration += 1) {
    let [gs, gt] = [ridge * s, ridge * t]
    let [hss, hst, htt] = [ridge, 0, ridge]
    for (let i = 0; i < x.length; i += 1) {
      const [a, b] = [x[i]!, z[i]!]
      const miss = sigmoid(-s * a - t * b)
      const slope = weights[i]! * miss
      const curvature = slope * (1 - miss)
      gs -= slope * a
      gt -= slope * b
      hss += curvature * a * a
      hst += curvature * a * b
      htt += curvature * b * b
    }
    const determinant = hss * htt - hst * hst
    if (determinant <= 0) break
    const [ds, dt] = [(htt * gs - hst * gt) / determinant, (hss * gt - hst * gs) / determinant]
    let share = 1
    let next = objective(s - ds, t - dt)
    while (next > current && share > 1e-12) next = objective(s - (share /= 2) * ds, t - share * dt)
    if (next > current) break
    s -= share * ds
    t -= share * dt
    current = next
    if (share * Math.hypot(ds, dt) < 1e-8 * (1 + Math.hypot(s, t))) break
  }
  return [s, t]
}
