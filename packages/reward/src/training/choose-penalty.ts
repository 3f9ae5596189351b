import { logisticLoss } from '../objective/logistic.ts'
import { fitSlope } from './fit-slope.ts'
import { fitTwoSlopes } from './fit-two-slopes.ts'
import type { Job, PathResult } from './job.ts'
import { dealFolds } from './fold.ts'
import type { TrainingSet } from './training-set.ts'

/** Penalties tried, from strong to weak so that each solution starts the next. */
export const PENALTIES: readonly number[] = [640, 160, 80, 40, 20, 10, 5, 2.5, 1.25, 0.6]

/** Below this many prompts there are more folds. */
const FEW_PROMPTS = 50

/** What is chosen on prompts held out of the training rows. */
export interface Choice {
  penalty: number
  /** Factor that makes held-out margins of this penalty into calibrated log-odds. */
  temperature: number
  /** What the length of an output counts beside its words and traits, where held-out prompts show that it does; else 0. */
  lengthBoost: number
  /** Held-out log-loss of each penalty tried. */
  tried: { penalty: number; logLoss: number }[]
}

/** Taken where a single prompt leaves nothing to choose by. */
const DEFAULT_CHOICE: Choice = { penalty: 2.5, temperature: 1, lengthBoost: 0, tried: [] }
/** A model that says less than this of held-out pairs still keeps its order. */
const LEAST_TEMPERATURE = 0.05
/** Length counts by itself if that makes the held-out pairs so many times more likely, as a logarithm. */
const CLEAR_GAIN = 4

/** The jobs whose results `choose` needs: a path of penalties for each part of the rows, held out in turn. */
export function pathJobs(set: TrainingSet, rows: Int32Array, folds: number, seed: number): Extract<Job, { task: 'path' }>[] {
  const judged = rows.filter((row) => row < set.judged)
  // With few prompts, each fold leaves out much of what there is to learn from: more of them are then affordable, and steadier.
  const prompts = new Set(judged.map((row) => set.groups[row]!)).size
  const parts = prompts < FEW_PROMPTS ? Math.min(prompts, 3 * folds) : folds
  const dealt = dealFolds(set.groups, rows, parts, seed)
  return Array.from({ length: parts }, (_, fold) => ({
    task: 'path' as const,
    inside: rows.filter((row) => dealt[row] !== fold),
    held: judged.filter((row) => dealt[row] === fold),
    seed,
  })).filter(({ inside, held }) => held.length > 0 && inside.length > 0)
}

/** Chooses the penalty with the least log-loss on held-out pairs, and how margins become log-odds. */
export function choose(set: TrainingSet, jobs: readonly Extract<Job, { task: 'path' }>[], paths: readonly PathResult[]): Choice {
  if (jobs.length === 0) return DEFAULT_CHOICE
  const weights = joined(jobs.map(({ held }) => Float64Array.from(held, (row) => set.weight[row]!)))
  const length = joined(paths.map((path) => path.length))
  const total = weights.reduce((sum, c) => sum + c, 0)
  let best = { ...DEFAULT_CHOICE, loss: Infinity }
  const tried = PENALTIES.map((penalty, index) => {
    const margins = joined(paths.map((path) => path.margins[index]!))
    const temperature = Math.max(LEAST_TEMPERATURE, fitSlope(margins, weights))
    let calibration = { temperature, lengthBoost: 0, loss: lossOf(margins, length, weights, temperature, 0) }
    const both = calibrate(margins, length, weights)
    const lossOfBoth = lossOf(margins, length, weights, both.temperature, both.lengthBoost)
    if (calibration.loss - lossOfBoth > CLEAR_GAIN) calibration = { ...both, loss: lossOfBoth }
    if (calibration.loss < best.loss) best = { ...best, ...calibration, penalty }
    return { penalty, logLoss: calibration.loss / total }
  })
  return { penalty: best.penalty, temperature: best.temperature, lengthBoost: best.lengthBoost, tried }
}

function lossOf(margins: Float64Array, length: Float64Array, weights: Float64Array, temperature: number, boost: number): number {
  return margins.reduce((sum, margin, i) => sum + weights[i]! * logisticLoss(temperature * margin + boost * length[i]!), 0)
}

/** The slopes of margin and length that together make held-out pairs most likely. */
function calibrate(margins: Float64Array, length: Float64Array, weights: Float64Array) {
  const [temperature, lengthBoost] = fitTwoSlopes(margins, length, weights)
  if (temperature >= LEAST_TEMPERATURE) return { temperature, lengthBoost }
  const offset = margins.map((margin) => LEAST_TEMPERATURE * margin)
  return { temperature: LEAST_TEMPERATURE, lengthBoost: fitSlope(length, weights, offset) }
}

/** Arrays one after the other. */
function joined(arrays: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const array of arrays) {
    all.set(array, at)
    at += array.length
  }
  return all
}
