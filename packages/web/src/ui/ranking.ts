/** Gives one output its rank; the others keep theirs. Null is "not ranked yet". */
export function withRank(ranks: readonly (number | null)[], index: number, rank: number | null): (number | null)[] {
  return ranks.map((current, at) => (at === index ? rank : current))
}

/** Ranks closed up to 1, 2, 3… with ties kept; null until every output has one. */
export function denseRanks(ranks: readonly (number | null)[]): number[] | null {
  const given = ranks.filter((rank) => rank !== null)
  if (given.length < ranks.length) return null
  const places = [...new Set(given)].sort((a, b) => a - b)
  return given.map((rank) => places.indexOf(rank) + 1)
}

/** Whether the ranks only repeat the order in which the outputs were shown, as a tired hand would leave them. */
export function repeatsShownOrder(ranks: readonly number[]): boolean {
  return ranks.length > 1 && ranks.every((rank, index) => rank === index + 1)
}
