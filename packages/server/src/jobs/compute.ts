import { Worker } from 'node:worker_threads'
import type { ComputeInput, ComputeOutput, ComputeTask } from './compute-thread.ts'

/** How far a computation has come, 0 to 1, and what it does. */
export type ComputeProgress = { share: number; activity: string }
type Reply = { progress: ComputeProgress } | { result: unknown } | { error: { message: string; expected: boolean } }

/** Input that nothing could be computed from; its message is a sentence for a person. */
export class ComputeError extends Error {
  override readonly name = 'ComputeError'
}

/**
 * Does heavy work in a thread of its own, so that requests are not kept waiting. `signal` ends it at once.
 * @throws ComputeError for input that the work refuses; the signal's reason when it was ended.
 */
export function compute<T extends ComputeTask>(
  task: T,
  input: ComputeInput<T>,
  { onProgress, signal }: { onProgress?: (progress: ComputeProgress) => void; signal?: AbortSignal } = {},
): Promise<ComputeOutput<T>> {
  return new Promise((resolve, reject) => {
    // Inside the repository the sources run as they are; once published, what was built from them does.
    const isSource = import.meta.url.endsWith('.ts')
    const worker = new Worker(new URL(isSource ? './compute-thread.ts' : './compute-thread.js', import.meta.url), {
      workerData: { task, input },
      ...(isSource ? { execArgv: ['--conditions=source'] } : {}),
    })
    const end = () => {
      void worker.terminate()
      reject(signal?.reason as Error)
    }
    if (signal?.aborted === true) return end()
    signal?.addEventListener('abort', end, { once: true })
    worker.on('message', (reply: Reply) => {
      if ('progress' in reply) return onProgress?.(reply.progress)
      if ('result' in reply) resolve(reply.result as ComputeOutput<T>)
      else reject(reply.error.expected ? new ComputeError(reply.error.message) : new Error(reply.error.message))
      void worker.terminate()
    })
    worker.on('error', reject)
    worker.on('exit', () => {
      signal?.removeEventListener('abort', end)
      reject(new Error(`the thread for ${task} ended without a result`))
    })
  })
}
