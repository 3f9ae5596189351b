import type { Judgment } from '../evidence.ts'
import type { Pair } from '../pair.ts'

export const SPLITS = ['train', 'validation', 'test'] as const
export type Split = (typeof SPLITS)[number]

/** Where feedback comes from, before it becomes part of a data set. */
interface Origin {
  /** For example `comparison`, `correction`, `ranking`, `rating: tone`, `file`. */
  source: string
  /** The judgment, and the traces of the outputs; empty for a row of a file. */
  feedbackId?: string | undefined
  traceIds?: readonly string[] | undefined
  /** When it was judged, ISO 8601. */
  time?: string | undefined
  /** Probability that the judged item was drawn, in (0, 1]; 1 where left out. */
  inclusion?: number | undefined
  /** The session that the outputs belong to. */
  session?: string | undefined
}
export interface SourcePair extends Pair, Origin {
  source: string
}
export interface SourceJudgment extends Judgment, Origin, Pick<Pair, 'strata'> {
  source: string
}

/** What every row has: its weight, its side of the split, and the way back to what it was made of. */
interface About {
  /** Names the row: the same judgment by the same author has the same key in every version. */
  key: string
  prompt: string
  group: string
  weight: number
  split: Split
  source: string
  author?: string
  strata?: Readonly<Record<string, string>>
  feedback: string[]
  traces: string[]
  time?: string
}
export interface PairRow extends About {
  chosen: string
  rejected: string
  tie?: boolean
  strength?: number
}
/** A judgment of one output with two levels, in the shape of TRL's unpaired preferences. */
export interface ThumbRow extends About {
  completion: string
  label: boolean
}
/** A judgment of one output from 1 to `levels`, where more is better. */
export interface RatingRow extends About {
  output: string
  rating: number
  levels: number
}
export type JudgmentRow = ThumbRow | RatingRow
export type DatasetRow = PairRow | JudgmentRow

type WithoutSide<T> = T extends unknown ? Omit<T, 'split'> & { session?: string } : never
/** A row before it is dealt to a side. */
export type UnsplitRow = WithoutSide<DatasetRow>
export type UnsplitPairRow = WithoutSide<PairRow>
export type UnsplitJudgmentRow = WithoutSide<JudgmentRow>

export function isPairRow(row: DatasetRow): row is PairRow {
  return 'chosen' in row
}

/** The judged output, and the level that it got, from 0 to `levels` − 1. */
export function judgmentIn(row: UnsplitJudgmentRow): Pick<Judgment, 'output' | 'level' | 'levels'> {
  return 'label' in row
    ? { output: row.completion, level: Number(row.label), levels: 2 }
    : { output: row.output, level: row.rating - 1, levels: row.levels }
}

/** What a row of feedback has that has no side yet. */
export function aboutRow(
  from: Origin & Pick<Pair, 'prompt' | 'group' | 'author' | 'strata'>,
  key: string,
  weight: number,
): Omit<About, 'split'> & { session?: string } {
  const { prompt, group = prompt, author, source, strata, feedbackId, traceIds = [], time, session } = from
  return {
    key,
    prompt,
    group,
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

/** Notes that a row stands for a further judgment. */
export function addOrigin(row: Pick<About, 'feedback' | 'traces'>, { feedbackId, traceIds = [] }: Omit<Origin, 'source'>): void {
  if (feedbackId !== undefined && !row.feedback.includes(feedbackId)) row.feedback.push(feedbackId)
  for (const id of traceIds) if (!row.traces.includes(id)) row.traces.push(id)
}
