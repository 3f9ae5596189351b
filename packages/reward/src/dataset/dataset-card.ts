import { leakageBetweenGroups, type Leakage } from '../evaluation/leakage.ts'
import type { Cleaning } from '../training/clean-pairs.ts'
import type { AuthorReliability } from './author-reliability.ts'
import { type DatasetRow, isPairRow, type Split, SPLITS } from './dataset-row.ts'

/** What is in a data set, and what to know before training on it. */
export interface DatasetCard {
  rows: number
  /** Rows that compare two outputs, which models are judged on … */
  comparisons: number
  /** … and those that rate one. */
  ratings: number
  prompts: number
  authors: number
  ties: number
  splits: Record<Split, number>
  /** Comparisons on each side. */
  comparisonSplits: Record<Split, number>
  sources: Record<string, number>
  /** First and last judgment. */
  from: string | null
  to: string | null
  removed: Cleaning
  /** Kish's effective number of rows: what is left of them under their weights. */
  effectiveRows: number
  /** Agreement of each author with the consensus; empty where nobody judged what another had. */
  reliability: AuthorReliability[]
  /** Rows that have a trace and a judgment to go back to. */
  traced: number
  leakage: Leakage
  warnings: string[]
}

/** Authors listed on the card. */
const MOST_AUTHORS = 50

export function cardOf(rows: readonly DatasetRow[], removed: Cleaning, reliability: readonly AuthorReliability[]): DatasetCard {
  const sources: Record<string, number> = {}
  const splits: Record<Split, number> = { train: 0, validation: 0, test: 0 }
  const comparisonSplits: Record<Split, number> = { train: 0, validation: 0, test: 0 }
  let [sum, square] = [0, 0]
  for (const row of rows) {
    sources[row.source] = (sources[row.source] ?? 0) + 1
    splits[row.split] += 1
    if (isPairRow(row)) comparisonSplits[row.split] += 1
    sum += row.weight
    square += row.weight * row.weight
  }
  const times = rows.flatMap(({ time }) => (time === undefined ? [] : [time])).toSorted()
  const pairs = rows.filter(isPairRow)
  const card = {
    rows: rows.length,
    comparisons: pairs.length,
    ratings: rows.length - pairs.length,
    prompts: new Set(rows.map(({ prompt }) => prompt)).size,
    authors: new Set(rows.flatMap(({ author }) => (author === undefined ? [] : [author]))).size,
    ties: pairs.filter(({ tie }) => tie === true).length,
    splits,
    comparisonSplits,
    sources,
    from: times[0] ?? null,
    to: times.at(-1) ?? null,
    removed,
    effectiveRows: square > 0 ? (sum * sum) / square : 0,
    reliability: reliability.toSorted((a, b) => b.judgments - a.judgments).slice(0, MOST_AUTHORS),
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
  const decided = card.comparisons - card.ties
  if (decided === 0)
    warnings.push(
      'No comparison has an order: ratings and thumbs train a model, but its accuracy, its advantage over length, its calibration and the best of n are measured on comparisons alone, so that none can be trained on these rows yet. Collect comparisons of outputs for at least two inputs.',
    )
  else if (decided < 2_000)
    warnings.push(`${decided.toLocaleString('en-US')} decided comparisons: reward models often need 2,000 to be more than chance.`)
  if (card.leakage.prompts > 0)
    warnings.push(
      `${card.leakage.prompts.toLocaleString('en-US')} prompts stand on both sides of the split, such as “${card.leakage.examples[0]}”: figures on the test side flatter. Split by prompt to avoid it.`,
    )
  if (card.authors === 1) warnings.push('All rows are by one author: a model of them is a model of that person.')
  if (card.splits.test === 0) warnings.push('No row is on the test side.')
  else if (decided > 0 && card.comparisonSplits.test === 0)
    warnings.push('The test side holds ratings and thumbs alone: no model can be judged on it, as that takes comparisons.')
  if (card.effectiveRows < card.rows / 2)
    warnings.push(
      `Weights leave ${Math.round(card.effectiveRows).toLocaleString('en-US')} effective of ${card.rows.toLocaleString('en-US')} rows: a few rows decide much.`,
    )
  return warnings
}
