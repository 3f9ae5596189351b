import type { Pair } from '../pair.ts'
import { clusteredShare, type Share } from './clustered-share.ts'

/** Accuracy apart for each value of one property of the pairs. */
export interface Stratum {
  /** The property: a field of the rows, or `author`, `script`, `length`. */
  by: string
  /** Its values, the most frequent first. */
  values: (Share & { value: string; lengthOnly: number | null })[]
  /** Pairs of rarer values, which are not listed. */
  others: number
}

/** Values listed of one property. */
const MOST_VALUES = 12
/** A property with more distinct values than this says who or what a pair is, not what kind. */
const MOST_DISTINCT = 400

/** The measured pairs: hits of the model and of length alone, and what keeps them together. */
export interface StratumRows {
  pairs: readonly Pair[]
  hits: Float64Array
  lengthHits: Float64Array
  weights: Float64Array
  groups: Int32Array
}

/** Accuracy by every property that the pairs carry and that has at least two values, and by author, script and length of the outputs. */
export function strataOf({ pairs, hits, lengthHits, weights, groups }: StratumRows): Stratum[] {
  const length = lengthQuartile(pairs)
  const names = new Set(pairs.flatMap(({ strata }) => Object.keys(strata ?? {})))
  const properties: [string, (pair: Pair, row: number) => string | undefined][] = [
    ...[...names].toSorted().map((name): [string, (pair: Pair) => string | undefined] => [name, ({ strata }) => strata?.[name]]),
    ['author', ({ author }) => author],
    ['script', ({ chosen }) => scriptOf(chosen)],
    ['length', (_, row) => length(row)],
  ]
  return properties.flatMap(([by, valueOf]) => {
    const rowsOf = new Map<string, number[]>()
    pairs.forEach((pair, row) => {
      const value = valueOf(pair, row)
      if (value === undefined || value === '') return
      const rows = rowsOf.get(value)
      if (rows === undefined) rowsOf.set(value, [row])
      else rows.push(row)
    })
    if (rowsOf.size < 2 || rowsOf.size > Math.min(MOST_DISTINCT, Math.max(8, pairs.length / 2))) return []
    const sorted = [...rowsOf].sort(([a, rowsA], [b, rowsB]) =>
      by === 'length' ? a.localeCompare(b) : rowsB.length - rowsA.length || a.localeCompare(b),
    )
    return [
      {
        by,
        values: sorted.slice(0, MOST_VALUES).map(([value, rows]) => ({
          value,
          ...clusteredShare(hits, weights, groups, rows),
          lengthOnly: clusteredShare(lengthHits, weights, groups, rows).accuracy,
        })),
        others: sorted.slice(MOST_VALUES).reduce((sum, [, rows]) => sum + rows.length, 0),
      },
    ]
  })
}

/** Which quarter of the pairs one belongs to by the mean length of its outputs, in words. */
function lengthQuartile(pairs: readonly Pair[]): (row: number) => string {
  const lengths = pairs.map(({ chosen, rejected }) => (chosen.length + rejected.length) / 2)
  const sorted = lengths.toSorted((a, b) => a - b)
  const cuts = [0.25, 0.5, 0.75].map((q) => sorted[Math.floor(q * (sorted.length - 1))]!)
  const whole = (n: number) => Math.round(n).toLocaleString('en-US')
  const names = [
    `1: up to ${whole(cuts[0]!)} characters`,
    `2: up to ${whole(cuts[1]!)}`,
    `3: up to ${whole(cuts[2]!)}`,
    `4: above ${whole(cuts[2]!)}`,
  ]
  return (row) => names[cuts.filter((cut) => lengths[row]! > cut).length]!
}

const scripts = [
  ['Latin', /\p{Script=Latin}/gu],
  ['Cyrillic', /\p{Script=Cyrillic}/gu],
  ['Greek', /\p{Script=Greek}/gu],
  ['Arabic', /\p{Script=Arabic}/gu],
  ['Hebrew', /\p{Script=Hebrew}/gu],
  ['Devanagari', /\p{Script=Devanagari}/gu],
  ['Thai', /\p{Script=Thai}/gu],
  ['Hangul', /\p{Script=Hangul}/gu],
  ['Chinese or Japanese', /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu],
] as const
/** The beginning of a text suffices to tell its script. */
const SCRIPT_SAMPLE = 400

/** The script that most letters at the beginning of a text belong to. */
export function scriptOf(text: string): string | undefined {
  const sample = text.slice(0, SCRIPT_SAMPLE)
  if (/^[\p{ASCII}\p{P}\s]*$/u.test(sample)) return /[a-z]/i.test(sample) ? 'Latin' : undefined
  let best: string | undefined
  let most = 0
  for (const [name, letter] of scripts) {
    const count = sample.match(letter)?.length ?? 0
    if (count > most) [best, most] = [name, count]
  }
  return best
}
