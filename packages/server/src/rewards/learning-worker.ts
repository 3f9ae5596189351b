import { BUILD_JOB, datasetService } from '../datasets/service.ts'
import type { ServerContext } from '../http/context.ts'
import { RUN_JOB, runService } from './run-service.ts'

const SWEEP_MS = 15_000

/** Makes data sets and works on runs; what a crash left half done is begun anew. */
export async function startLearningWorker(context: ServerContext): Promise<{ close(): Promise<void> }> {
  const { jobs, log } = context
  const datasets = datasetService(context)
  const runs = runService(context)
  await jobs.work<{ projectId: string; id: string }>(BUILD_JOB, async ({ projectId, id }) => {
    try {
      await datasets.build(projectId, id)
    } catch (error) {
      // It comes again; what nothing can be made of has failed by now, with its reason.
      log.error({ err: error, dataset: id }, 'a data set could not be made; it will be tried again')
      throw error
    }
  })
  await jobs.work<{ id: string }>(RUN_JOB, ({ id }) => runs.work(id))
  for (const { projectId, id } of await datasets.unfinished()) await jobs.enqueue(BUILD_JOB, { projectId, id }, { key: `${id} again` })
  let sweeping: Promise<unknown> = runs.catchUp()
  const timer = setInterval(() => {
    sweeping = sweeping.then(() => runs.catchUp()).catch((error: unknown) => log.warn({ err: error }, 'runs were not looked after'))
  }, SWEEP_MS)
  timer.unref()
  return {
    async close() {
      clearInterval(timer)
      await sweeping
    },
  }
}
