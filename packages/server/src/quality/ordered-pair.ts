import type { ClusterSums, Ratings } from '@plaudit/stats'

/** For each ranked item, over every two people and every two outputs: how many pairs they put in the same order, of how many; an item counts by its weight. */
export function orderedPairs({ items, values, itemNames, valueNames }: Ratings, weights: Float64Array | null = null): ClusterSums {
  const ranks = valueNames.map((value) => (JSON.parse(value) as { ranks: number[] }).ranks)
  const rankings = itemNames.map((): number[][] => [])
  items.forEach((item, j) => rankings[item]!.push(ranks[values[j]!]!))
  const sums: number[] = []
  const sizes: number[] = []
  for (const [item, own] of rankings.entries()) {
    const weight = weights === null ? 1 : weights[item]!
    let [same, pairs] = [0, 0]
    own.forEach((one, a) =>
      own.slice(a + 1).forEach((other) =>
        one.forEach((rank, i) =>
          one.slice(i + 1).forEach((next, k) => {
            pairs += 1
            if (Math.sign(rank - next) === Math.sign(other[i]! - other[i + 1 + k]!)) same += 1
          }),
        ),
      ),
    )
    sums.push(weight * same)
    sizes.push(weight * pairs)
  }
  return { sums, sizes }
}
