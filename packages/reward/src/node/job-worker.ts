import { parentPort, workerData } from 'node:worker_threads'
import { Arena } from '../solver/arena.ts'
import type { WasmMemory } from '../solver/web-assembly.ts'
import { type Job, runJob } from '../training/job.ts'
import type { TrainingSet } from '../training/training-set.ts'

/** What a thread is given at its start. */
export interface WorkerInput {
  set: TrainingSet
  memory: WasmMemory | null
  part: { from: number; to: number }
}

const { set, memory, part } = workerData as WorkerInput
const arena = memory ? new Arena(memory, part.from, part.to) : undefined

parentPort?.on('message', (job: Job) => {
  parentPort?.postMessage(runJob(set, job, arena))
})
