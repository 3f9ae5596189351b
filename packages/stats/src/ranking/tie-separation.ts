import { winConnectivity } from './connectivity.ts'

/**
 * Whether a model with a tie parameter tells all wins from all ties: with ever more ties between close systems, and systems ever further
 * apart, every outcome becomes as good as certain, so that strengths have no bound even where each system is reached from each.
 *
 * Along some direction, then, a win needs a lead of at least one unit and a tie at most one. By Farkas' lemma there is such a direction
 * exactly if no cycle has more wins, each from winner to loser, than ties. The same for Davidson's and for Rao and Kupper's model.
 *
 * @param winners Whoever won, @param losers whoever lost to them, in the same order. @param tied Pairs that tied.
 *
 * Source: Albert & Anderson (1984), Biometrika 71(1), doi:10.1093/biomet/71.1.1 (separation). Bellman and Ford's algorithm, only where
 *   no cycle is of wins alone; O(systems · pairs).
 */
export function tiesSeparate(
  systems: number,
  winners: ArrayLike<number>,
  losers: ArrayLike<number>,
  tied: readonly (readonly [number, number])[],
): boolean {
  if (winConnectivity(systems, winners, losers).strongs < systems) return false
  const place = new Float64Array(systems)
  for (let round = 0; round <= systems; round += 1) {
    let moved = false
    const atMost = (i: number, most: number) => {
      if (place[i]! <= most) return
      place[i] = most
      moved = true
    }
    for (let e = 0; e < winners.length; e += 1) atMost(losers[e]!, place[winners[e]!]! - 1)
    for (const [i, j] of tied) {
      atMost(i, place[j]! + 1)
      atMost(j, place[i]! + 1)
    }
    if (!moved) return true
  }
  return false
}
