import type { Value } from '../agreement/ratings.ts'
import { StatsError } from '../error.ts'
import { clusteredMean, type ClusteredDetails, type ClusterOptions } from '../inference/clustered-mean.ts'
import type { Estimate } from '../result.ts'
import type { RankedList } from './rankings.ts'

export interface BestWorstChoice {
  /** What was shown together, at least two. */
  shown: readonly Value[]
  best: Value
  worst: Value
  /** What goes together in the intervals: the rater, or the set that was shown. By default each choice stands alone. */
  cluster?: Value
}

export interface BestWorstScore {
  name: string
  /** Share of choices as best minus share as worst, in −1..1. */
  score: Estimate<ClusteredDetails>
  best: number
  worst: number
  shown: number
}

/**
 * Best–worst scaling by counting: how often a system is the best of those shown, minus how often the worst; in −1..1, larger is better.
 *
 * Misleads when systems do not meet each other equally often: a system that is only shown among weak ones looks strong. Then fit strengths:
 * `plackettLuce` over `bestWorstRanking`.
 *
 * @param choices N choices. @param options As `clusteredMean`.
 * @returns One score per system, best first, with a clustered t interval cut at −1 and 1. Empty for no choices.
 * @throws StatsError `shape` for fewer than two shown, or a name shown twice; `range` for a best or worst that was not shown, or one that is both.
 *
 * Source: Louviere, Flynn & Marley (2015), Best–Worst Scaling, ch. 1; Orme (2009), MaxDiff analysis: simple counting. O(N).
 *
 * @example
 * bestWorstScores([{ shown: ['a', 'b', 'c'], best: 'a', worst: 'c' }]).map(({ score }) => score.estimate) // => [1, 0, -1]
 */
export function bestWorstScores(choices: readonly BestWorstChoice[], options: ClusterOptions = {}): BestWorstScore[] {
  const tallies = new Map<string, { best: number; worst: number; clusters: Map<string, [sum: number, size: number]> }>()
  for (const [row, choice] of choices.entries()) {
    checkChoice(choice, row)
    const cluster = String(choice.cluster ?? `row ${row}`)
    for (const value of choice.shown) {
      const name = String(value)
      const tally = tallies.get(name) ?? { best: 0, worst: 0, clusters: new Map() }
      tallies.set(name, tally)
      const isBest = name === String(choice.best)
      const isWorst = name === String(choice.worst)
      if (isBest) tally.best += 1
      if (isWorst) tally.worst += 1
      const [sum, size] = tally.clusters.get(cluster) ?? [0, 0]
      tally.clusters.set(cluster, [sum + Number(isBest) - Number(isWorst), size + 1])
    }
  }
  const scores = Array.from(tallies, ([name, { best, worst, clusters }]): BestWorstScore => {
    const rows = [...clusters.values()]
    const score = clusteredMean({ sums: rows.map(([sum]) => sum), sizes: rows.map(([, size]) => size) }, options)
    const shown = rows.reduce((total, [, size]) => total + size, 0)
    const { low, high } = score.estimate === null ? {} : score
    const cut = low === undefined || high === undefined ? {} : { low: Math.max(-1, low), high: Math.min(1, high) }
    return { name, score: { ...score, ...cut }, best, worst, shown }
  })
  return scores.sort((a, b) => (b.best - b.worst) / b.shown - (a.best - a.worst) / a.shown || (a.name < b.name ? -1 : 1))
}

/**
 * A best–worst choice as a ranking: the best, the others in unknown order, the worst. For `plackettLuce`.
 *
 * @throws StatsError as `bestWorstScores`.
 *
 * @example
 * bestWorstRanking({ shown: ['a', 'b', 'c', 'd'], best: 'b', worst: 'a' }).ranking // => [['b'], ['c', 'd'], ['a']]
 */
export function bestWorstRanking(choice: BestWorstChoice): RankedList {
  checkChoice(choice, 0)
  const { shown, best, worst, cluster } = choice
  const others = shown.filter((name) => String(name) !== String(best) && String(name) !== String(worst))
  const ranking = [[best], ...(others.length > 0 ? [others] : []), [worst]]
  return cluster === undefined ? { ranking } : { ranking, item: cluster }
}

function checkChoice({ shown, best, worst }: BestWorstChoice, row: number): void {
  const names = new Set(shown.map(String))
  const refuse = (code: 'shape' | 'range', argument: string, expected: string, received: unknown) =>
    new StatsError({ code, argument: `choices[${row}].${argument}`, expected, received })
  if (names.size < 2 || names.size < shown.length) throw refuse('shape', 'shown', 'at least two different names', shown)
  if (!names.has(String(best))) throw refuse('range', 'best', 'one of those shown', best)
  if (!names.has(String(worst)) || String(worst) === String(best)) throw refuse('range', 'worst', 'another one of those shown', worst)
}
