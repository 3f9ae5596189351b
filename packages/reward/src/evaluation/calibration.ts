import { logisticLoss, sigmoid } from '../objective/logistic.ts'

/** How far stated probabilities can be believed. All from held-out pairs. */
export interface Calibration {
  /** Mean squared error of the probability of the chosen output; 0.25 for a coin, 0 at best. */
  brier: number
  /** Mean −log probability of the chosen output; 0.693 for a coin, 0 at best. */
  logLoss: number
  /** Mean distance of confidence and accuracy over `bins`, weighted by pairs; 0 at best. */
  ece: number
  /** The reliability diagram: pairs by the probability given to the favoured output, from 0.5 to 1. Empty bins are left out. */
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

const binCount = 10

/**
 * Calibration of log-odds that the chosen output is preferred. Since every pair could be written either way round, reliability is taken on
 * the favoured output. The expected calibration error depends on the number of bins (here ten of equal width) and is biased upwards for few pairs.
 */
export function calibrate(margins: Float64Array): Calibration {
  const bins = Array.from({ length: binCount }, (_, i) => ({
    low: 0.5 + i * 0.05,
    high: 0.55 + i * 0.05,
    pairs: 0,
    confidence: 0,
    accuracy: 0,
  }))
  let brier = 0
  let logLoss = 0
  for (const margin of margins) {
    const miss = sigmoid(-margin)
    brier += miss * miss
    logLoss += logisticLoss(margin)
    const confidence = Math.max(miss, 1 - miss)
    const bin = bins[Math.min(binCount - 1, Math.floor((confidence - 0.5) / 0.05))]!
    bin.pairs += 1
    bin.confidence += confidence
    bin.accuracy += margin > 0 ? 1 : margin === 0 ? 0.5 : 0
  }
  const n = margins.length
  const filled = bins
    .filter((bin) => bin.pairs > 0)
    .map((bin) => ({ ...bin, confidence: bin.confidence / bin.pairs, accuracy: bin.accuracy / bin.pairs }))
  const ece = filled.reduce((sum, bin) => sum + (bin.pairs / n) * Math.abs(bin.confidence - bin.accuracy), 0)
  return { brier: brier / n, logLoss: logLoss / n, ece, bins: filled }
}
