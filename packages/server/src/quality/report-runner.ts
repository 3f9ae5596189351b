import type { ReportProgress } from '@plaudit/protocol'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** Tells how far a report is, and gives way to other requests between its steps. */
export type Step = (name: string, done: number, total: number) => Promise<void>

type Entry = { madeAt: number; result: Promise<unknown>; isDone: boolean; progress: ReportProgress['progress'] }

/** Reports kept; the least recently asked for is given up first. */
const MOST_KEPT = 200
/** A request waits this long for a report before it answers how far it is. */
const PATIENCE_MS = 8_000

/**
 * Makes each report once for the same key and keeps it: requests for a report that is being made share it, and a request that would wait too
 * long is told the progress. The key names everything that the result depends on.
 */
export function reportRunner(clock: () => Date) {
  const entries = new Map<string, Entry>()

  /** @param freshMs how long a finished report stands; left out, for as long as it is kept. */
  async function run<T extends object>(
    key: string,
    make: (step: Step) => Promise<T>,
    freshMs = Number.POSITIVE_INFINITY,
  ): Promise<T | ReportProgress> {
    let entry = entries.get(key)
    if (entry === undefined || (entry.isDone && clock().getTime() - entry.madeAt > freshMs)) {
      const made: Entry = {
        madeAt: clock().getTime(),
        result: Promise.resolve(),
        isDone: false,
        progress: { done: 0, total: 1, step: 'reading judgments' },
      }
      made.result = make(async (step, done, total) => {
        made.progress = { done, total, step }
        await nextTurn()
      }).finally(() => (made.isDone = true))
      // A report that failed is made anew by whoever asks next.
      made.result.catch(() => entries.get(key) === made && entries.delete(key))
      entry = made
    }
    entries.delete(key)
    entries.set(key, entry)
    const [oldest] = entries.keys()
    if (entries.size > MOST_KEPT && oldest !== undefined) entries.delete(oldest)
    const { result } = entry
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), PATIENCE_MS)))
    const answer = await Promise.race([result as Promise<T>, late]).finally(() => clearTimeout(timer))
    return answer ?? { progress: entry.progress }
  }

  return { run }
}
