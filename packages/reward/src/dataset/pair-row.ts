import { fingerprint } from '../features/hash.ts'
import { aboutRow, addOrigin, type SourcePair, type UnsplitPairRow } from './dataset-row.ts'

/** One row per author and pair; copies only add where they come from. */
export function authorPairRows(pairs: readonly SourcePair[], weightOf: (pair: SourcePair) => number): UnsplitPairRow[] {
  const rows = new Map<string, UnsplitPairRow>()
  for (const pair of pairs) {
    const sides = pair.tie === true ? [pair.chosen, pair.rejected].toSorted() : [pair.chosen, pair.rejected]
    const key = fingerprint([pair.prompt, ...sides, pair.tie === true ? 'tie' : '', pair.author ?? ''])
    const row = rows.get(key)
    if (row === undefined) rows.set(key, rowOf(pair, key, weightOf(pair)))
    else addOrigin(row, pair)
  }
  return [...rows.values()]
}

/** One row per pair, for what most authors said by weight; it counts as much as the margin. Even splits are ties. */
export function consensusPairRows(pairs: readonly SourcePair[], weightOf: (pair: SourcePair) => number): UnsplitPairRow[] {
  const sides = new Map<string, { row: UnsplitPairRow; first: string; votes: number; weight: number; authors: Set<string> }>()
  for (const pair of pairs) {
    const ordered = [pair.chosen, pair.rejected].toSorted()
    const key = fingerprint([pair.prompt, ...ordered])
    const weight = weightOf(pair)
    const vote = pair.tie === true ? 0 : pair.chosen === ordered[0] ? weight : -weight
    const entry = sides.get(key)
    const author = pair.author ?? ''
    if (entry === undefined)
      sides.set(key, { row: rowOf(pair, key, weight), first: ordered[0]!, votes: vote, weight, authors: new Set([author]) })
    else if (author === '' || !entry.authors.has(author)) {
      entry.votes += vote
      entry.weight += weight
      entry.authors.add(author)
      addOrigin(entry.row, pair)
    }
  }
  return [...sides.values()].map(({ row, first, votes, weight, authors }) => {
    const [chosen, rejected] = [row.chosen, row.rejected].toSorted((a, b) => Number(b === first) - Number(a === first)) as [string, string]
    const { author: _, tie: __, strength: ___, ...rest } = row
    const about = { ...rest, strata: { ...row.strata, judgments: String(authors.size) } }
    if (votes === 0) return { ...about, chosen, rejected, tie: true, weight: weight / authors.size }
    return {
      ...about,
      chosen: votes > 0 ? chosen : rejected,
      rejected: votes > 0 ? rejected : chosen,
      weight: (Math.abs(votes) / weight) * (weight / authors.size),
    }
  })
}

function rowOf(pair: SourcePair, key: string, weight: number): UnsplitPairRow {
  const { chosen, rejected, tie, strength } = pair
  return {
    ...aboutRow(pair, key, weight),
    chosen,
    rejected,
    ...(tie === true ? { tie: true } : strength === undefined ? {} : { strength }),
  }
}
