import {
  clusteredProportion,
  clusteredProportionDifference,
  type ClusterSums,
  type DifferenceDetails,
  type Estimate,
  type Known,
} from '@plaudit/stats'

/** A share with how many pairs and prompts it rests on; null where there are none. */
export interface Share {
  pairs: number
  prompts: number
  accuracy: number | null
  low?: number
  high?: number
}

const confidence = 0.95

/** Adds values in 0..1 up by group, each with its weight, in the order in which groups first appear. Rows are all where none are named. */
function sumShares(
  values: ArrayLike<number>,
  weights: ArrayLike<number>,
  groups: ArrayLike<number>,
  rows?: readonly number[],
): ClusterSums {
  const count = rows?.length ?? values.length
  const placeOf = new Map<number, number>()
  const sums = new Float64Array(count)
  const sizes = new Float64Array(count)
  for (let k = 0; k < count; k += 1) {
    const row = rows?.[k] ?? k
    let place = placeOf.get(groups[row]!)
    if (place === undefined) {
      place = placeOf.size
      placeOf.set(groups[row]!, place)
    }
    sums[place]! += weights[row]! * values[row]!
    sizes[place]! += weights[row]!
  }
  // A sum can exceed its size by a rounding error only.
  for (let g = 0; g < placeOf.size; g += 1) sums[g] = Math.min(sums[g]!, sizes[g]!)
  return { sums: sums.subarray(0, placeOf.size), sizes: sizes.subarray(0, placeOf.size) }
}

/** The weighted mean of hits (0, ½, 1) over some pairs; the interval keeps pairs of one prompt together. */
export function clusteredShare(
  hits: ArrayLike<number>,
  weights: ArrayLike<number>,
  groups: ArrayLike<number>,
  rows: readonly number[],
): Share {
  const sums = sumShares(hits, weights, groups, rows)
  const { estimate, ...rest } = clusteredProportion(sums, { confidence })
  const share: Share = { pairs: rows.length, prompts: sums.sizes.length, accuracy: estimate }
  return 'low' in rest && rest.low !== undefined && rest.high !== undefined ? { ...share, low: rest.low, high: rest.high } : share
}

/** The same with its method, for the headline figures; there must be a pair. */
export function knownShare(hits: ArrayLike<number>, weights: ArrayLike<number>, groups: ArrayLike<number>): Known {
  return intervalOf(clusteredProportion(sumShares(hits, weights, groups), { confidence }))
}

/** Difference of two shares on the same pairs, prompts kept together. */
export function knownDifference(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  weights: ArrayLike<number>,
  groups: ArrayLike<number>,
): Known<DifferenceDetails> {
  const side = (hits: ArrayLike<number>) => sumShares(hits, weights, groups)
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
