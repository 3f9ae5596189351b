import type { Patterns } from './pattern.ts'

/** Beyond so many categories in use there are so many ratings that nothing imagined would show. */
const MOST_CATEGORIES = 300

/** How much is imagined beside the ratings: one rating's worth on items that all raters rate alike, and some items of two ratings at random. */
export interface Imagined {
  alike: number
  random: number
}

/** How much to imagine of each category, and of each pair of categories in order; all categories alike, as nothing is known beforehand. */
export function imaginedShares(categories: number, raters: number, random: number): Imagined {
  return categories > MOST_CATEGORIES ? { alike: 0, random: 0 } : { alike: 1 / (raters * categories), random: random / categories ** 2 }
}

/**
 * Patterns with a few items imagined beside them, for the interval only: of a category that is used for a handful of ratings, the sample cannot
 * tell how raters agree on it, and an interval from the sample alone is sure of what it has not seen. What is imagined weighs about as much as
 * two ratings, hence nothing where there are many. The items stay in front of it.
 *
 * Source: as Agresti & Coull (1998), doi:10.1080/00031305.1998.10480550, do for a proportion; how much, chosen in simulation.
 * @param times What a single imagined item weighs: 1 where items are not weighted.
 */
export function withImagined(patterns: Patterns, random: number, times = 1): Patterns {
  const { sizes, multiplicities, codes } = patterns
  let [items, ratings] = [0, 0]
  for (let p = 0; p < sizes.length; p += 1) {
    items += multiplicities[p]!
    ratings += multiplicities[p]! * sizes[p]!
  }
  const used = usedCategories(codes)
  const raters = Math.max(2, Math.round(ratings / items))
  const shares = imaginedShares(used.length, raters, random)
  if (shares.alike === 0) return patterns
  const added = used.flatMap((code, k) => [
    { codes: [code], counts: [raters], weight: shares.alike },
    { codes: [code], counts: [2], weight: shares.random },
    ...used.slice(k + 1).map((other) => ({ codes: [code, other], counts: [1, 1], weight: 2 * shares.random })),
  ])
  const start = new Int32Array(patterns.start.length + added.length)
  start.set(patterns.start)
  for (const [k, one] of added.entries()) start[sizes.length + k + 1] = start[sizes.length + k]! + one.codes.length
  return {
    start,
    codes: joined(
      codes,
      added.flatMap((one) => one.codes),
    ),
    counts: joined(
      patterns.counts,
      added.flatMap((one) => one.counts),
    ),
    sizes: joined(
      sizes,
      added.map((one) => one.counts.reduce((sum, count) => sum + count, 0)),
    ),
    multiplicities: joined(
      multiplicities,
      added.map((one) => times * one.weight),
    ),
  }
}

function joined<T extends Int32Array | Float64Array>(list: T, more: readonly number[]): T {
  const all = new (list.constructor as new (length: number) => T)(list.length + more.length)
  all.set(list)
  all.set(more, list.length)
  return all
}

function usedCategories(codes: Int32Array): number[] {
  const used = new Set<number>()
  for (const code of codes) {
    used.add(code)
    if (used.size > MOST_CATEGORIES) break
  }
  return [...used].sort((a, b) => a - b)
}
