import { RewardError } from '../error.ts'
import { type Cleaning, cleanPairs, sortOutPairs } from '../training/clean-pairs.ts'
import { authorReliability } from './author-reliability.ts'
import { cardOf, type DatasetCard } from './dataset-card.ts'
import type { DatasetRow, SourceJudgment, SourcePair, UnsplitRow } from './dataset-row.ts'
import { authorJudgmentRows, consensusJudgmentRows, standingJudgments } from './judgment-row.ts'
import { authorPairRows, consensusPairRows } from './pair-row.ts'
import { splitRows, type SplitOptions } from './split-rows.ts'

export interface DatasetOptions {
  /** Every author's judgment is a row, or the consensus of all authors on a pair or an output is one. */
  judgments: 'author' | 'consensus'
  /** Whether an author who agrees little with others counts less, by the one-coin model. */
  byReliability: boolean
  /** Whether rarely drawn items count more, so that the rows stand for all traffic. */
  byInclusion: boolean
  split: SplitOptions
}

export interface BuiltDataset {
  rows: DatasetRow[]
  card: DatasetCard
}

/**
 * Makes rows of judgments: deduplicated, weighted, and split so that what belongs together stays together. The same judgments and options give
 * the same rows in the same order.
 *
 * @param ratings Ratings and thumbs of single outputs.
 * @throws RewardError `pairs` if nothing is left to train on.
 */
export function buildDataset(pairs: readonly SourcePair[], options: DatasetOptions, ratings: readonly SourceJudgment[] = []): BuiltDataset {
  // Ties teach how close two outputs are, so they stay; cleaning looks at the others. Ratings alone are worth keeping, pairs of one prompt are not.
  const decided = pairs.filter(({ tie }) => tie !== true)
  const { removed } = ratings.length === 0 ? cleanPairs(decided) : sortOutPairs(decided)
  const usable = pairs.filter(
    ({ chosen, rejected, weight }) => chosen.trim() !== rejected.trim() && chosen.trim() !== '' && rejected.trim() !== '' && weight !== 0,
  )
  const standing = standingJudgments(ratings.filter((rating) => isUsable(rating, removed)))
  removed.duplicates += standing.reduce((sum, { superseded }) => sum + superseded.length, 0)

  const reliability = authorReliability(
    usable,
    standing.map(({ judgment }) => judgment),
  )
  const weightOf = (kind: string, { weight = 1, inclusion = 1, author }: SourcePair | SourceJudgment) =>
    weight * (options.byReliability ? reliability.weightOf(kind, author) : 1) * (options.byInclusion ? 1 / inclusion : 1)
  const ofPair = (pair: SourcePair) => weightOf('comparison', pair)
  const ofRating = (rating: SourceJudgment) => weightOf(rating.source, rating)
  const isConsensus = options.judgments === 'consensus'
  const rated = isConsensus ? consensusJudgmentRows(standing, ofRating) : authorJudgmentRows(standing, ofRating)
  const counted = rated.filter(({ weight }) => !isConsensus || weight > 0)
  removed.weightless += rated.length - counted.length
  const merged = [...(isConsensus ? consensusPairRows(usable, ofPair) : authorPairRows(usable, ofPair)), ...counted]
  if (merged.length === 0)
    throw new RewardError('pairs', 'No row is left: nothing that was judged has outputs that differ or say anything.')
  const rows = splitRows(normalised(merged), options.split)
  return { rows, card: cardOf(rows, removed, reliability.all) }
}

/** Whether a rating can teach something; what cannot is counted. */
function isUsable({ output, weight }: SourceJudgment, removed: Cleaning): boolean {
  const reason = weight === 0 ? 'weightless' : output.trim() === '' ? 'empty' : null
  if (reason !== null) removed[reason] += 1
  return reason === null
}

/** Weights of mean 1, so that a penalty means the same for any weighting. */
function normalised(rows: readonly UnsplitRow[]): UnsplitRow[] {
  const mean = rows.reduce((sum, { weight }) => sum + weight, 0) / rows.length
  return rows.map((row) => ({ ...row, weight: mean > 0 ? row.weight / mean : 1 }))
}
