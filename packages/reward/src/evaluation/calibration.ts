import { logisticLoss, sigmoid } from '../objective/logistic.ts'

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
  /** Share of pairs where the favoured output was the chosen one. */
  accuracy: number
}

const binWidth = 0.1

/**
 * Calibration of log-odds that the chosen output is preferred. Since every pair could be written either way round, reliability is taken on
 * the favoured output, whose probability is at least 0.5. The expected calibration error is that of Guo et al. (2017), Proceedings of ICML 70,
 * 1321–1330, with ten bins of equal width from 0 to 1; it is biased upwards for few pairs.
 *
 * @param weights How much each pair counts; its shares are those of judgments.
 */
export function calibrate(margins: Float64Array, weights: Float64Array): Calibration {
  const bins = Array.from({ length: Math.round(0.5 / binWidth) }, (_, i) => ({
    low: 0.5 + i * binWidth,
    high: 0.5 + (i + 1) * binWidth,
    pairs: 0,
    weight: 0,
    confidence: 0,
    accuracy: 0,
  }))
  let brier = 0
  let logLoss = 0
  let total = 0
  margins.forEach((margin, i) => {
    const weight = weights[i]!
    const miss = sigmoid(-margin)
    total += weight
    brier += weight * miss * miss
    logLoss += weight * logisticLoss(margin)
    const confidence = Math.max(miss, 1 - miss)
    const bin = bins[Math.min(bins.length - 1, Math.floor((confidence - 0.5) / binWidth))]!
    bin.pairs += 1
    bin.weight += weight
    bin.confidence += weight * confidence
    bin.accuracy += weight * hit(margin)
  })
  const filled = bins.filter((bin) => bin.pairs > 0)
  const ece = filled.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.accuracy) / total, 0)
  return {
    brier: brier / total,
    logLoss: logLoss / total,
    ece,
    bins: filled.map(({ low, high, pairs, weight, confidence, accuracy }) => ({
      low,
      high,
      pairs,
      confidence: confidence / weight,
      accuracy: accuracy / weight,
    })),
  }
}

/** Whether a margin favours the chosen output; none counts half. */
export function hit(margin: number): number {
  return margin > 0 ? 1 : margin === 0 ? 0.5 : 0
}
