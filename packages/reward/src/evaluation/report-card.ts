import type { Known } from '@plaudit/stats'
import type { Pair } from '../pair.ts'
import type { Cleaning } from '../training/clean-pairs.ts'
import type { BestOfN } from './best-of-n.ts'
import { calibrate, type Calibration, hit } from './calibration.ts'
import { clusteredShare, knownDifference, knownShare, type Share } from './clustered-share.ts'
import { humanCeiling } from './human-ceiling.ts'
import type { Leakage } from './leakage.ts'
import { learningCurve, type LearningCurve, type LearningPart } from './learning-curve.ts'
import { type Stratum, strataOf } from './stratum.ts'
import { type Difference, type TieScore, tieScore } from './tie-score.ts'
import { verdictOf } from './verdict.ts'

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
  /** Accuracy of the same model with its length traits left out at scoring; null where they cannot be. */
  lengthControlled: Known | null
  /** Pairs whose outputs differ in length by at most a tenth. */
  lengthMatched: Share
  shorterPreferred: Share
  longerPreferred: Share
  calibration: Calibration
  /** Correlation, through the origin, of differences in reward with differences in log length; null without any difference. */
  lengthCorrelation: number | null
  /** Accuracy apart for every property that the pairs carry. */
  strata: Stratum[]
  /** Whether tied pairs lie closer together; null without ties. */
  ties: TieScore | null
  /** How often one person agrees with another on the same pair; null when nobody judged what another had. */
  ceiling: Share | null
  /** What choosing the best of n outputs brings; null when no prompt has three outputs that were all compared. */
  bestOfN: BestOfN | null
  learning: LearningCurve | null
  removed: Cleaning
  /** Prompts of these pairs that the model was trained on: where this is not zero, the figures flatter. */
  leakedPrompts: number
  leakage: Leakage
  verdict: string
  warnings: string[]
}

/** Held-out results for pairs, one entry per pair. */
export interface HeldOut {
  pairs: readonly Pair[]
  /** Log-odds that the chosen output is preferred. */
  margin: Float64Array
  /** The same by length alone. */
  lengthMargin: Float64Array
  /** The same without the length traits; null for a model whose traits cannot be told apart. */
  controlledMargin: Float64Array | null
  /** Log length of the chosen output minus that of the rejected one. */
  lengthDifference: Float64Array
  groups: Int32Array
  removed: Cleaning
  kind: ReportCard['kind']
  folds: number | null
  seed: number | null
  leakage: Leakage
  /** All judgments as they came, ties and copies too: what people agree on is read from them. */
  judged: readonly Pair[]
  /** |difference in reward| of tied pairs. */
  ties?: readonly Difference[]
  bestOfN?: BestOfN | null
  /** Margins of models trained on part of the rows, from small to large, without the one trained on all. */
  learning?: readonly LearningPart[]
  /** Rows that a model of all folds but one was trained on, for the learning curve's last point, and what they are. */
  trainedOn?: number
  trainingUnit?: LearningCurve['unit']
}

/** The report card of held-out results. */
export function reportCard(held: HeldOut): ReportCard {
  const { pairs, margin, lengthMargin, controlledMargin, lengthDifference, groups, removed, kind, folds, seed, leakage } = held
  const weights = Float64Array.from(pairs, ({ weight }) => weight ?? 1)
  const hits = margin.map(hit)
  const lengthHits = lengthMargin.map(hit)
  const where = (keep: (difference: number) => boolean): Share =>
    clusteredShare(
      hits,
      weights,
      groups,
      [...margin.keys()].filter((row) => keep(lengthDifference[row]!)),
    )
  const decided = [...margin].map((value, row) => ({ size: Math.abs(value), group: pairs[row]!.group ?? pairs[row]!.prompt }))
  const parts = [...(held.learning ?? []), { trainedOn: held.trainedOn ?? pairs.length, margin }]
  const figures = {
    kind,
    folds,
    seed,
    pairs: margin.length,
    judgments: weights.reduce((sum, weight) => sum + weight, 0),
    prompts: new Set(groups).size,
    accuracy: knownShare(hits, weights, groups),
    lengthOnly: knownShare(lengthHits, weights, groups),
    advantage: knownDifference(hits, lengthHits, weights, groups),
    lengthControlled: controlledMargin && knownShare(controlledMargin.map(hit), weights, groups),
    lengthMatched: where((d) => Math.abs(d) <= Math.log(1.1)),
    shorterPreferred: where((d) => d < 0),
    longerPreferred: where((d) => d > 0),
    calibration: calibrate(margin, weights, groups),
    lengthCorrelation: correlationThroughOrigin(margin, lengthDifference),
    strata: strataOf({ pairs, hits, lengthHits, weights, groups }),
    ties: tieScore(held.ties ?? [], decided),
    ceiling: humanCeiling(held.judged),
    bestOfN: held.bestOfN ?? null,
    learning: learningCurve(parts, weights, groups, held.trainingUnit),
    removed,
    leakedPrompts: leakage.prompts,
    leakage,
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
