/** Ranks while they are given: null is not placed yet. */
export type Ranks = readonly (number | null)[]

/** The output that was pointed at takes the next place, or with `ties` the same place as the one before it. Placed already, it stays. */
export function pick(ranks: Ranks, output: number, ties: boolean): (number | null)[] {
  if (ranks[output] !== null) return [...ranks]
  const last = Math.max(0, ...ranks.map((rank) => rank ?? 0))
  return ranks.map((rank, at) => (at === output ? (ties && last > 0 ? last : last + 1) : rank))
}

/** Without the output that was placed last: the one on the last place, of several the last in the row. */
export function unpick(ranks: Ranks): (number | null)[] {
  const last = Math.max(0, ...ranks.map((rank) => rank ?? 0))
  const output = last === 0 ? -1 : ranks.lastIndexOf(last)
  return ranks.map((rank, at) => (at === output ? null : rank))
}
