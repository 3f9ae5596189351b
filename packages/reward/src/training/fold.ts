import { mix } from '../features/hash.ts'

/**
 * Deals groups into folds of about equal numbers of pairs: larger groups first, then in an order given by the seed. A group is never split.
 *
 * @param groups The group of each pair, as numbers from 0.
 * @param rows The pairs to deal; the others get fold −1. @param judged Rows from this one on do not count towards a group's size.
 */
export function dealFolds(groups: Int32Array, rows: Iterable<number>, folds: number, seed: number, judged = groups.length): Int8Array {
  const sizes = new Map<number, number>()
  const dealt = new Int8Array(groups.length).fill(-1)
  const list = [...rows]
  for (const row of list) sizes.set(groups[row]!, (sizes.get(groups[row]!) ?? 0) + (row < judged ? 1 : 0))
  const rank = (group: number) => mix(Math.imul(group + 1, 0x9e3779b1) ^ Math.imul(seed, 0x85ebca6b))
  const sorted = [...sizes].sort(([a, sizeA], [b, sizeB]) => sizeB - sizeA || rank(a) - rank(b) || a - b)
  const load = new Float64Array(folds)
  const foldOf = new Map<number, number>()
  for (const [group, size] of sorted) {
    const fold = load.indexOf(Math.min(...load))
    foldOf.set(group, fold)
    load[fold]! += size
  }
  for (const row of list) dealt[row] = foldOf.get(groups[row]!)!
  return dealt
}
