import { checkNumber } from '../check.ts'
import { answerRatio } from './answer-ratio.ts'
import { sequentialTest, type SequentialTestOptions } from './sequential-test.ts'

/**
 * What to expect of `sequentialTest`: the chance that it calls work with this share of right answers good, and how many answers it takes on
 * average. Exact, by following the distribution of the evidence until all but one in 10¹⁰ of the tests have ended.
 *
 * Misleads when answers are not independent, as when hard gold items come in a row.
 *
 * @param accuracy Share of right answers, in 0..1. @param options As `sequentialTest`.
 * @returns `good`, a chance in 0..1, and `answers`, the average sample number.
 * @throws StatsError as `sequentialTest`, and `range` for an accuracy outside 0..1.
 *
 * Source: Wald (1947), Sequential Analysis, §3.4 and 3.5 (operating characteristic and average sample number); computed directly as Aroian
 *   (1968), Technometrics 10(1), doi:10.1080/00401706.1968.10490541. O(n) per answer for tests of up to n answers. Checked by simulation.
 *
 * @example
 * sequentialTestPower(0, { good: 0.9, poor: 0.5 }) // => { good: 0, answers: 3 }
 */
export function sequentialTestPower(accuracy: number, options: SequentialTestOptions): { good: number; answers: number } {
  checkNumber('accuracy', accuracy, 0, 1)
  const { upper, lower } = sequentialTest([], options)
  const { right, wrong } = answerRatio(options)
  /** The chance that the test goes on, by the number of wrong answers so far: all that the evidence depends on. */
  let running = new Map<number, number>([[0, 1]])
  let [good, answers, open] = [0, 0, 1]
  for (let n = 1; open > 1e-10; n += 1) {
    answers += open
    const next = new Map<number, number>()
    open = 0
    for (const [before, chance] of running) {
      for (const more of [0, 1]) {
        const mass = chance * (more === 0 ? accuracy : 1 - accuracy)
        const wrongs = before + more
        const logRatio = (n - wrongs) * right + wrongs * wrong
        if (mass === 0 || logRatio >= upper) continue
        if (logRatio <= lower) good += mass
        else {
          next.set(wrongs, (next.get(wrongs) ?? 0) + mass)
          open += mass
        }
      }
    }
    running = next
  }
  return { good, answers }
}
