import { encodeRatings, oneCoin } from '@plaudit/stats'
import { RewardError } from '../error.ts'
import { leakageBetweenGroups, type Leakage } from '../evaluation/leakage.ts'
import { fingerprint } from '../features/hash.ts'
import { cleanPairs, type Cleaning } from '../training/clean-pairs.ts'
import { type DatasetRow, type SourcePair, type Split, SPLITS } from './dataset-row.ts'
import { splitRows, type SplitOptions } from './split-rows.ts'

export interface DatasetOptions {
  /** Every author's judgment is a row, or the consensus of all authors on a pair is one. */
  judgments: 'author' | 'consensus'
  /** Whether an author who agrees little with others counts less, by the one-coin model. */
  byReliability: boolean
  /** Whether rarely drawn items count more, so that the rows stand for all traffic. */
  byInclusion: boolean
  split: SplitOptions
}

/** What is in a data set, and what to know before training on it. */
export interface DatasetCard {
  rows: number
  prompts: number
  authors: number
  ties: number
  splits: Record<Split, number>
  sources: Record<string, number>
  /** First and last judgment. */
  from: string | null
  to: string | null
  removed: Cleaning
  /** Kish's effective number of rows: what is left of them under their weights. */
  effectiveRows: number
  /** Agreement of each author with the consensus; empty where nobody judged what another had. */
  reliability: { author: string; judgments: number; accuracy: number; weight: number }[]
  /** Rows that have a trace and a judgment to go back to. */
  traced: number
  leakage: Leakage
  warnings: string[]
}

export interface BuiltDataset {
  rows: DatasetRow[]
  card: DatasetCard
}

/** Authors listed on the card. */
const MOST_AUTHORS = 50

/**
 * Makes rows of judgments: deduplicated, weighted, and split so that what belongs together stays together. The same judgments and options give
 * the same rows in the same order.
 *
 * @throws RewardError `pairs` if nothing is left to train on.
 */
export function buildDataset(pairs: readonly SourcePair[], options: DatasetOptions): BuiltDataset {
  // Ties teach how close two outputs are, so they stay; cleaning looks at the others.
  const decided = cleanPairs(pairs.filter(({ tie }) => tie !== true))
  const usable = pairs.filter(
    ({ chosen, rejected, weight }) => chosen.trim() !== rejected.trim() && chosen.trim() !== '' && rejected.trim() !== '' && weight !== 0,
  )
  const reliability = reliabilityOf(usable)
  const weightOf = (pair: SourcePair) =>
    (pair.weight ?? 1) *
    (options.byReliability ? (reliability.get(pair.author ?? '')?.weight ?? 1) : 1) *
    (options.byInclusion ? 1 / (pair.inclusion ?? 1) : 1)
  const merged = options.judgments === 'consensus' ? consensusRows(usable, weightOf) : authorRows(usable, weightOf)
  if (merged.length === 0) throw new RewardError('pairs', 'No row is left: every consensus is an even split.')
  const rows = splitRows(normalised(merged), options.split)
  return { rows, card: cardOf(rows, decided.removed, reliability) }
}

type Unsplit = Omit<DatasetRow, 'split'> & { session?: string }
type Reliability = ReadonlyMap<string, { judgments: number; accuracy: number; weight: number }>

