import { StatsError } from '../error.ts'
import type { Ratings } from './ratings.ts'

/** Refuses values whose order is not known: alphabetical order means nothing. */
export function checkOrdered(ratings: Ratings): void {
  if (ratings.order === 'none' && ratings.valueNames.length > 0)
    throw new StatsError({
      code: 'unsupported',
      argument: 'ratings',
      expected: 'values with an order: numbers, or a declared order',
      received: ratings.valueNames[0],
    })
}
