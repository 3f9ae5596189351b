/** Why a statistic does not exist for the ratings given. The sentence is what the interface shows. */
export const REASONS = {
  'no-ratings': 'There are no ratings.',
  'no-pairs': 'No item has two ratings.',
  'no-variation': 'Only one value is used: there is too little variation to tell agreement from chance.',
  'one-rater': 'There is only one rater.',
  'one-item': 'There is only one item.',
  'unequal-ratings': 'The items do not all have the same number of ratings.',
  incomplete: 'Some item lacks a rating by some rater.',
  'no-variance': 'All values are equal, so that there is no variance to divide.',
  'no-item-variance': 'The items do not differ on average, so that there is nothing to tell apart reliably.',
  'negative-variance': 'The estimated variances do not add up to a positive total: there are too few items and raters.',
  'not-numeric': 'The values are words without a declared order.',
  'too-many-values': 'There are too many different values to compare each with each.',
  'no-weight': 'The weights add up to zero.',
  'too-few': 'There are too few observations.',
  'no-progress': 'Nothing was done in the time looked at.',
  'empty-stratum': 'A stratum of the target has no observation.',
  disconnected: 'The judgments fall into groups that nothing connects, so that one group cannot be compared with another.',
  undefeated: 'Some item never loses or never wins, so that its strength is unbounded.',
  separated: 'Ties, position or a control tell outcomes apart so completely that their effect is unbounded.',
  'not-converged': 'The fit did not converge.',
  singular: 'The observations do not determine every parameter.',
} as const

export type Reason = keyof typeof REASONS

/** A range of plausible values, and how it was made. */
export interface Interval {
  low: number
  high: number
  /** The interval's coverage, in 0..1. */
  confidence: number
  /** For example `bootstrap over items (1000 resamples, BCa)`. */
  method: string
}

/** A statistic that exists: a finite number, with its interval where one can be made, and with details of its own. */
export type Known<Details extends object = object> = { estimate: number } & Partial<Interval> & Details

/** A statistic that does not exist for these (valid) ratings. Details that do exist stay. */
export type Undefined<Details extends object = object> = { estimate: null; reason: Reason } & Partial<Details>

/** The result of every statistic. Never NaN, never Infinity. Tell the two apart by `estimate === null`. */
export type Estimate<Details extends object = object> = Known<Details> | Undefined<Details>
