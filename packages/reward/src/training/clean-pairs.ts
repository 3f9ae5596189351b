import { hashText } from '../features/hash.ts'
import { RewardError } from '../error.ts'
import type { Pair } from '../pair.ts'
import { textKey } from './text-key.ts'

/** Why pairs were left out of training, and what else was noticed. */
export interface Cleaning {
  /** Pairs without an order. */
  ties: number
  /** Pairs whose two outputs are the same. */
  identical: number
  /** Pairs of which an output has no visible character. */
  empty: number
  /** Further copies of a pair by the same author, or by nobody who is named: the one that is kept counts for them too. */
  duplicates: number
  /** Pairs that count nothing. */
  weightless: number
  /** Pairs kept although the same pair also occurs the other way round. */
  contradictory: number
}

/**
 * The pairs that can teach something, and the count of those left out by reason.
 *
 * @throws RewardError `pairs` if none is left, or all belong to one prompt, with the reason in a sentence.
 */
export function cleanPairs(pairs: readonly Pair[]): { pairs: Pair[]; groups: Int32Array; removed: Cleaning } {
  const { pairs: kept, removed } = sortOutPairs(pairs)
  if (pairs.length === 0) throw new RewardError('pairs', 'There are no pairs to train on.')
  if (kept.length === 0) throw new RewardError('pairs', `None of the ${pairs.length} pairs can be used: ${removalSentence(removed)}.`)

  const groups = numberGroups(kept)
  if (groups.every((group) => group === 0))
    throw new RewardError('pairs', 'All pairs belong to one prompt, so that no prompt is left to test on: at least two are needed.')
  return { pairs: kept, groups, removed }
}

/** The same for pairs of which it may be that none is left. */
export function sortOutPairs(pairs: readonly Pair[]): { pairs: Pair[]; removed: Cleaning } {
  const removed: Cleaning = { ties: 0, identical: 0, empty: 0, duplicates: 0, weightless: 0, contradictory: 0 }
  const numberOf = numbering()
  const seen = new Map<string, Pair>()
  const ordered = new Set<string>()
  for (const pair of pairs) {
    const reason = reasonToRemove(pair)
    if (reason !== null) {
      removed[reason] += 1
      continue
    }
    const key = pairKey(numberOf, pair.prompt, pair.chosen, pair.rejected)
    ordered.add(key)
    // Two people who say the same are two judgments; one who says it twice is one.
    const ofAuthor = `${key} ${pair.author ?? ''}`
    const first = seen.get(ofAuthor)
    if (first !== undefined) removed.duplicates += 1
    seen.set(ofAuthor, first === undefined ? pair : { ...first, weight: (first.weight ?? 1) + (pair.weight ?? 1) })
  }
  const kept = [...seen.values()]
  removed.contradictory = kept.filter((pair) => ordered.has(pairKey(numberOf, pair.prompt, pair.rejected, pair.chosen))).length
  return { pairs: kept, removed }
}

/** The prompts of rows as numbers from 0, in the order of first appearance. */
export function numberGroups(rows: readonly Pick<Pair, 'prompt' | 'group'>[]): Int32Array {
  const numberOf = numbering<number>()
  // Most groups are written in one way alone, which is then brought to its normal form only once.
  const known = new Map<string, number>()
  return Int32Array.from(rows, (row) => {
    const written = row.group ?? row.prompt
    let number = known.get(written)
    if (number === undefined) {
      number = numberOf(textKey(groupKey(row)))
      known.set(written, number)
    }
    return number
  })
}

/** The reasons of a cleaning that occurred, in words, for example `3 ties, 1 with an empty output`. */
export function removalSentence(removed: Cleaning): string {
  const words: [number, string][] = [
    [removed.ties, 'ties'],
    [removed.identical, 'with identical outputs'],
    [removed.empty, 'with an empty output'],
    [removed.duplicates, 'copies of another pair, which counts for them'],
    [removed.weightless, 'of weight zero'],
  ]
  return words.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : [])).join(', ')
}

/** What pairs must share to stay on one side of a split: their group or prompt, whatever its case and spacing. */
function groupKey(pair: Pick<Pair, 'prompt' | 'group'>): string {
  return (pair.group ?? pair.prompt)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s{2,}|[^\S ]/g, ' ')
    .trim()
}

/** A short hash of a pair's group, to recognise training prompts again without keeping their text. */
export function promptHash(pair: Pick<Pair, 'prompt' | 'group'>): number {
  return hashText(groupKey(pair))
}

function reasonToRemove(pair: Pair): Exclude<keyof Cleaning, 'contradictory' | 'duplicates'> | null {
  if (pair.tie === true) return 'ties'
  if (pair.weight === 0) return 'weightless'
  if (pair.chosen.trim() === pair.rejected.trim()) return 'identical'
  if (pair.chosen.trim() === '' || pair.rejected.trim() === '') return 'empty'
  return null
}

/** Numbers keys from 0, in the order of first appearance. */
function numbering<K = string>(): (key: K) => number {
  const numbers = new Map<K, number>()
  return (key) => {
    let number = numbers.get(key)
    if (number === undefined) {
      number = numbers.size
      numbers.set(key, number)
    }
    return number
  }
}

function pairKey(numberOf: (text: string) => number, prompt: string, chosen: string, rejected: string): string {
  return `${numberOf(prompt)} ${numberOf(chosen)} ${numberOf(rejected)}`
}
