import { checkNumber, checkNumbers } from '../check.ts'
import { solveLinearSystem } from '../numeric/linear-system.ts'
import { answerRatio, type AccuracyLevels } from './answer-ratio.ts'

export interface CumulativeSumOptions extends AccuracyLevels {
  /** Evidence at which the alarm goes off, in natural log units, above 0; 3 by default. */
  limit?: number
}

export interface CumulativeSum {
  /** After each answer: the strongest evidence, over all possible moments of change, that the work became poor; at least 0. */
  path: Float64Array
  limit: number
  /** How many answers until the first alarm; null without one. */
  alarmAfter: number | null
  /** The answers after which the change probably came, where there is an alarm: the last time that the sum was 0. */
  changeAfter: number | null
}

/**
 * CUSUM chart of a rater's answers to gold items: notices quickly when good work turns poor, however long it was good.
 *
 * Misleads as a verdict on a rater's work as a whole (use `sequentialTest`), and without its false alarms: with the shares 0.9 and 0.7 and the
 * default limit, somebody who stays at 0.9 raises one every 239 answers on average; 0.7 is found after 17.
 *
 * | limit (0.9 against 0.7) | answers to a false alarm | to find 0.7 | to find 0.5 |
 * |---|---|---|---|
 * | 2 | 74 | 10 | 5 |
 * | 3 | 239 | 17 | 7 |
 * | 4 | 762 | 24 | 10 |
 * | 5 | 2,080 | 30 | 12 |
 *
 * @param scores One for each known answer, in the order given, in 0..1: 1 right, 0 wrong, in between partly right.
 * @param options.good, @param options.poor The two shares. @param options.limit 3 by default.
 * @returns The path and the first alarm; the sum goes on after it. An empty path for no answers.
 * @throws StatsError `range` for scores outside 0..1, shares outside (0, 1), `poor` not below `good`, or a limit of 0 or less.
 *
 * Source: Page (1954), Biometrika 41(1–2), doi:10.1093/biomet/41.1-2.100; for shares Reynolds & Stoumbos (1999), J. Quality Technology
 *   31(1), doi:10.1080/00224065.1999.11979900. O(N).
 *
 * @example
 * cumulativeSum([1, 0, 0, 0], { good: 0.9, poor: 0.7 }).alarmAfter // => 4
 */
export function cumulativeSum(scores: ArrayLike<number>, options: CumulativeSumOptions): CumulativeSum {
  const { limit = 3 } = options
  const { right, wrong } = answerRatio(options)
  checkNumber('limit', limit, Number.MIN_VALUE)
  checkNumbers('scores', scores, 0, 1)
  const path = new Float64Array(scores.length)
  let [sum, start] = [0, 0]
  let alarm: { alarmAfter: number; changeAfter: number } | null = null
  for (let i = 0; i < path.length; i += 1) {
    sum = Math.max(0, sum + scores[i]! * right + (1 - scores[i]!) * wrong)
    if (sum === 0) start = i + 1
    if (sum >= limit && alarm === null) alarm = { alarmAfter: i + 1, changeAfter: start }
    path[i] = sum
  }
  return { path, limit, ...(alarm ?? { alarmAfter: null, changeAfter: null }) }
}

/** How finely the sum is cut for run lengths. */
const STEPS = 400

/**
 * Average run length of `cumulativeSum`: how many answers until an alarm, starting from 0, for a constant share of right answers. At
 * `good` it is the time to a false alarm, which should be long.
 *
 * @param accuracy Share of right answers, in 0..1. @param options As `cumulativeSum`.
 * @returns Answers, at least 1; null where an alarm never comes (accuracy 1) or takes more than 10¹² answers.
 * @throws StatsError as `cumulativeSum`, and `range` for an accuracy outside 0..1.
 *
 * Source: Brook & Evans (1972), Biometrika 59(3), doi:10.1093/biomet/59.3.539 (Markov chain), with 400 steps between which a sum is shared;
 *   within 2 % of simulation.
 *
 * @example
 * cumulativeSumRunLength(0, { good: 0.9, poor: 0.7 }) // => 3
 */
export function cumulativeSumRunLength(accuracy: number, options: CumulativeSumOptions): number | null {
  const { limit = 3 } = options
  const { right, wrong } = answerRatio(options)
  checkNumber('limit', limit, Number.MIN_VALUE)
  checkNumber('accuracy', accuracy, 0, 1)
  return averageRunLength(STEPS, 0, (step, share) => {
    const at = (step * limit) / STEPS
    share(accuracy, (Math.max(0, at + right) * STEPS) / limit)
    if (at + wrong < limit) share(1 - accuracy, ((at + wrong) * STEPS) / limit)
  })
}

/**
 * The mean number of moves until a walk on positions 0..steps−1 leaves them, from position `start`. `moves` shares the chance of each move
 * out to where it leads, as a position between two steps; what it does not share leaves.
 */
export function averageRunLength(
  steps: number,
  start: number,
  moves: (step: number, share: (chance: number, position: number) => void) => void,
): number | null {
  const matrix = new Float64Array(steps * steps)
  for (let i = 0; i < steps; i += 1) {
    matrix[i * steps + i]! += 1
    moves(i, (chance, position) => {
      const below = Math.min(steps - 1, Math.floor(position))
      const above = Math.min(steps - 1, below + 1)
      const part = Math.min(1, position - below)
      matrix[i * steps + below]! -= chance * (1 - part)
      matrix[i * steps + above]! -= chance * part
    })
  }
  const length = solveLinearSystem(matrix, new Float64Array(steps).fill(1))?.[start]
  return length !== undefined && length >= 1 && length < 1e12 ? length : null
}
