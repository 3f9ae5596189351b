import { checkFraction, checkNumbers } from '../check.ts'

export interface FalseDiscoveries {
  /** For each p value, the smallest rate at which it would still count as a discovery, in 0..1. */
  adjusted: number[]
  /** Which are discoveries at the rate asked for. */
  discoveries: boolean[]
}

/**
 * Benjamini–Hochberg: which of many comparisons to believe, so that at most a share `rate` of those is false on average.
 *
 * Misleads when tests are strongly negatively dependent; `dependence: 'arbitrary'` is safe for any. Slices that overlap are
 * positively dependent, which is fine.
 *
 * @param pValues m p values in 0..1, one per slice.
 * @param options.rate False discovery rate, in (0, 1); 0.05 by default. @param options.dependence `positive` (or none) by default.
 * @returns Adjusted values and discoveries, in the order given. Empty for no p values.
 * @throws StatsError `range` for p values outside 0..1 or a rate outside (0, 1).
 *
 * Source: Benjamini & Hochberg (1995), J. Royal Statistical Society B 57(1), doi:10.1111/j.2517-6161.1995.tb02031.x; Benjamini & Yekutieli
 *   (2001), doi:10.1214/aos/1013699998, for arbitrary dependence. Checked against the 15 values of the paper's §3.2. O(m log m).
 *
 * @example
 * benjaminiHochberg([0.01, 0.04, 0.5]).discoveries // => [true, false, false]
 */
export function benjaminiHochberg(
  pValues: readonly number[],
  options: { rate?: number; dependence?: 'positive' | 'arbitrary' } = {},
): FalseDiscoveries {
  const { rate = 0.05, dependence = 'positive' } = options
  checkNumbers('pValues', pValues, 0, 1)
  checkFraction('rate', rate)
  const m = pValues.length
  const order = Array.from(pValues.keys()).sort((a, b) => pValues[a]! - pValues[b]!)
  const scale = dependence === 'arbitrary' ? order.reduce((sum, _, i) => sum + 1 / (i + 1), 0) : 1
  const adjusted = Array.from(pValues, () => 1)
  let least = 1
  for (let rank = m; rank >= 1; rank -= 1) {
    const i = order[rank - 1]!
    least = Math.min(least, (pValues[i]! * m * scale) / rank)
    adjusted[i] = least
  }
  return { adjusted, discoveries: adjusted.map((value) => value <= rate) }
}
