import { mix } from '../features/hash.ts'

/** The size of a group that no row belongs to. */
const ABSENT = -1

/**
 * Deals groups into folds of about equal numbers of pairs: larger groups first, then in an order given by the seed. A group is never split.
 *
 * @param groups The group of each pair, as numbers from 0.
 * @param rows The pairs to deal; the others get fold −1. @param judged Rows from this one on do not count towards a group's size.
 */
export function dealFolds(groups: Int32Array, rows: Iterable<number>, folds: number, seed: number, judged = groups.length): Int8Array {
  const list = rows instanceof Int32Array ? rows : Int32Array.from(rows)
  const sizes = new Int32Array(groups.reduce((most, group) => Math.max(most, group), -1) + 1).fill(ABSENT)
  for (const row of list) {
    const group = groups[row]!
    sizes[group] = Math.max(0, sizes[group]!) + (row < judged ? 1 : 0)
  }
  const rank = (group: number) => mix(Math.imul(group + 1, 0x9e3779b1) ^ Math.imul(seed, 0x85ebca6b))
  const sorted = Int32Array.from(sizes.keys())
    .filter((group) => sizes[group] !== ABSENT)
    .sort((a, b) => sizes[b]! - sizes[a]! || rank(a) - rank(b) || a - b)
  const load = new Float64Array(folds)
  const foldOf = new Int8Array(sizes.length)
  for (const group of sorted) {
    const fold = load.indexOf(Math.min(...load))
    foldOf[group] = fold
    load[fold]! += sizes[group]!
  }
  const dealt = new Int8Array(groups.length).fill(-1)
  for (const row of list) dealt[row] = foldOf[groups[row]!]!
  return dealt
}
