import { clusteredShare, knownDifference, type Share } from './clustered-share.ts'
import { hit } from './calibration.ts'

/** Accuracy on the same held-out pairs of models trained on part of what there is to train on. */
export interface LearningCurve {
  /** What was counted: pairs, or judgments where ratings and thumbs trained too. */
  unit: 'pairs' | 'judgments'
  points: (Share & { trainedOn: number })[]
  /** Accuracy with all of it minus that with half of them, with its interval. */
  lastDoubling: { estimate: number; low?: number; high?: number }
  sentence: string
}

/** One part of the training rows: how many it had, and the held-out margins. */
export interface LearningPart {
  trainedOn: number
  margin: Float64Array
}

/** @param parts From small to large; the last one has all training rows, the one before half of them. Null with fewer than two. */
export function learningCurve(
  parts: readonly LearningPart[],
  weights: Float64Array,
  groups: Int32Array,
  unit: LearningCurve['unit'] = 'pairs',
): LearningCurve | null {
  const [half, all] = parts.slice(-2)
  if (half === undefined || all === undefined) return null
  const hits = parts.map(({ margin }) => margin.map(hit))
  const rows = [...all.margin.keys()]
  const { estimate, low, high } = knownDifference(hits.at(-1)!, hits.at(-2)!, weights, groups)
  const points = parts.map(({ trainedOn }, i) => ({ trainedOn, ...clusteredShare(hits[i]!, weights, groups, rows) }))
  const gain = `${estimate < 0 ? '−' : ''}${Math.abs(100 * estimate).toFixed(1)} points`
  let sentence = `The last doubling of ${unit} changed accuracy by ${gain}, within noise: more of the same may not help much.`
  if (low === undefined || high === undefined) sentence = `Too few prompts to say whether more ${unit} would help.`
  else if (low > 0) sentence = `The last doubling of ${unit} brought ${gain}: more ${unit} are likely to help.`
  else if (high < 0) sentence = `The last doubling of ${unit} cost ${gain}: look for ${unit} that contradict the others.`
  return { unit, points, lastDoubling: { estimate, ...(low !== undefined && high !== undefined ? { low, high } : {}) }, sentence }
}

/** The parts that every fold trained on, put together over the folds. */
export function joinLearning(folds: readonly { rows: Int32Array; learning: readonly LearningPart[] }[], pairs: number): LearningPart[] {
  const parts = Math.min(...folds.map(({ learning }) => learning.length))
  return Array.from({ length: parts }, (_, i) => {
    const margin = new Float64Array(pairs)
    // The largest parts are those that all folds have.
    const ofFolds = folds.map(({ learning }) => learning[learning.length - parts + i]!)
    folds.forEach(({ rows }, fold) => rows.forEach((row, at) => (margin[row] = ofFolds[fold]!.margin[at]!)))
    return { trainedOn: meanOf(ofFolds.map(({ trainedOn }) => trainedOn)), margin }
  })
}

/** Rounded mean. */
export function meanOf(counts: readonly number[]): number {
  return Math.round(counts.reduce((sum, n) => sum + n, 0) / counts.length)
}
