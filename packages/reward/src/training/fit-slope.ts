import { logisticLoss, sigmoid } from '../objective/logistic.ts'

/**
 * The slope t that minimises Σ wᵢ·log(1 + exp(−t·xᵢ − oᵢ)), with a slight pull to zero so that it exists for separable values too.
 * The temperature that makes margins into probabilities, and the whole length-only model.
 */
export function fitSlope(values: ArrayLike<number>, weights?: ArrayLike<number>, offset?: ArrayLike<number>): number {
  const ridge = 1e-4 * values.length
  const objective = (t: number) => {
    let sum = (ridge / 2) * t * t
    for (let i = 0; i < values.length; i += 1) sum += (weights?.[i] ?? 1) * logisticLoss(t * values[i]! + (offset?.[i] ?? 0))
    return sum
  }
  let t = 0
  let current = objective(t)
  for (let iteration = 0; iteration < 100; iteration += 1) {
    let gradient = ridge * t
    let curvature = ridge
    for (let i = 0; i < values.length; i += 1) {
      const x = values[i]!
      const miss = sigmoid(-t * x - (offset?.[i] ?? 0))
      const c = weights?.[i] ?? 1
      gradient -= c * miss * x
      curvature += c * miss * (1 - miss) * x * x
    }
    if (curvature === 0) return 0
    let step = gradient / curvature
    while (objective(t - step) > current && Math.abs(step) > 1e-12) step /= 2
    t -= step
    current = objective(t)
    if (Math.abs(step) < 1e-10 * (1 + Math.abs(t))) break
  }
  return t
}
