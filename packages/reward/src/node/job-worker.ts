import { parentPort, workerData } from 'node:worker_threads'
import { type Job, runJob } from '../training/job.ts'
import { arenaOf, type Part } from '../training/shared-set.ts'
import type { TrainingSet } from '../training/training-set.ts'

/** What a thread is given at its start. */
export interface WorkerInput {
  set: TrainingSet
  part: Part | null
}

const { set, part } = workerData as WorkerInput
const arena = arenaOf(set, part)

parentPort?.on('message', (job: Job) => {
  parentPort?.postMessage(runJob(set, job, arena))
})
