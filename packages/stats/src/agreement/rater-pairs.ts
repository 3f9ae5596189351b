import { checkInteger } from '../check.ts'
import { groupBy, type Ratings } from './ratings.ts'
import { MOST_CATEGORIES } from './weight.ts'

export interface RaterPair {
  first: string
  second: string
  /** How often they chose each pair of categories, over the items that both rated: what `cohenKappa` reads. Rows belong to `first`. */
  table: number[][]
}

/** Pairs are looked for among so many raters, those with the most ratings: of all raters of a large crowd there would be billions. */
const MOST_RATERS = 1000

/**
 * The pairs of raters with the most items in common, with their tables, in two passes over the ratings however many pairs there are. Where one rated
 * an item twice, the last rating counts.
 *
 * @param limit At most so many pairs, among the thousand raters with the most ratings. Those with as many items in common are in the order of
 *   `raterNames`. None for more than 2000 categories.
 * @returns Pairs, most common items first, and how many pairs of these raters with a common item were left out.
 * @throws StatsError `range` for a negative limit.
 *
 * @example
 * raterPairs(ratingsFromTable([[1, 1, 2], [2, 1, null]]), 1) // => { pairs: [{ first: '0', second: '1', table: [[1, 0], [1, 0]] }], omitted: 2 }
 */
export function raterPairs(ratings: Ratings, limit: number): { pairs: RaterPair[]; omitted: number } {
  checkInteger('limit', limit, 0)
  const busiest = busiestRaters(ratings)
  const n = busiest.length
  const common = new Int32Array(n * n)
  forEachPair(ratings, busiest, (a, b) => (common[a * n + b]! += 1))
  const met = Array.from(common.keys()).filter((key) => common[key]! > 0)
  const kept = met.sort((a, b) => common[b]! - common[a]! || a - b).slice(0, ratings.valueNames.length > MOST_CATEGORIES ? 0 : limit)
  const tables = new Map(kept.map((key) => [key, ratings.valueNames.map(() => ratings.valueNames.map(() => 0))]))
  const place = new Int32Array(n * n).fill(-1)
  const list = [...tables.values()]
  for (const [k, key] of kept.entries()) place[key] = k
  forEachPair(ratings, busiest, (a, b, first, second) => {
    const k = place[a * n + b]!
    if (k >= 0) list[k]![first]![second]! += 1
  })
  const name = (a: number) => ratings.raterNames[busiest[a]!]!
  const pairs = Array.from(tables, ([key, table]) => ({ first: name(Math.floor(key / n)), second: name(key % n), table }))
  return { pairs, omitted: met.length - kept.length }
}

/** In the order of `raterNames`. */
function busiestRaters({ raters, raterNames }: Ratings): Int32Array {
  const counts = new Int32Array(raterNames.length)
  for (const r of raters) counts[r]! += 1
  const all = Int32Array.from(counts.keys())
  if (all.length <= MOST_RATERS) return all
  return all
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, MOST_RATERS)
    .sort()
}

/** Each item and each two of the raters that rated it: their places among them, and their categories. */
function forEachPair(
  { items, raters, values, itemNames, raterNames }: Ratings,
  among: Int32Array,
  visit: (a: number, b: number, first: number, second: number) => void,
): void {
  const { start, positions } = groupBy(items, itemNames.length)
  const placeOf = new Int32Array(raterNames.length).fill(-1)
  for (const [place, r] of among.entries()) placeOf[r] = place
  const chosen = new Int32Array(among.length).fill(-1)
  for (let i = 0; i < itemNames.length; i += 1) {
    const present: number[] = []
    for (let at = start[i]!; at < start[i + 1]!; at += 1) {
      const place = placeOf[raters[positions[at]!]!]!
      if (place < 0) continue
      if (chosen[place]! < 0) present.push(place)
      chosen[place] = values[positions[at]!]!
    }
    present.sort((a, b) => a - b)
    for (let a = 0; a < present.length; a += 1)
      for (let b = a + 1; b < present.length; b += 1) visit(present[a]!, present[b]!, chosen[present[a]!]!, chosen[present[b]!]!)
    for (const place of present) chosen[place] = -1
  }
}
