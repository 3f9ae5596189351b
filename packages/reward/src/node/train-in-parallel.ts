import { availableParallelism } from 'node:os'
import type { Pair } from '../pair.ts'
import { type Job, type JobResult, runJob } from '../training/job.ts'
import { planTraining } from '../training/plan.ts'
import { prepareTraining } from '../training/prepare.ts'
import { arenaOf, shareSet } from '../training/shared-set.ts'
import { checkedOptions, reporter, type Trained, type TrainOptions, type TrainProgress } from '../training/train.ts'
import { openJobCache } from './job-cache.ts'
import { startJobPool } from './job-pool.ts'

export interface ParallelOptions extends TrainOptions {
  /** Threads; as many as there are processors by default. The model does not depend on it. */
  workers?: number
  /** Ends the training; the promise rejects with its reason. */
  signal?: AbortSignal
  /** A folder for finished parts: the same training, begun again with the same folder, does only what is missing. */
  resumeFrom?: string
}

type Result = JobResult[Job['task']]

/** Like `trainRewardModel`, with the same model to the last bit, but on several threads, and it can be ended and taken up again. */
export async function trainInParallel(
  pairs: readonly Pair[],
  options: ParallelOptions = {},
  onProgress: (progress: TrainProgress) => void = () => {},
): Promise<Trained> {
  const { workers = availableParallelism(), signal, resumeFrom } = options
  const prepared = prepareTraining(pairs, checkedOptions(options))
  const cache = resumeFrom === undefined ? null : await openJobCache(resumeFrom, prepared)
  const shared = shareSet(prepared.set, Math.max(1, workers))
  const pool = workers > 1 ? startJobPool(shared) : null
  const arena = arenaOf(shared.set, shared.parts[0]!)
  const writes: Promise<void>[] = []
  const stop = () => void pool?.close()
  signal?.addEventListener('abort', stop)
  try {
    signal?.throwIfAborted()
    const report = reporter(prepared, onProgress)
    const plan = planTraining(prepared)
    let turn = plan.next()
    for (let batch = 0; turn.done !== true; batch += 1) {
      const jobs: Job[] = turn.value
      report.batch(jobs.length)
      const results: Result[] = []
      const missing: number[] = []
      for (const [index, job] of jobs.entries()) {
        const known = await cache?.read(batch, index)
        if (known) {
          results[index] = known
          report.done(job)
        } else missing.push(index)
      }
      const finish = (index: number, result: Result) => {
        results[index] = result
        report.done(jobs[index]!)
        if (cache) writes.push(cache.write(batch, index, result))
      }
      if (pool)
        await pool.run(
          missing.map((index) => jobs[index]!),
          (place, result) => finish(missing[place]!, result),
        )
      else
        for (const index of missing) {
          finish(index, runJob(shared.set, jobs[index]!, arena))
          // Lets a signal come through.
          await new Promise((resolve) => setImmediate(resolve))
          signal?.throwIfAborted()
        }
      await Promise.all(writes)
      turn = plan.next(results)
    }
    return turn.value
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  } finally {
    signal?.removeEventListener('abort', stop)
    await pool?.close()
    await Promise.allSettled(writes)
  }
}
