import { checkInteger } from '../check.ts'

/**
 * How much two categories agree, 1 on the diagonal. `identity`: equal or not. `linear` and `quadratic` (Cohen 1968): by their
 * distance in the declared order. `ordinal` (Gwet 2014, ch. 3): by the number of categories between them; this is not
 * Krippendorff's ordinal metric, which depends on how often the categories are used.
 */
export type WeightName = 'identity' | 'linear' | 'quadratic' | 'ordinal'

/** Beyond so many categories, tables of each by each no longer fit: such values are measurements. */
export const MOST_CATEGORIES = 2000

/** The K × K weights for K ordered categories, row by row. */
export function agreementWeights(name: WeightName, categories: number): Float64Array {
  checkInteger('categories', categories, 1)
  const span = Math.max(1, categories - 1)
  const pairs = (length: number) => (length * (length - 1)) / 2
  const weight: Record<WeightName, (distance: number) => number> = {
    identity: (distance) => (distance === 0 ? 1 : 0),
    linear: (distance) => 1 - distance / span,
    quadratic: (distance) => 1 - (distance / span) ** 2,
    ordinal: (distance) => 1 - pairs(distance + 1) / pairs(span + 1),
  }
  return Float64Array.from({ length: categories * categories }, (_, cell) =>
    weight[name](Math.abs(Math.floor(cell / categories) - (cell % categories))),
  )
}
