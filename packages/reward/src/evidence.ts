/** A judgment of one output by itself. It trains a model beside comparisons, but a model is judged on comparisons alone. */
export interface Judgment {
  /** The input as plain text. */
  prompt: string
  output: string
  /** The level given, from 0 to `levels` − 1, where more is better. A thumb has two levels. */
  level: number
  /** At least 2. */
  levels: number
  group?: string | undefined
  author?: string | undefined
  /** What kind of feedback it is; `rating`, or `thumb` where there are two levels, by default. */
  source?: string | undefined
  /** How much it counts, at least 0; 1 by default. */
  weight?: number | undefined
}
