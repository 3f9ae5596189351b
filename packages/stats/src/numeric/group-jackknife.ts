import { checkFraction } from '../check.ts'
import type { Interval } from '../result.ts'
import { studentQuantile } from './quantile.ts'
import { seededRandom } from './random.ts'

const GROUPS = 100

/**
 * An interval from leaving out one of 100 random groups of clusters at a time: where there are so many different clusters that the statistic is as
 * good as normal, it says what a thousand resamples would, for a tenth of the work.
 *
 * @param weights How many clusters look like each. @param statistic As for `clusterBootstrap`. @param over What the clusters are.
 * @returns The interval around the statistic of all clusters, with t on 99 degrees; null where it does not exist for all or without some group.
 *
 * Source: Rao & Shao (1992), Biometrika 79(4), doi:10.1093/biomet/79.4.811; Kott (2001), The delete-a-group jackknife, J. Official Statistics
 *   17(4). O(100 · clusters).
 */
export function groupJackknife(
  weights: Float64Array,
  statistic: (draws: Float64Array) => number | null,
  { over, seed, confidence }: { over: string; seed: number; confidence: number },
): Interval | null {
  checkFraction('confidence', confidence)
  const estimate = statistic(weights)
  if (estimate === null || !Number.isFinite(estimate)) return null
  const random = seededRandom(seed, 1)
  const groupOf = new Uint8Array(weights.reduce((sum, weight) => sum + weight, 0)).map(() => random.int(GROUPS))
  const values = new Float64Array(GROUPS)
  const kept = new Float64Array(weights.length)
  for (let g = 0; g < GROUPS; g += 1) {
    for (let i = 0, copy = 0; i < weights.length; i += 1) {
      let left = 0
      for (let k = 0; k < weights[i]!; k += 1, copy += 1) if (groupOf[copy] !== g) left += 1
      kept[i] = left
    }
    const value = statistic(kept)
    if (value === null || !Number.isFinite(value)) return null
    values[g] = value
  }
  const mean = values.reduce((sum, value) => sum + value / GROUPS, 0)
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) * ((GROUPS - 1) / GROUPS)
  const half = studentQuantile((1 + confidence) / 2, GROUPS - 1) * Math.sqrt(variance)
  return { low: estimate - half, high: estimate + half, confidence, method: `jackknife over ${over} (${GROUPS} random groups, t)` }
}
