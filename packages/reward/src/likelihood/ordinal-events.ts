/**
 * Feedback of every kind as answers on ordered scales. An answer says that a logistic variable around t = β·(w·x) + s lies between two cut
 * points of its scale; x is the difference of two outputs or one output, β the author's reliability, s the author's leniency.
 *
 * | kind | scale | answer |
 * |---|---|---|
 * | comparison, correction, ranking | symmetric around 0; ties in the middle, strengths outside | from −strength to strength |
 * | rating | as many levels as the rubric has | the level |
 * | thumb | two levels, apart by a cut point of its own | down or up |
 */
export interface OrdinalEvents {
  scales: readonly OrdinalScale[]
  authors: readonly EventAuthor[]
  /** The scale of each event, its level on it from 0, and its author, as numbers. */
  scale: Int32Array
  level: Int32Array
  author: Int32Array
}

export interface OrdinalScale {
  /** At least 2. */
  levels: number
  /** Both sides can be swapped, so that the cut points are symmetric around 0; with 2 levels the one cut point is 0. */
  symmetric: boolean
}

export interface EventAuthor {
  /** What kind of feedback it is, or by which model. */
  source: string
  /** Who gave it; null for all who are not named. */
  author: string | null
}

/** What is estimated beside the weights. */
export interface Nuisance {
  /** Ascending cut points of each scale, one fewer than its levels. */
  cuts: Float64Array[]
  /** Each author's reliability: 1 as usual, 0 says nothing, below 0 says the opposite. */
  reliability: Float64Array
  /** Each author's leniency on scales that are not symmetric. */
  leniency: Float64Array
}

/** The beginning: cut points a unit apart, everybody reliable and neither lenient nor severe. */
export function startNuisance({ scales, authors }: OrdinalEvents): Nuisance {
  return {
    cuts: scales.map(({ levels }) => Float64Array.from({ length: levels - 1 }, (_, k) => k - (levels - 2) / 2)),
    reliability: new Float64Array(authors.length).fill(1),
    leniency: new Float64Array(authors.length),
  }
}

/** The interval of an event: both ends, infinite where it is open. */
export function intervalOf(events: OrdinalEvents, { cuts }: Pick<Nuisance, 'cuts'>, event: number): { low: number; high: number } {
  const ofScale = cuts[events.scale[event]!]!
  const level = events.level[event]!
  return { low: level === 0 ? -Infinity : ofScale[level - 1]!, high: level === ofScale.length ? Infinity : ofScale[level]! }
}

/** Whether nothing but the weights is to be estimated: everybody's answers are wins, and all by authors of one kind. */
export function isPlain({ scales, authors }: OrdinalEvents): boolean {
  return authors.length <= 1 && scales.every(({ levels, symmetric }) => symmetric && levels === 2)
}
