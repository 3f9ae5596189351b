import { groupBy, type Ratings } from '../agreement/ratings.ts'
import { checkFraction } from '../check.ts'
import { StatsError } from '../error.ts'
import { clusteredMean, type ClusteredDetails } from '../inference/clustered-mean.ts'
import { studentTails } from '../numeric/beta.ts'
import type { Estimate, Known } from '../result.ts'

export interface RaterLeniency {
  rater: string
  /** Mean rating minus the mean of the others on the same items, in the values' unit: above 0 is lenient, below 0 is strict. */
  leniency: Estimate<ClusteredDetails & { p: number | null }>
  /** The same, drawn towards 0 as far as chance could explain it: what to act upon. Null where there is no interval. */
  shrunk: number | null
}

/**
 * Leniency and severity: how far each rater lies above or below the others on the very same items.
 *
 * Misleads with few common items, with the same two raters always together (whether one is lenient or the other strict, nobody can tell), and on
 * scales whose steps are not equal: `manyFacetRasch` then.
 *
 * @param ratings R numeric ratings. Items that one rater alone has rated say nothing.
 * @param options.confidence 0.95 by default.
 * @returns One entry per rater with ratings, in the order of `raterNames`, with a t interval over items (jackknife) and its p of no difference.
 *   `shrunk` by empirical Bayes over raters. Reason `no-pairs` for a rater without a common item.
 * @throws StatsError `unsupported` for values that are not numbers; `range` for a confidence outside (0, 1).
 *
 * Source: Saal, Downey & Lahey (1980), Psychological Bulletin 88(2), doi:10.1037/0033-2909.88.2.413; shrinkage as DerSimonian & Laird (1986),
 *   Controlled Clinical Trials 7(3), doi:10.1016/0197-2456(86)90046-2. O(R).
 *
 * @example
 * raterLeniency(ratingsFromTable([[1, 2], [2, 3], [1, 2]])).map(({ leniency }) => leniency.estimate) // => [-1, 1]
 */
export function raterLeniency(ratings: Ratings, options: { confidence?: number } = {}): RaterLeniency[] {
  return deviationsFromOthers(ratings, options).map(({ rater, deviation, shrunk }) => ({ rater, leniency: deviation, shrunk }))
}

/** For each rater the mean difference from the others on the same items, with interval, p, and the same drawn towards 0. */
export function deviationsFromOthers(
  ratings: Ratings,
  { confidence = 0.95 }: { confidence?: number },
): { rater: string; deviation: RaterLeniency['leniency']; shrunk: number | null }[] {
  checkFraction('confidence', confidence)
  const compared = compareWithOthers(ratings)
  const raw = compared.map(({ differences }): RaterLeniency['leniency'] => {
    if (differences.length === 0) return { estimate: null, reason: 'no-pairs' }
    const result = clusteredMean({ sums: differences, sizes: differences.map(() => 1) }, { confidence }) as Known<ClusteredDetails>
    const { estimate, se, clusters } = result
    const p =
      se === null ? null : se > 0 ? Math.min(1, 2 * studentTails(Math.abs(estimate) / se, clusters - 1).upper) : estimate === 0 ? 1 : 0
    return { ...result, p }
  })
  const between = varianceBetween(raw)
  return compared.map(({ rater }, r) => {
    const deviation = raw[r]!
    if (deviation.estimate === null || deviation.se === null) return { rater, deviation, shrunk: null }
    return { rater, deviation, shrunk: between > 0 ? (deviation.estimate * between) / (between + deviation.se ** 2) : 0 }
  })
}

/** For each rater with ratings: on each item that others rated too, the mean of the own ratings minus the mean of all those of others. */
function compareWithOthers(ratings: Ratings): { rater: string; differences: number[] }[] {
  const { items, raters, values, numbers, itemNames, raterNames } = ratings
  if (numbers === null)
    throw new StatsError({ code: 'unsupported', argument: 'ratings', expected: 'numeric values', received: ratings.valueNames[0] })
  const found = raterNames.map((rater): { rater: string; differences: number[] } => ({ rater, differences: [] }))
  const hasRatings = new Uint8Array(raterNames.length)
  const { start, positions } = groupBy(items, itemNames.length)
  const sums = new Float64Array(raterNames.length)
  const sizes = new Float64Array(raterNames.length)
  for (let i = 0; i < itemNames.length; i += 1) {
    let [total, count] = [0, 0]
    const present: number[] = []
    for (let at = start[i]!; at < start[i + 1]!; at += 1) {
      const j = positions[at]!
      const r = raters[j]!
      if (sizes[r] === 0) present.push(r)
      sums[r]! += numbers[values[j]!]!
      sizes[r]! += 1
      total += numbers[values[j]!]!
      count += 1
      hasRatings[r] = 1
    }
    for (const r of present) {
      if (sizes[r]! < count) {
        found[r]!.differences.push(sums[r]! / sizes[r]! - (total - sums[r]!) / (count - sizes[r]!))
      }
    }
    for (const r of present) {
      sums[r] = 0
      sizes[r] = 0
    }
  }
  return found.filter((_, r) => hasRatings[r] === 1)
}

/** Between raters, around 0, of those whose standard error is known. */
function varianceBetween(raw: readonly RaterLeniency['leniency'][]): number {
  let [q, total, count] = [0, 0, 0]
  for (const one of raw) {
    if (one.estimate === null || one.se === null || one.se === 0) continue
    const weight = 1 / one.se ** 2
    q += weight * one.estimate ** 2
    total += weight
    count += 1
  }
  return total > 0 ? Math.max(0, (q - count) / total) : 0
}
