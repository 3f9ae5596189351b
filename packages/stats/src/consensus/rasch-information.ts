import { categoryChances, type Scale } from './rasch-scale.ts'
import type { Expectation } from './rasch-step.ts'

/**
 * The negative second derivatives of the marginal log-likelihood of a many-facet Rasch model: what complete knowledge of the items would tell,
 * minus what is not known of them.
 *
 * Source: Louis (1982), equation 3.2. O(Σ (n + K)² · points) for items with n ratings.
 */
export function observedInformation(
  scale: Scale,
  points: Float64Array,
  parameters: Float64Array,
  { posteriors }: Expectation,
): Float64Array {
  const { start, rater, value, raters, categories } = scale
  const Q = points.length
  const size = parameters.length
  const information = new Float64Array(size * size)
  const [chances, tails] = [new Float64Array(categories), new Float64Array(categories)]
  const spread = parameters[size - 1]!
  // The score of one item at each point, and its mean, on the parameters that the item touches.
  for (let i = 0; i + 1 < start.length; i += 1) {
    const own = [...new Set(rater.subarray(start[i]!, start[i + 1]!))]
    if (own.length === 0) continue
    const touched = [...own, ...Array.from({ length: categories }, (_, m) => raters + m)]
    const width = touched.length
    const place = new Map(own.map((r, a) => [r, a]))
    const mean = new Float64Array(width)
    const products = new Float64Array(width * width)
    const score = new Float64Array(width)
    const last = width - 1
    for (let q = 0; q < Q; q += 1) {
      const w = posteriors[i * Q + q]!
      if (w < 1e-14) continue
      const z = points[q]!
      score.fill(0)
      for (let j = start[i]!; j < start[i + 1]!; j += 1) {
        const r = place.get(rater[j]!)!
        categoryChances(spread * z - parameters[rater[j]!]!, parameters, scale, chances, tails)
        let [expected, square] = [0, 0]
        for (let m = 1; m < categories; m += 1) {
          expected += tails[m]!
          square += (2 * m - 1) * tails[m]!
        }
        const variance = square - expected * expected
        score[r]! -= value[j]! - expected
        score[last]! += z * (value[j]! - expected)
        add(products, width, r, r, w * variance)
        add(products, width, last, last, w * z * z * variance)
        add(products, width, r, last, -w * z * variance)
        let above = 0
        for (let m = categories - 1; m >= 1; m -= 1) {
          const t = own.length + m - 1
          score[t]! -= (value[j]! >= m ? 1 : 0) - tails[m]!
          above += m * chances[m]!
          const covariance = above - expected * tails[m]!
          add(products, width, r, t, w * covariance)
          add(products, width, t, last, -w * z * covariance)
          for (let l = 1; l <= m; l += 1) add(products, width, own.length + l - 1, t, w * tails[m]! * (1 - tails[l]!))
        }
      }
      for (let a = 0; a < width; a += 1) {
        mean[a]! += w * score[a]!
        for (let b = 0; b < width; b += 1) products[a * width + b]! -= w * score[a]! * score[b]!
      }
    }
    for (let a = 0; a < width; a += 1) {
      for (let b = 0; b < width; b += 1) information[touched[a]! * size + touched[b]!]! += products[a * width + b]! + mean[a]! * mean[b]!
    }
  }
  return information
}

function add(matrix: Float64Array, width: number, a: number, b: number, by: number): void {
  matrix[a * width + b]! += by
  if (a !== b) matrix[b * width + a]! += by
}
