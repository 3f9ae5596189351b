import { checkFraction } from '../check.ts'
import { StatsError } from '../error.ts'

/** Two shares of right answers that a monitor tells apart. */
export interface AccuracyLevels {
  /** Share of right answers of somebody whose work is good, in (0, 1). */
  good: number
  /** Share of right answers of somebody whose work is poor, below `good`. */
  poor: number
}

/** What one answer adds to the log-likelihood ratio of poor to good: above 0 for a wrong one, below 0 for a right one. */
export function answerRatio({ good, poor }: AccuracyLevels): { right: number; wrong: number } {
  checkFraction('good', good)
  checkFraction('poor', poor)
  if (poor >= good) throw new StatsError({ code: 'range', argument: 'poor', expected: `a number below ${good}`, received: poor })
  return { right: Math.log(poor / good), wrong: Math.log((1 - poor) / (1 - good)) }
}
