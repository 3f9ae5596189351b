import { checkNumbers, checkSameLength } from '../check.ts'

/** Observations added up by cluster (item, user, session): all that a clustered mean needs, so that a database can do the adding. */
export interface ClusterSums {
  /** The sum of the values of each of G clusters. */
  sums: ArrayLike<number>
  /** How many observations (or how much weight) each cluster has; a cluster with 0 is left out. */
  sizes: ArrayLike<number>
}

/**
 * Adds values up by cluster.
 *
 * @param values N finite numbers.
 * @param clusters N cluster names, in any order.
 * @returns G sums and sizes, in the order in which clusters first appear.
 * @throws StatsError `shape` for lists of unequal length; `range` for a value that is not finite.
 *
 * @example
 * sumByCluster([1, 0, 1], ['a', 'b', 'a']).sizes // => [2, 1]
 */
export function sumByCluster(values: ArrayLike<number>, clusters: ArrayLike<string | number>): { sums: number[]; sizes: number[] } {
  checkSameLength('clusters', clusters, values.length)
  checkNumbers('values', values)
  const { codes, count } = encodeClusters(clusters)
  const sums = Array.from({ length: count }, () => 0)
  const sizes = Array.from({ length: count }, () => 0)
  for (let i = 0; i < values.length; i += 1) {
    sums[codes[i]!]! += values[i]!
    sizes[codes[i]!]! += 1
  }
  return { sums, sizes }
}

/** Numbers clusters 0, 1, … in the order in which they appear. */
export function encodeClusters(clusters: ArrayLike<string | number>): { codes: Int32Array; count: number } {
  const index = new Map<string | number, number>()
  const codes = new Int32Array(clusters.length)
  for (let i = 0; i < clusters.length; i += 1) {
    const name = clusters[i]!
    let code = index.get(name)
    if (code === undefined) {
      code = index.size
      index.set(name, code)
    }
    codes[i] = code
  }
  return { codes, count: index.size }
}

/** Refuses sums that are not finite and sizes that are negative. */
export function checkClusterSums(argument: string, { sums, sizes }: ClusterSums): void {
  checkSameLength(`${argument}.sizes`, sizes, sums.length)
  checkNumbers(`${argument}.sums`, sums)
  checkNumbers(`${argument}.sizes`, sizes, 0)
}
