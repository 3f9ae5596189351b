import { type BootstrapOptions, countTable, fleissKappa, krippendorffAlpha, type Level, type Ratings, resampleValues } from '@plaudit/stats'
import { parentPort, workerData } from 'node:worker_threads'

/** The statistics whose resamples may be spread over threads. */
export const bootstrapped = {
  alpha: ({ ratings, level }: { ratings: Ratings; level: Level }) => {
    return (options: BootstrapOptions) => krippendorffAlpha(ratings, { level, ...options })
  },
  fleiss: ({ ratings }: { ratings: Ratings }) => {
    const counts = countTable(ratings)
    return (options: BootstrapOptions) => fleissKappa(counts, options)
  },
}

export type Bootstrapped = keyof typeof bootstrapped
export type BootstrappedInput<T extends Bootstrapped> = Parameters<(typeof bootstrapped)[T]>[0]

/** Which resamples a thread shall compute next. */
export type Part = { from: number; to: number; seed: number }

const port = parentPort
if (port !== null) {
  const { name, input } = workerData as { name: Bootstrapped; input: never }
  const statistic = bootstrapped[name](input)
  port.on('message', (part: Part) => {
    const values = resampleValues(statistic, part)
    port.postMessage({ from: part.from, values }, [values.buffer])
  })
}
