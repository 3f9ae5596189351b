import { encodeRatings, oneCoin } from '@plaudit/stats'
import { fingerprint } from '../features/hash.ts'
import type { SourceJudgment, SourcePair } from './dataset-row.ts'

/** How often an author names the consensus of a kind of feedback; 2 · accuracy − 1 is the weight, not below 0. */
export interface AuthorReliability {
  author: string
  /** `comparison`, or the kind of rating or thumb. */
  kind: string
  judgments: number
  accuracy: number
  weight: number
}

/** One of two answers to a question that several authors were asked. */
interface Vote {
  item: string
  rater: string
  value: 0 | 1
}

/** The reliability of authors by kind of feedback, without those who judged nothing that another had; and what an author's word counts. */
export function authorReliability(pairs: readonly SourcePair[], judgments: readonly SourceJudgment[]) {
  const byKind = [...Map.groupBy(judgments, ({ source }) => source)]
  const all = [
    reliabilityOf('comparison', votesOnPairs(pairs)),
    ...byKind.map(([kind, own]) => reliabilityOf(kind, votesOnOutputs(own))),
  ].flat()
  const weights = new Map(all.map(({ kind, author, weight }) => [keyOf(kind, author), weight]))
  /** 1 for an author of whom nothing is known. */
  const weightOf = (kind: string, author: string | undefined): number => weights.get(keyOf(kind, author ?? '')) ?? 1
  return { all, weightOf }
}

function keyOf(kind: string, author: string): string {
  return JSON.stringify([kind, author])
}

function votesOnPairs(pairs: readonly SourcePair[]): Vote[] {
  return pairs.flatMap(({ prompt, chosen, rejected, tie, author }) => {
    if (author === undefined || author === '' || tie === true) return []
    const isFirst = chosen < rejected
    const item = fingerprint([prompt, ...(isFirst ? [chosen, rejected] : [rejected, chosen])])
    return [{ item, rater: author, value: isFirst ? 0 : 1 }]
  })
}

/** Ratings are asked for being above what the author gives on average: lenient and severe raters may agree. */
function votesOnOutputs(judgments: readonly SourceJudgment[]): Vote[] {
  const named = judgments.filter(({ author }) => author !== undefined && author !== '')
  const means = new Map(
    [...Map.groupBy(named, ({ author }) => author!)].map(([author, own]) => [
      author,
      own.reduce((sum, { level }) => sum + level, 0) / own.length,
    ]),
  )
  return named.map(({ prompt, output, level, levels, author }) => ({
    item: fingerprint([prompt, output]),
    rater: author!,
    value: (levels === 2 ? level === 1 : level > means.get(author!)!) ? 1 : 0,
  }))
}

function reliabilityOf(kind: string, votes: readonly Vote[]): AuthorReliability[] {
  const judged = Map.groupBy(votes, ({ item }) => item)
  const shared = votes.filter(({ item, rater }) => judged.get(item)!.some((other) => other.rater !== rater))
  if (shared.length === 0) return []
  const consensus = oneCoin(encodeRatings(shared, { order: [0, 1] }))
  if (consensus.labels === null) return []
  return consensus.raters.map(({ rater, ratings: judgments, accuracy }) => ({
    author: rater,
    kind,
    judgments,
    accuracy,
    weight: Math.max(0, 2 * accuracy - 1),
  }))
}
