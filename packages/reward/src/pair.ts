/** One comparison: of two outputs for the same input, `chosen` is the one that the author preferred. */
export interface Pair {
  /** The input as plain text; the messages of a conversation follow each other. */
  prompt: string
  chosen: string
  rejected: string
  /** Pairs of one group never fall on both sides of a split. The opening user turn by default, else the prompt. */
  group?: string | undefined
  /** The author saw no difference; `chosen` and `rejected` are then in no order. */
  tie?: boolean | undefined
  /** How much the pair counts, at least 0; 1 by default. */
  weight?: number | undefined
  /** How much better the chosen output is, from 1 (somewhat) up, on the scale of the whole data set; 1 by default. */
  strength?: number | undefined
  /**
   * What kind of feedback it is, for example `correction`, or `model` for the verdicts of models, which train but never judge a model; a
   * comparison by people by default.
   */
  source?: string | undefined
  /** Who judged. Two judgments of the same outputs by different authors both count, and tell how far people agree. */
  author?: string | undefined
  /** What else is known of the pair (document type, scenario, language, source), by which its accuracy is told apart. */
  strata?: Readonly<Record<string, string>> | undefined
}

/** An output to be scored, with the input that led to it. */
export interface ScoreItem {
  input: string
  output: string
}
