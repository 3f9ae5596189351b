import { Worker } from 'node:worker_threads'
import type { Job, JobResult } from '../training/job.ts'
import type { SharedSet } from '../training/shared-set.ts'
import type { WorkerInput } from './job-worker.ts'

type Result = JobResult[Job['task']]

/** Threads that do jobs on one training set. */
export interface JobPool {
  /** The results in the order of the jobs, whoever did them. Rejects when a job fails or `close` is called. */
  run(jobs: readonly Job[], onDone: (index: number, result: Result) => void): Promise<void>
  close(): Promise<void>
}

const program = new URL(`job-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)
// Sources of other packages are found like those of this one.
const execArgv = import.meta.url.endsWith('.ts') ? ['--conditions=source', '--disable-warning=ExperimentalWarning'] : []

/** Starts a thread for each part of a shared training set. */
export function startJobPool({ set, parts }: SharedSet): JobPool {
  const workers = parts.map((part) => new Worker(program, { execArgv, workerData: { set, part } satisfies WorkerInput }))
  return {
    async run(jobs, onDone) {
      let next = 0
      const work = async (worker: Worker) => {
        while (next < jobs.length) {
          const index = next++
          onDone(index, await ask(worker, jobs[index]!))
        }
      }
      await Promise.all(workers.map(work))
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}

function ask(worker: Worker, job: Job): Promise<Result> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
      end()
    }
    const onMessage = (result: Result) => settle(() => resolve(result))
    const onError = (error: unknown) => settle(() => reject(error instanceof Error ? error : new Error(String(error))))
    const onExit = () => settle(() => reject(new Error('A training thread ended before its work was done.')))
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    worker.postMessage(job)
  })
}