/** One row per author and pair; copies only add where they come from. */
function authorRows(pairs: readonly SourcePair[], weightOf: (pair: SourcePair) => number): Unsplit[] {
  const rows = new Map<string, Unsplit>()
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
function consensusRows(pairs: readonly SourcePair[], weightOf: (pair: SourcePair) => number): Unsplit[] {
  const sides = new Map<string, { row: Unsplit; first: string; votes: number; weight: number; authors: Set<string> }>()
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

function rowOf(pair: SourcePair, key: string, weight: number): Unsplit {
  const { prompt, chosen, rejected, group = prompt, tie, strength, author, strata, source, feedbackId, traceIds = [], time, session } = pair
  return {
    key,
    prompt,
    group,
    chosen,
    rejected,
    ...(tie === true ? { tie: true } : strength === undefined ? {} : { strength }),
    weight,
    ...(author === undefined || author === '' ? {} : { author }),
    source,
    ...(strata === undefined ? {} : { strata }),
    feedback: feedbackId === undefined ? [] : [feedbackId],
    traces: [...new Set(traceIds)],
    ...(time === undefined ? {} : { time }),
    ...(session === undefined || session === '' ? {} : { session }),
  }
}

function addOrigin(row: Unsplit, { feedbackId, traceIds = [] }: SourcePair): void {
  if (feedbackId !== undefined && !row.feedback.includes(feedbackId)) row.feedback.push(feedbackId)
  for (const id of traceIds) if (!row.traces.includes(id)) row.traces.push(id)
}

/** Weights of mean 1, so that a penalty means the same for any weighting. */
function normalised(rows: readonly Unsplit[]): Unsplit[] {
  const mean = rows.reduce((sum, { weight }) => sum + weight, 0) / rows.length
  return rows.map((row) => ({ ...row, weight: mean > 0 ? row.weight / mean : 1 }))
}

/** How often each author names the consensus, where several judged a pair; 2 · accuracy − 1 is the weight, not below 0. */
function reliabilityOf(pairs: readonly SourcePair[]): Reliability {
  const ratings = pairs.flatMap(({ prompt, chosen, rejected, tie, author }) => {
    if (author === undefined || author === '' || tie === true) return []
    const isFirst = chosen < rejected
    return [{ item: fingerprint([prompt, ...(isFirst ? [chosen, rejected] : [rejected, chosen])]), rater: author, value: isFirst ? 0 : 1 }]
  })
  const judged = Map.groupBy(ratings, ({ item }) => item)
  const shared = ratings.filter(({ item, rater }) => judged.get(item)!.some((other) => other.rater !== rater))
  if (shared.length === 0) return new Map()
  const consensus = oneCoin(encodeRatings(shared, { order: [0, 1] }))
  if (consensus.labels === null) return new Map()
  return new Map(
    consensus.raters.map(({ rater, ratings: judgments, accuracy }) => [
      rater,
      { judgments, accuracy, weight: Math.max(0, 2 * accuracy - 1) },
    ]),
  )
}

function cardOf(rows: readonly DatasetRow[], removed: Cleaning, reliability: Reliability): DatasetCard {
  const sources: Record<string, number> = {}
  const splits: Record<Split, number> = { train: 0, validation: 0, test: 0 }
  let [sum, square] = [0, 0]
  for (const { source, split, weight } of rows) {
    sources[source] = (sources[source] ?? 0) + 1
    splits[split] += 1
    sum += weight
    square += weight * weight
  }
  const times = rows.flatMap(({ time }) => (time === undefined ? [] : [time])).toSorted()
  const card = {
    rows: rows.length,
    prompts: new Set(rows.map(({ prompt }) => prompt)).size,
    authors: new Set(rows.flatMap(({ author }) => (author === undefined ? [] : [author]))).size,
    ties: rows.filter(({ tie }) => tie === true).length,
    splits,
    sources,
    from: times[0] ?? null,
    to: times.at(-1) ?? null,
    removed,
    effectiveRows: square > 0 ? (sum * sum) / square : 0,
    reliability: [...reliability]
      .map(([author, values]) => ({ author, ...values }))
      .toSorted((a, b) => b.judgments - a.judgments)
      .slice(0, MOST_AUTHORS),
    traced: rows.filter(({ feedback, traces }) => feedback.length > 0 && traces.length > 0).length,
    leakage: leakageBetweenGroups(
      rows,
      Int32Array.from(rows, ({ split }) => SPLITS.indexOf(split)),
    ),
  }
  return { ...card, warnings: warningsOf(card) }
}

function warningsOf(card: Omit<DatasetCard, 'warnings'>): string[] {
  const warnings: string[] = []
  if (card.rows - card.ties < 2_000)
    warnings.push(
      `${(card.rows - card.ties).toLocaleString('en-US')} decided comparisons: reward models often need 2,000 to be more than chance.`,
    )
  if (card.leakage.prompts > 0)
    warnings.push(
      `${card.leakage.prompts.toLocaleString('en-US')} prompts stand on both sides of the split, such as “${card.leakage.examples[0]}”: figures on the test side flatter. Split by prompt to avoid it.`,
    )
  if (card.authors === 1) warnings.push('All rows are by one author: a model of them is a model of that person.')
  if (card.splits.test === 0) warnings.push('No row is on the test side.')
  if (card.effectiveRows < card.rows / 2)
    warnings.push(
      `Weights leave ${Math.round(card.effectiveRows).toLocaleString('en-US')} effective of ${card.rows.toLocaleString('en-US')} rows: a few rows decide much.`,
    )
  return warnings
}
