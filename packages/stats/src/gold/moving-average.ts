import { checkFraction, checkNumber, checkNumbers } from '../check.ts'
import { averageRunLength } from './cumulative-sum.ts'

export interface MovingAverageOptions {
  /** Share of right answers of somebody whose work is good, in (0, 1); 0.9 by default. */
  good?: number
  /** Weight of the latest answer, in (0, 1); 0.1 by default, an average over about the last 20. */
  weight?: number
  /** How many standard deviations below what is expected the alarm goes off; 3 by default. */
  width?: number
}

export interface MovingAverage {
  /** The weighted average after each answer, in 0..1; it starts from `good`. */
  path: Float64Array
  /** An average below it raises the alarm. */
  limit: number
  /** How many answers until the first alarm; null without one. */
  alarmAfter: number | null
}

/**
 * EWMA chart of a rater's answers to gold items: a moving average that can be shown as "accuracy of late", with a limit below which it is
 * not chance any more.
 *
 * Misleads when read as the accuracy itself: it is an average of few answers. It finds slow decline a little later than `cumulativeSum`. At 0.9
 * somebody who stays there raises an alarm every 345 answers on average; 0.7 is found after 17.
 *
 * | weight | width | answers to a false alarm at 0.9 | to find 0.7 | to find 0.5 |
 * |---|---|---|---|---|
 * | 0.05 | 2.5 | 363 | 17 | 8 |
 * | 0.1 | 2.5 | 169 | 13 | 6 |
 * | 0.1 | 3 | 345 | 17 | 7 |
 * | 0.2 | 3 | 161 | 13 | 6 |
 *
 * @param scores One for each known answer, in the order given, in 0..1: 1 right, 0 wrong, in between partly right.
 * @param options.good 0.9, @param options.weight 0.1, @param options.width 3, by default.
 * @returns The path and the first alarm. The limit is good − width·√(good·(1 − good)·weight/(2 − weight)), that of a long
 *   series; a limit below 0 is never reached. An empty path for no answers.
 * @throws StatsError `range` for scores outside 0..1, a share or weight outside (0, 1), or a negative width.
 *
 * Source: Roberts (1959), Technometrics 1(3), doi:10.1080/00401706.1959.10489860; Lucas & Saccucci (1990), ibid. 32(1),
 *   doi:10.1080/00401706.1990.10484583. O(N).
 *
 * @example
 * movingAverage([1, 0], { weight: 0.5 }).path // => Float64Array.of(0.95, 0.475)
 */
export function movingAverage(scores: ArrayLike<number>, options: MovingAverageOptions = {}): MovingAverage {
  const { good, weight, limit } = readChart(options)
  checkNumbers('scores', scores, 0, 1)
  const path = new Float64Array(scores.length)
  let average = good
  let alarmAfter: number | null = null
  for (let i = 0; i < path.length; i += 1) {
    average = (1 - weight) * average + weight * scores[i]!
    if (average < limit && alarmAfter === null) alarmAfter = i + 1
    path[i] = average
  }
  return { path, limit, alarmAfter }
}

const STEPS = 400

/**
 * Average run length of `movingAverage`: how many answers until an alarm, starting from `good`, for a constant share of right answers.
 *
 * @param accuracy Share of right answers, in 0..1. @param options As `movingAverage`.
 * @returns Answers, at least 1; null where an alarm never comes or takes more than 10¹² answers.
 * @throws StatsError as `movingAverage`, and `range` for an accuracy outside 0..1.
 *
 * Source: Brook & Evans (1972), Biometrika 59(3), doi:10.1093/biomet/59.3.539 (Markov chain), with 400 steps; within 2 % of simulation.
 *
 * @example
 * movingAverageRunLength(1) // => null
 */
export function movingAverageRunLength(accuracy: number, options: MovingAverageOptions = {}): number | null {
  const { good, weight, limit } = readChart(options)
  checkNumber('accuracy', accuracy, 0, 1)
  // Positions run from the limit up to 1. An average exactly at the limit stays.
  const floor = Math.max(0, limit)
  const scale = (STEPS - 1) / (1 - floor)
  const start = Math.round((good - floor) * scale)
  return averageRunLength(STEPS, start, (step, share) => {
    const kept = (1 - weight) * (floor + step / scale)
    share(accuracy, (kept + weight - floor) * scale)
    if (kept >= limit) share(1 - accuracy, (kept - floor) * scale)
  })
}

function readChart({ good = 0.9, weight = 0.1, width = 3 }: MovingAverageOptions) {
  checkFraction('good', good)
  checkFraction('weight', weight)
  checkNumber('width', width, 0)
  return { good, weight, limit: good - width * Math.sqrt((good * (1 - good) * weight) / (2 - weight)) }
}
