import type { ServerContext } from '../http/context.ts'
import { projectWorkers } from '../projects/workers.ts'
import { startConsensusWorker } from '../quality/consensus-worker.ts'
import { startQueueWorker } from '../queues/worker.ts'
import { startLearningWorker } from '../rewards/learning-worker.ts'
import { startRewardMonitor } from '../rewards/monitor.ts'
import { startWebhookWorker } from '../webhooks/worker.ts'

/** Everything that runs beside requests. A feature is one line here. */
export async function startWorkers(context: ServerContext): Promise<{ close(): Promise<void> }> {
  // Every server names its jobs, so that it can add them; the queue itself knows whether it also works on them.
  await projectWorkers(context)
  const monitors: { close(): Promise<void> }[] =
    context.config.role === 'api'
      ? []
      : [
          startRewardMonitor(context),
          startConsensusWorker(context),
          startQueueWorker(context),
          startWebhookWorker(context),
          await startLearningWorker(context),
        ]
  return {
    async close() {
      await Promise.all(monitors.map((monitor) => monitor.close()))
    },
  }
}
