import type { Pair } from '../pair.ts'

export const SPLITS = ['train', 'validation', 'test'] as const
export type Split = (typeof SPLITS)[number]

/** A pair with where it comes from, before it becomes part of a data set. */
export interface SourcePair extends Pair {
  /** For example `comparison`, `correction`, `ranking`, `file`. */
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

/** A row of a data set: a pair with its weight, its side of the split, and the way back to what it was made of. */
export interface DatasetRow extends Pair {
  /** Names the row: the same pair by the same author has the same key in every version. */
  key: string
  group: string
  weight: number
  split: Split
  source: string
  feedback: string[]
  traces: string[]
  time?: string
}
