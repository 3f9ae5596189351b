import type { CriterionType } from '@plaudit/protocol'
import type { Ratings } from '@plaudit/stats'

/** More values than this are measurements, not points of a scale. */
const MOST_POINTS = 11
const byType = { binary: 'nominal', ordinal: 'ordinal', numeric: 'interval' } as const

/**
 * How far apart two values of a kind of judgment are: words differ or not; whole numbers of which there are few are points in an order; other
 * numbers are measurements. Two values are a choice, whatever they are. What the rubric says goes before what the values look like.
 */
export function levelOf(kind: string, { numbers, valueNames }: Ratings, type?: CriterionType): 'nominal' | 'ordinal' | 'interval' {
  if (kind === 'rating' && numbers !== null && type !== undefined && type in byType) return byType[type as keyof typeof byType]
  if (kind !== 'rating' || numbers === null || valueNames.length <= 2) return 'nominal'
  return valueNames.length <= MOST_POINTS && numbers.every((number) => Number.isInteger(number)) ? 'ordinal' : 'interval'
}

/** The ratings with each value turned into another one: the way to ask of a list of labels whether one of them is in it. */
export function recoded(ratings: Ratings, recode: (value: string) => string): Ratings {
  const turned = ratings.valueNames.map(recode)
  const valueNames = [...new Set(turned)].toSorted()
  const codes = turned.map((value) => valueNames.indexOf(value))
  return { ...ratings, values: ratings.values.map((code) => codes[code]!), valueNames, order: 'none', numbers: null }
}

/** The ratings without those of one value. */
function withoutValue(ratings: Ratings, unwanted: string): Ratings {
  const code = ratings.valueNames.indexOf(unwanted)
  if (code < 0) return ratings
  const keep: number[] = []
  ratings.values.forEach((value, j) => value !== code && keep.push(j))
  const pick = (codes: Int32Array) => Int32Array.from(keep, (j) => codes[j]!)
  return { ...ratings, items: pick(ratings.items), raters: pick(ratings.raters), values: pick(ratings.values) }
}

/** The ratings that can be compared: `cannot_judge` is no judgment, and lists of labels are the same in any order. */
export function comparable({ kind, ratings }: { kind: string; ratings: Ratings }): Ratings {
  if (kind === 'comparison') return withoutValue(ratings, 'cannot_judge')
  if (kind !== 'labels') return ratings
  return recoded(ratings, (value) => JSON.stringify((JSON.parse(value) as string[]).toSorted()))
}

/**
 * How far two values (by their codes) agree, 0..1: equal choices wholly, others not at all; numbers by 1 less their distance over the range of the scale.
 * @param scale where the range comes from, if the ratings do not have all of it.
 */
export function agreeing(kind: string, { numbers }: Ratings, scale: readonly Ratings[] = []): (a: number, b: number) => number {
  const ends = [numbers, ...scale.map((one) => one.numbers)].flatMap((own) =>
    own === null || own.length === 0 ? [] : [own[0]!, own.at(-1)!],
  )
  const range = Math.max(...ends) - Math.min(...ends)
  return kind === 'rating' && numbers !== null && range > 0
    ? (a, b) => 1 - Math.abs(numbers[a]! - numbers[b]!) / range
    : (a, b) => (a === b ? 1 : 0)
}
