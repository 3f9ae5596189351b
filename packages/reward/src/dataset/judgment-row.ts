import { fingerprint } from '../features/hash.ts'
import { aboutRow, addOrigin, type SourceJudgment, type UnsplitJudgmentRow } from './dataset-row.ts'

/** A judgment as it stands, with those of the same author on the same output that it supersedes. */
export interface Standing {
  key: string
  judgment: SourceJudgment
  superseded: SourceJudgment[]
}

/** Of several judgments of one output by one author the newest stands. Those by nobody who is named stand each for themselves. */
export function standingJudgments(judgments: readonly SourceJudgment[]): Standing[] {
  const standing = new Map<string, Standing>()
  for (const judgment of judgments) {
    const { prompt, output, source, author = '', feedbackId, level, time = '' } = judgment
    const whose = author === '' ? ['', feedbackId ?? String(level)] : [author]
    const key = fingerprint([prompt, output, source, ...whose])
    const entry = standing.get(key)
    if (entry === undefined) standing.set(key, { key, judgment, superseded: [] })
    else if (time >= (entry.judgment.time ?? '')) {
      entry.superseded.push(entry.judgment)
      entry.judgment = judgment
    } else entry.superseded.push(judgment)
  }
  return [...standing.values()]
}

/** One row per author and output. */
export function authorJudgmentRows(standing: readonly Standing[], weightOf: (judgment: SourceJudgment) => number): UnsplitJudgmentRow[] {
  return standing.map(({ key, judgment, superseded }) => {
    const row = rowOf(judgment, key, judgment.level, weightOf(judgment))
    for (const other of superseded) addOrigin(row, other)
    return row
  })
}

/**
 * One row per output, for the median of its judgments by weight; it counts as much as they lie together. Of two levels that is the margin of
 * the vote; with half the weight at one end and half at the other, nothing.
 */
export function consensusJudgmentRows(standing: readonly Standing[], weightOf: (judgment: SourceJudgment) => number): UnsplitJudgmentRow[] {
  const outputs = Map.groupBy(standing, ({ judgment: { prompt, output, source, levels } }) =>
    fingerprint([prompt, output, source, String(levels)]),
  )
  return [...outputs].map(([key, group]) => {
    const { levels } = group[0]!.judgment
    const votes = group.map(({ judgment }) => ({ level: judgment.level, weight: weightOf(judgment) }))
    const total = votes.reduce((sum, { weight }) => sum + weight, 0)
    const median = medianLevel(votes, total)
    const distance = total === 0 ? 0 : votes.reduce((sum, { level, weight }) => sum + weight * Math.abs(level - median), 0) / total
    const weight = (total / group.length) * Math.max(0, 1 - (2 * distance) / (levels - 1))
    const { author: _, ...rest } = rowOf(group[0]!.judgment, key, median, weight)
    const row = { ...rest, strata: { ...rest.strata, judgments: String(group.length) } }
    for (const { judgment, superseded } of group) for (const one of [judgment, ...superseded]) addOrigin(row, one)
    return row
  })
}

/** The lowest level that at least half the weight does not exceed. */
function medianLevel(votes: readonly { level: number; weight: number }[], total: number): number {
  let below = 0
  for (const { level, weight } of votes.toSorted((a, b) => a.level - b.level)) {
    below += weight
    if (2 * below >= total) return level
  }
  return votes.at(-1)!.level
}

function rowOf(judgment: SourceJudgment, key: string, level: number, weight: number): UnsplitJudgmentRow {
  const { output, levels } = judgment
  const about = aboutRow(judgment, key, weight)
  return levels === 2 ? { ...about, completion: output, label: level === 1 } : { ...about, output, rating: level + 1, levels }
}
