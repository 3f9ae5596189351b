import { checkFraction } from '../check.ts'
import { normalQuantile } from '../numeric/normal.ts'
import type { Interval } from '../result.ts'

/**
 * An interval for agreement where no item shows a disagreement, which resampling could not see. If a share u of all items were rated at
 * random and the others alike, agreement beyond chance would be 1 − u: Wilson's interval for 0 of n items bounds u. `at` 0 is the reverse,
 * where no item shows any agreement.
 *
 * Source: Wilson (1927), doi:10.1080/01621459.1927.10502953, at 0 of n.
 */
export function unanimousInterval(items: number, confidence = 0.95, at: 0 | 1 = 1): Interval {
  checkFraction('confidence', confidence)
  const square = normalQuantile((1 + confidence) / 2) ** 2
  const share = square / (items + square)
  const limits = at === 1 ? { low: 1 - share, high: 1 } : { low: 0, high: share }
  return { ...limits, confidence, method: `no ${at === 1 ? 'disagreement' : 'agreement'} on ${Number(items.toFixed(1))} items, Wilson` }
}
