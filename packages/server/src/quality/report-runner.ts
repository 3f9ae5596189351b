import type { ReportProgress } from '@plaudit/protocol'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { keptResults } from '../jobs/kept-result.ts'

/** Tells how far a report is, and gives way to other requests between its steps. */
export type Step = (name: string, done: number, total: number) => Promise<void>

type Making = { madeAt: number; isDone: boolean; progress: ReportProgress['progress'] }

const beginning: ReportProgress['progress'] = { done: 0, total: 1, step: 'reading judgments' }
/** Reports kept. */
const MOST_KEPT = 200
/** A request waits this long for a report before it answers how far it is. */
const PATIENCE_MS = 8_000

/** Keeps each report, and tells the progress to a request that would wait too long. The key names everything that the result depends on. */
export function reportRunner(clock: () => Date) {
  const kept = keptResults<object>(MOST_KEPT)
  const makings = new WeakMap<Promise<object>, Making>()

  /** @param freshMs how long a finished report stands; left out, for as long as it is kept. */
  async function run<T extends object>(
    key: string,
    make: (step: Step) => Promise<T>,
    freshMs = Number.POSITIVE_INFINITY,
  ): Promise<T | ReportProgress> {
    const begin = () => {
      const making: Making = { madeAt: clock().getTime(), isDone: false, progress: beginning }
      const result = make(async (step, done, total) => {
        making.progress = { done, total, step }
        await nextTurn()
      }).finally(() => (making.isDone = true))
      makings.set(result, making)
      return result
    }
    const result = kept.get(key, begin, (found) => {
      const making = makings.get(found)
      return making === undefined || !making.isDone || clock().getTime() - making.madeAt <= freshMs
    })
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), PATIENCE_MS)))
    const answer = await Promise.race([result as Promise<T>, late]).finally(() => clearTimeout(timer))
    return answer ?? { progress: makings.get(result)?.progress ?? beginning }
  }

  return { run }
}
