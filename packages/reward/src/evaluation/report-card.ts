import { bootstrapSums, type Known } from '@plaudit/stats'
import type { Cleaning } from '../training/clean-pairs.ts'
import { calibrate, type Calibration, hit } from './calibration.ts'
import { verdictOf } from './verdict.ts'

/** Accuracy on part of the pairs; null where there are none. */
export interface PartialAccuracy {
  pairs: number
  accuracy: number | null
}

/** What is known of a reward model's quality, always on pairs whose prompts it was not trained on. */
export interface ReportCard {
  /** `cross-validated`: each prompt judged by a model that never saw it. `held-out`: one finished model on other pairs. */
  kind: 'cross-validated' | 'held-out'
  folds: number | null
  seed: number | null
  pairs: number
  /** What the pairs count together: their number, unless they have weights or stand for several judgments. */
  judgments: number
  prompts: number
  /** Share of pairs where the chosen output gets the higher reward; equal rewards count half. The interval keeps pairs of one prompt together. */
  accuracy: Known
  /** The same for a model that knows only how long the outputs are. */
  lengthOnly: Known
  /** `accuracy` minus `lengthOnly`. */
  advantage: Known
  /** Accuracy of the same model with its length traits left out at scoring. */
  lengthControlled: Known
  /** Pairs whose outputs differ in length by at most a tenth. */
  lengthMatched: PartialAccuracy
  shorterPreferred: PartialAccuracy
  longerPreferred: PartialAccuracy
  calibration: Calibration
  /** Correlation, through the origin, of differences in reward with differences in log length; null without any difference. */
  lengthCorrelation: number | null
  removed: Cleaning
  /** Prompts of these pairs that the model was trained on: where this is not zero, the figures flatter. */
  leakedPrompts: number
  verdict: string
  warnings: string[]
}

/** Held-out results for pairs, one entry per pair. */
export interface HeldOut {
  /** Log-odds that the chosen output is preferred. */
  margin: Float64Array
  /** The same by length alone. */
  lengthMargin: Float64Array
  /** The same without the length traits. */
  controlledMargin: Float64Array
  /** How much each pair counts. */
  weight: Float64Array
  /** Log length of the chosen output minus that of the rejected one. */
  lengthDifference: Float64Array
  groups: Int32Array
  removed: Cleaning
  kind: ReportCard['kind']
  folds: number | null
  seed: number | null
  leakedPrompts: number
}

const confidence = 0.95

/** The report card of held-out results. */
export function reportCard(held: HeldOut): ReportCard {
  const { margin, lengthMargin, controlledMargin, weight, lengthDifference, groups, removed, kind, folds, seed, leakedPrompts } = held
  const prompts = groups.reduce((most, group) => Math.max(most, group + 1), 0)
  // Sums over each prompt: weight, and weight where the model, length alone and the model without length are right.
  const width = 4
  const sums = new Float64Array(width * prompts)
  margin.forEach((value, i) => {
    const at = width * groups[i]!
    const counts = weight[i]!
    sums[at]! += counts
    sums[at + 1]! += counts * hit(value)
    sums[at + 2]! += counts * hit(lengthMargin[i]!)
    sums[at + 3]! += counts * hit(controlledMargin[i]!)
  })
  const totals = new Float64Array(width)
  sums.forEach((value, i) => (totals[i % width]! += value))
  const share = (statistic: (totals: Float64Array) => number): Known => ({
    estimate: statistic(totals),
    ...bootstrapSums(sums, width, 'prompts', statistic, { confidence }),
  })
  const where = (keep: (difference: number) => boolean): PartialAccuracy => {
    const rows = [...margin.keys()].filter((i) => keep(lengthDifference[i]!))
    const total = rows.reduce((sum, i) => sum + weight[i]!, 0)
    const hits = rows.reduce((sum, i) => sum + weight[i]! * hit(margin[i]!), 0)
    return { pairs: rows.length, accuracy: rows.length > 0 ? hits / total : null }
  }
  const figures = {
    kind,
    folds,
    seed,
    pairs: margin.length,
    judgments: totals[0]!,
    prompts,
    accuracy: share((t) => t[1]! / t[0]!),
    lengthOnly: share((t) => t[2]! / t[0]!),
    advantage: share((t) => (t[1]! - t[2]!) / t[0]!),
    lengthControlled: share((t) => t[3]! / t[0]!),
    lengthMatched: where((d) => Math.abs(d) <= Math.log(1.1)),
    shorterPreferred: where((d) => d < 0),
    longerPreferred: where((d) => d > 0),
    calibration: calibrate(margin, weight),
    lengthCorrelation: correlationThroughOrigin(margin, lengthDifference),
    removed,
    leakedPrompts,
  }
  return { ...figures, ...verdictOf(figures) }
}

function correlationThroughOrigin(x: Float64Array, y: Float64Array): number | null {
  let [xx, yy, xy] = [0, 0, 0]
  for (let i = 0; i < x.length; i += 1) {
    xx += x[i]! * x[i]!
    yy += y[i]! * y[i]!
    xy += x[i]! * y[i]!
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : null
}
