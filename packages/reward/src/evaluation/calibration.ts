import { logisticLoss, sigmoid } from '../objective/logistic.ts'
import { clusteredShare } from './clustered-share.ts'

/** How far stated probabilities can be believed. All from held-out pairs. */
export interface Calibration {
  /** Mean squared error of the probability of the chosen output; 0.25 for a coin, 0 at best. */
  brier: number
  /** Mean −log probability of the chosen output; 0.693 for a coin, 0 at best. */
  logLoss: number
  /** Mean distance of confidence and accuracy over `bins`, weighted by pairs; 0 at best. */
  ece: number
  /** The reliability diagram: pairs by the probability given to the favoured output, in tenths from 0.5 to 1. Empty bins are left out. */
  bins: ReliabilityBin[]
}

export interface ReliabilityBin {
  low: number
  high: number
  pairs: number
  /** Mean probability given to the favoured output. */
  confidence: number
  /** Share of pairs where the favoured output was the chosen one, with an interval that keeps pairs of one prompt together. */
  accuracy: number
  accuracyLow?: number
  accuracyHigh?: number
}

const binWidth = 0.1

/**
 * Calibration of log-odds that the chosen output is preferred. Since every pair could be written either way round, reliability is taken on
 * the favoured output, whose probability is at least 0.5. The expected calibration error is that of Guo et al. (2017), Proceedings of ICML 70,
 * 1321–1330, with ten bins of equal width from 0 to 1; it is biased upwards for few pairs.
 *
 * @param weights How much each pair counts; its shares are those of judgments. @param groups Prompt of each pair, as numbers.
 */
export function calibrate(margins: Float64Array, weights: Float64Array, groups: Int32Array): Calibration {
  const rowsOf = Array.from({ length: Math.round(0.5 / binWidth) }, (): number[] => [])
  const hits = margins.map(hit)
  const confidence = margins.map((margin) => sigmoid(Math.abs(margin)))
  let [brier, logLoss, total] = [0, 0, 0]
  margins.forEach((margin, row) => {
    const weight = weights[row]!
    total += weight
    brier += weight * sigmoid(-margin) ** 2
    logLoss += weight * logisticLoss(margin)
    rowsOf[Math.min(rowsOf.length - 1, Math.floor((confidence[row]! - 0.5) / binWidth))]!.push(row)
  })
  let distance = 0
  const bins = rowsOf.flatMap((rows, index): ReliabilityBin[] => {
    const { accuracy, low, high } = clusteredShare(hits, weights, groups, rows)
    if (accuracy === null) return []
    const weight = rows.reduce((sum, row) => sum + weights[row]!, 0)
    const stated = rows.reduce((sum, row) => sum + weights[row]! * confidence[row]!, 0) / weight
    distance += weight * Math.abs(stated - accuracy)
    const edges = { low: 0.5 + index * binWidth, high: 0.5 + (index + 1) * binWidth }
    const interval = low === undefined || high === undefined ? {} : { accuracyLow: low, accuracyHigh: high }
    return [{ ...edges, pairs: rows.length, confidence: stated, accuracy, ...interval }]
  })
  return { brier: brier / total, logLoss: logLoss / total, ece: distance / total, bins }
}

/** Whether a margin favours the chosen output; none counts half. */
export function hit(margin: number): number {
  return margin > 0 ? 1 : margin === 0 ? 0.5 : 0
}
