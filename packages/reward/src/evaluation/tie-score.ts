import { clusterBootstrap, midranks, type Known } from '@plaudit/stats'

/** Whether the model sees less difference where people saw none. */
export interface TieScore {
  ties: number
  /** Chance that a tied pair has a smaller difference in reward than a decided one; 0.5 tells nothing, 1 at best. */
  score: Known
}

/**
 * @param tied |difference in reward| of the tied pairs, with their groups. @param decided The same of the decided ones.
 * @returns Null without ties. The interval resamples prompts.
 */
export function tieScore(tied: readonly Difference[], decided: readonly Difference[]): TieScore | null {
  if (tied.length === 0 || decided.length === 0) return null
  const all = [...tied, ...decided]
  const ranks = midranks(all.map(({ size }) => size))
  // Cells of equal size share a rank; a resample then needs only sums along the ranks.
  const order = all.map((_, i) => i).sort((a, b) => ranks[a]! - ranks[b]!)
  const numbers = new Map<string, number>()
  const groups = all.map(({ group }) => {
    const number = numbers.get(group) ?? numbers.size
    numbers.set(group, number)
    return number
  })
  const statistic = (draws: ArrayLike<number>): number | null => {
    let [ties, wins, below] = [0, 0, 0]
    // Walk from the smallest difference up: a decided pair is above the ties passed so far.
    for (let from = 0; from < order.length;) {
      let to = from
      let [tiesHere, decidedHere] = [0, 0]
      while (to < order.length && ranks[order[to]!] === ranks[order[from]!]) {
        const row = order[to]!
        if (row < tied.length) tiesHere += draws[groups[row]!]!
        else decidedHere += draws[groups[row]!]!
        to += 1
      }
      wins += decidedHere * (ties + tiesHere / 2)
      ties += tiesHere
      below += decidedHere
      from = to
    }
    return ties > 0 && below > 0 ? wins / (ties * below) : null
  }
  const estimate = statistic(new Float64Array(numbers.size).fill(1))!
  return {
    ties: tied.length,
    score: { estimate, ...clusterBootstrap({ clusters: numbers.size, over: 'prompts', statistic, resamples: 300 }) },
  }
}

/** A pair's difference in reward, whatever its sign, and the group that it belongs to. */
export interface Difference {
  size: number
  group: string
}
