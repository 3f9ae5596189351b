import { checkFraction, checkNumber } from '../check.ts'
import { wilsonInterval, type ProportionDetails } from '../inference/wilson-interval.ts'
import type { Estimate } from '../result.ts'

export interface GoldAnswer {
  rater: string
  /** 1 right, 0 wrong; between them for an answer that is right in part. */
  score: number
}

export interface GoldAccuracy {
  rater: string
  accuracy: Estimate<ProportionDetails>
  /** Against the pass mark: by the interval, so that a few answers settle nothing. */
  verdict: 'passes' | 'fails' | 'undecided'
}

/**
 * Each rater's share of right answers to gold items, in 0..1, larger is better, judged by what is certain about it.
 *
 * Misleads when gold items are easier than the rest, when the gold itself is wrong (leave challenged items out until they are settled), or
 * when the share of some last answers is looked at over and over: `sequentialTest` is made for that.
 *
 * @param answers Answers in any order.
 * @param options.passMark Share of right answers that is asked for, in 0..1; 0.8 by default.
 * @param options.confidence 0.95 by default.
 * @returns One entry per rater in order of appearance, with Wilson's interval. `passes` where all of it lies at the mark or above, `fails`
 *   where all of it lies below, else `undecided`. Empty for no answers.
 * @throws StatsError `range` for a score or mark outside 0..1, or a confidence outside (0, 1).
 *
 * Source: as `wilsonInterval`. O(N).
 *
 * @example
 * goldAccuracy([{ rater: 'a', score: 1 }, { rater: 'a', score: 0 }])[0].verdict // => 'undecided'
 */
export function goldAccuracy(answers: Iterable<GoldAnswer>, options: { passMark?: number; confidence?: number } = {}): GoldAccuracy[] {
  const { passMark = 0.8, confidence = 0.95 } = options
  checkNumber('passMark', passMark, 0, 1)
  checkFraction('confidence', confidence)
  const tallies = new Map<string, { right: number; n: number }>()
  let row = 0
  for (const { rater, score } of answers) {
    checkNumber(`answers[${row}].score`, score, 0, 1)
    row += 1
    const tally = tallies.get(rater) ?? { right: 0, n: 0 }
    tallies.set(rater, tally)
    tally.right += score
    tally.n += 1
  }
  return Array.from(tallies, ([rater, { right, n }]) => {
    const accuracy = wilsonInterval(right, n, confidence)
    const { low = 0, high = 1 } = accuracy.estimate === null ? {} : accuracy
    return { rater, accuracy, verdict: low >= passMark ? 'passes' : high < passMark ? 'fails' : 'undecided' }
  })
}
