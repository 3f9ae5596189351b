import { type Ratings, resampleValues } from '@plaudit/stats'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { bootstrapped, type Bootstrapped, type BootstrappedInput, type Part } from './bootstrap-thread.ts'

export type ThreadOptions = {
  resamples?: number
  seed?: number
  /** At most so many threads beside this one, which waits; as many as there are processors by default. */
  threads?: number
  /** Time in which this thread does the work alone; 1,000 by default. */
  aloneMs?: number
}

/** Resamples that are tried to see how long all of them would take. */
const TRIED = 10
/** Messages to each thread: each costs reading the ratings anew, and the last one leaves the other threads idle. */
const PARTS = 4

/**
 * The values of all resamples of a statistic, for the `values` of its options: computed here where that is quick, else in threads. They are
 * the same bits in either case, as each resample has a random stream of its own.
 */
export async function resampleInThreads<T extends Bootstrapped>(
  name: T,
  input: BootstrappedInput<T>,
  { resamples = 1000, seed = 1, threads = availableParallelism(), aloneMs = 1000 }: ThreadOptions = {},
): Promise<Float64Array> {
  const statistic = bootstrapped[name](input as never)
  const values = new Float64Array(resamples)
  const tried = Math.min(TRIED, resamples)
  const start = performance.now()
  values.set(resampleValues(statistic, { from: 0, to: tried, seed }))
  const wouldTakeMs = ((performance.now() - start) / tried) * (resamples - tried)
  if (threads < 2 || wouldTakeMs < aloneMs) values.set(resampleValues(statistic, { from: tried, to: resamples, seed }), tried)
  else await spread(name, shared(input), values, tried, seed, threads)
  return values
}

/** Fills the values from `from` on: whichever thread is free gets the next part. */
function spread(name: Bootstrapped, input: object, values: Float64Array, from: number, seed: number, threads: number): Promise<void> {
  const size = Math.ceil((values.length - from) / (PARTS * threads))
  const parts = Array.from({ length: Math.ceil((values.length - from) / size) }, (_, k): Part => {
    return { from: from + k * size, to: Math.min(values.length, from + (k + 1) * size), seed }
  })
  let left = parts.length
  // Inside the repository the sources run as they are; once published, what was built from them does.
  const isSource = import.meta.url.endsWith('.ts')
  const file = new URL(isSource ? './bootstrap-thread.ts' : './bootstrap-thread.js', import.meta.url)
  const execArgv = isSource ? ['--conditions=source', '--disable-warning=ExperimentalWarning'] : []
  const workers = Array.from({ length: Math.min(threads, left) }, () => new Worker(file, { workerData: { name, input }, execArgv }))
  const end = () => workers.forEach((worker) => void worker.terminate())
  return new Promise<void>((resolve, reject) => {
    for (const worker of workers) {
      const next = () => {
        const part = parts.shift()
        if (part !== undefined) worker.postMessage(part)
      }
      worker.on('message', (done: { from: number; values: Float64Array }) => {
        values.set(done.values, done.from)
        left -= 1
        if (left === 0) resolve()
        else next()
      })
      worker.on('error', reject)
      next()
    }
  }).finally(end)
}

/** The same input with its arrays in memory that all threads read, and without names, which no resample looks at. */
function shared<I extends { ratings: Ratings }>(input: I): I {
  const share = (codes: Int32Array) => {
    const copy = new Int32Array(new SharedArrayBuffer(codes.byteLength))
    copy.set(codes)
    return copy
  }
  const { items, raters, values, itemNames, raterNames } = input.ratings
  const ratings: Ratings = {
    ...input.ratings,
    items: share(items),
    raters: share(raters),
    values: share(values),
    itemNames: Array.from<string>({ length: itemNames.length }).fill(''),
    raterNames: Array.from<string>({ length: raterNames.length }).fill(''),
  }
  return { ...input, ratings }
}
