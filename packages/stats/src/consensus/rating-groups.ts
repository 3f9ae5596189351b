import type { Ratings } from '../agreement/ratings.ts'

/**
 * How many groups the raters and items fall into when everybody is linked to what they rated: severities compare within a group only. Items and
 * raters without ratings do not count. O(R).
 */
export function ratingGroups({ items, raters, itemNames, raterNames }: Ratings): number {
  const parent = Int32Array.from({ length: itemNames.length + raterNames.length }, (_, node) => node)
  const root = (node: number) => {
    let top = node
    while (parent[top] !== top) {
      parent[top] = parent[parent[top]!]!
      top = parent[top]!
    }
    return top
  }
  const used = new Uint8Array(parent.length)
  let groups = 0
  for (let j = 0; j < items.length; j += 1) {
    const [item, rater] = [items[j]!, itemNames.length + raters[j]!]
    groups += 2 - used[item]! - used[rater]!
    used[item] = 1
    used[rater] = 1
    const [a, b] = [root(item), root(rater)]
    if (a === b) continue
    parent[a] = b
    groups -= 1
  }
  return groups
}
