import { clusteredProportion, clusteredProportionDifference, type DifferenceDetails, type Estimate, type Known } from '@plaudit/stats'

/** A share with how many pairs and prompts it rests on; null where there are none. */
export interface Share {
  pairs: number
  prompts: number
  accuracy: number | null
  low?: number
  high?: number
}

const confidence = 0.95

/** Adds values in 0..1 up by group, each with its weight. */
export function sumShares(values: ArrayLike<number>, weights: ArrayLike<number>, groups: ArrayLike<number>, rows: Iterable<number>) {
  const sums = new Map<number, [sum: number, size: number]>()
  for (const row of rows) {
    const group = groups[row]!
    const sum = sums.get(group) ?? [0, 0]
    sum[0] += weights[row]! * values[row]!
    sum[1] += weights[row]!
    sums.set(group, sum)
  }
  return sums
}

/** Weighted shares of groups as stats wants them. A sum can exceed its size by a rounding error only. */
function clusters(sums: Iterable<readonly [number, number]>) {
  const list = [...sums]
  return { sums: list.map(([sum, size]) => Math.min(sum, size)), sizes: list.map(([, size]) => size) }
}

/** The weighted mean of hits (0, ½, 1) over some pairs; the interval keeps pairs of one prompt together. */
export function clusteredShare(
  hits: ArrayLike<number>,
  weights: ArrayLike<number>,
  groups: ArrayLike<number>,
  rows: readonly number[],
): Share {
  const sums = sumShares(hits, weights, groups, rows)
  const { estimate, ...rest } = clusteredProportion(clusters(sums.values()), { confidence })
  const share: Share = { pairs: rows.length, prompts: sums.size, accuracy: estimate }
  return 'low' in rest && rest.low !== undefined && rest.high !== undefined ? { ...share, low: rest.low, high: rest.high } : share
}

/** The same with its method, for the headline figures; there must be a pair. */
export function knownShare(hits: ArrayLike<number>, weights: ArrayLike<number>, groups: ArrayLike<number>): Known {
  return intervalOf(
    clusteredProportion(
      clusters(
        sumShares(
          hits,
          weights,
          groups,
          Array.from(hits, (_, row) => row),
        ).values(),
      ),
      { confidence },
    ),
  )
}

/** Difference of two shares on the same pairs, prompts kept together. */
export function knownDifference(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  weights: ArrayLike<number>,
  groups: ArrayLike<number>,
): Known<DifferenceDetails> {
  const rows = Array.from(first, (_, row) => row)
  const side = (hits: ArrayLike<number>) => clusters(sumShares(hits, weights, groups, rows).values())
  const difference = clusteredProportionDifference(side(first), side(second), { confidence, shared: true })
  if (difference.estimate === null) throw new RangeError('a difference of shares needs a pair')
  return difference
}

function intervalOf(estimate: Estimate): Known {
  if (estimate.estimate === null) throw new RangeError('a share needs a pair')
  const { estimate: value, low, high, confidence: level, method } = estimate
  return low === undefined || high === undefined || level === undefined || method === undefined
    ? { estimate: value }
    : { estimate: value, low, high, confidence: level, method }
}
