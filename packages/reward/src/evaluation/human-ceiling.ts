import type { Pair } from '../pair.ts'
import { clusteredShare, type Share } from './clustered-share.ts'

/**
 * How often one person agrees with another on the same two outputs: about as far as any model of one person's choices can get. The share is
 * over ordered couples of judgments by different authors, ties left out; a pair counts once, however many judged it. Null when no pair was
 * judged by two authors who are named.
 */
export function humanCeiling(pairs: readonly Pair[]): Share | null {
  const judged = new Map<string, { group: string; sides: Map<string, number> }>()
  for (const { prompt, group = prompt, chosen, rejected, author, tie } of pairs) {
    if (author === undefined || author === '' || tie === true || chosen === rejected) continue
    const isFirst = chosen < rejected
    const key = JSON.stringify([prompt, ...(isFirst ? [chosen, rejected] : [rejected, chosen])])
    const entry = judged.get(key) ?? { group, sides: new Map<string, number>() }
    entry.sides.set(author, isFirst ? 1 : 0)
    judged.set(key, entry)
  }
  const shared = [...judged.values()].filter(({ sides }) => sides.size > 1)
  if (shared.length === 0) return null
  const agreement = shared.map(({ sides }) => {
    const n = sides.size
    const first = [...sides.values()].reduce((sum, side) => sum + side, 0)
    return (first * (first - 1) + (n - first) * (n - first - 1)) / (n * (n - 1))
  })
  const numbers = new Map<string, number>()
  const groups = shared.map(({ group }) => {
    const number = numbers.get(group) ?? numbers.size
    numbers.set(group, number)
    return number
  })
  return clusteredShare(
    agreement,
    shared.map(() => 1),
    groups,
    [...shared.keys()],
  )
}
