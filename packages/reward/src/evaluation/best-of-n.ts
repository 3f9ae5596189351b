import { clusteredMean, type Known } from '@plaudit/stats'
import type { OutputScore } from './output-score.ts'
import type { CandidateSet } from './candidate-set.ts'

/** What choosing the best of n outputs brings, by the people who compared them. */
export interface BestOfN {
  /** Sets of outputs, and prompts that they answer. */
  sets: number
  prompts: number
  /** The λ of the conservative score, reward − λ · std. */
  caution: number
  points: BestOfPoint[]
}

/** Human win rate of what each rule chooses among n outputs drawn from a set; 0.5 is a blind choice. */
export interface BestOfPoint {
  n: number
  /** Distance from the unchosen outputs: ln n − (n − 1)/n, in nats. */
  divergence: number
  reward: Known
  conservative: Known
  longest: Known
  /** A choice by the people's own comparisons: the most that any rule can reach. */
  oracle: Known
}

export const CAUTION = 1

/** @param scores Held-out scores of each set's outputs, in their order. Null when there is no set. */
export function bestOfN(sets: readonly CandidateSet[], scores: readonly (readonly OutputScore[])[]): BestOfN | null {
  if (sets.length === 0) return null
  const groups = sets.map(({ group }) => group)
  const largest = Math.min(16, Math.max(...sets.map(({ outputs }) => outputs.length)))
  const points = Array.from({ length: largest - 1 }, (_, i) => i + 2)
    // A size that few sets reach would compare other prompts.
    .filter((n) => sets.filter(({ outputs }) => outputs.length >= n).length >= sets.length / 2)
    .map((n): BestOfPoint => {
      const rate = (rule: (set: CandidateSet, index: number) => ArrayLike<number>) => meanOfChosen(sets, groups, n, rule)
      return {
        n,
        divergence: Math.log(n) - (n - 1) / n,
        reward: rate((_, index) => scores[index]!.map(({ reward }) => reward)),
        conservative: rate((_, index) => scores[index]!.map(({ reward, std }) => reward - CAUTION * std)),
        longest: rate(({ outputs }) => outputs.map(({ length }) => length)),
        oracle: rate(({ winRate }) => winRate),
      }
    })
  return { sets: sets.length, prompts: new Set(groups).size, caution: CAUTION, points }
}

function meanOfChosen(
  sets: readonly CandidateSet[],
  groups: readonly string[],
  n: number,
  rule: (set: CandidateSet, index: number) => ArrayLike<number>,
): Known {
  const sums = new Map<string, [sum: number, size: number]>()
  sets.forEach((set, index) => {
    if (set.outputs.length < n) return
    const entry = sums.get(groups[index]!) ?? [0, 0]
    entry[0] += expectedOfBest(rule(set, index), set.winRate, n)
    entry[1] += 1
    sums.set(groups[index]!, entry)
  })
  const list = [...sums.values()]
  const mean = clusteredMean({ sums: list.map(([sum]) => sum), sizes: list.map(([, size]) => size) })
  if (mean.estimate === null) throw new RangeError('a best-of-n point needs a set')
  const { estimate, low, high, confidence, method } = mean
  return low === undefined || high === undefined || confidence === undefined || method === undefined
    ? { estimate }
    : { estimate, low, high, confidence, method }
}

/**
 * The expected value of the output that a rule puts first among n drawn from k without replacement: the one at rank r (from 0) comes first in
 * C(k − 1 − r, n − 1) of the C(k, n) draws. Equal ratings share their ranks' value.
 */
export function expectedOfBest(rating: ArrayLike<number>, value: ArrayLike<number>, n: number): number {
  const k = value.length
  const order = Array.from({ length: k }, (_, i) => i).sort((a, b) => rating[b]! - rating[a]!)
  // The share of draws in which rank r comes first, from the top down without large binomials.
  let left = 1
  const share = order.map((_, r) => {
    const first = r > k - n ? 0 : (left * n) / (k - r)
    left -= first
    return first
  })
  let expected = 0
  for (let from = 0; from < k;) {
    let to = from + 1
    while (to < k && rating[order[to]!] === rating[order[from]!]) to += 1
    const mean = order.slice(from, to).reduce((sum, index) => sum + value[index]!, 0) / (to - from)
    expected += mean * share.slice(from, to).reduce((sum, one) => sum + one, 0)
    from = to
  }
  return expected
}
