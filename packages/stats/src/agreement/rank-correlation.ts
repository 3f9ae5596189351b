import { checkSameLength } from '../check.ts'

/** The ranks of values, 1 for the smallest; equal values share the mean of their ranks. O(n log n). */
export function midranks(values: ArrayLike<number>): Float64Array {
  const order = Int32Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a]! - values[b]!)
  const ranks = new Float64Array(values.length)
  for (let first = 0; first < order.length;) {
    let last = first
    while (last + 1 < order.length && values[order[last + 1]!] === values[order[first]!]) last += 1
    for (let i = first; i <= last; i += 1) ranks[order[i]!] = (first + last) / 2 + 1
    first = last + 1
  }
  return ranks
}

/**
 * Kendall's τ-b of two lists: concordant minus discordant pairs, corrected for ties; −1..1.
 *
 * @returns null when one list does not tell any two entries apart, or has fewer than two.
 * @throws StatsError `shape` for lists of different length.
 *
 * Source: Kendall (1945); by merge sort as in Knight (1966), doi:10.1080/01621459.1966.10480879. O(n log n) time.
 *
 * @example
 * kendallTauB([1, 2, 3], [1, 3, 2]) // => 1 / 3
 */
export function kendallTauB(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  checkSameLength('y', y, x.length)
  const n = x.length
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => x[a]! - x[b]! || y[a]! - y[b]!)
  const sorted = Float64Array.from(order, (i) => y[i]!)
  const pairs = (n * (n - 1)) / 2
  const tiedX = tiedPairs(n, (i) => x[order[i]!] === x[order[i - 1]!])
  const tiedBoth = tiedPairs(n, (i) => x[order[i]!] === x[order[i - 1]!] && y[order[i]!] === y[order[i - 1]!])
  const exchanges = sortCounting(sorted)
  const tiedY = tiedPairs(n, (i) => sorted[i] === sorted[i - 1])
  const scale = Math.sqrt(pairs - tiedX) * Math.sqrt(pairs - tiedY)
  return scale > 0 ? (pairs - tiedX - tiedY + tiedBoth - 2 * exchanges) / scale : null
}

/** Pairs inside runs of equal entries, where `continues(i)` says that entry i equals the one before. */
function tiedPairs(n: number, continues: (i: number) => boolean): number {
  let [pairs, run] = [0, 1]
  for (let i = 1; i <= n; i += 1) {
    if (i < n && continues(i)) run += 1
    else {
      pairs += (run * (run - 1)) / 2
      run = 1
    }
  }
  return pairs
}

/** Sorts in place by merging and counts how many pairs stood in the wrong order. */
function sortCounting(values: Float64Array<ArrayBuffer>): number {
  let exchanges = 0
  let [from, to] = [values, new Float64Array(values.length)]
  for (let width = 1; width < values.length; width *= 2) {
    for (let low = 0; low < values.length; low += 2 * width) {
      const middle = Math.min(low + width, values.length)
      const high = Math.min(low + 2 * width, values.length)
      let [left, right] = [low, middle]
      for (let at = low; at < high; at += 1) {
        if (left < middle && (right >= high || from[left]! <= from[right]!)) to[at] = from[left++]!
        else {
          to[at] = from[right++]!
          exchanges += middle - left
        }
      }
    }
    ;[from, to] = [to, from]
  }
  if (from !== values) values.set(from)
  return exchanges
}
